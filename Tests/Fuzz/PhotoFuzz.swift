import Foundation
import Vocabulary

// Fed to libFuzzer by Scripts/fuzz.sh, compiled together with Photo's sources: the first two bytes choose what is asked, the rest
// is the photo. Whatever comes in, what goes out must be the same bytes, or a photo whose edits hold what was promised.

/// libFuzzer calls this with every input; it always answers 0, or ends the process with a finding.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzPhoto(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    guard let start, count > 2 else { return 0 }
    let choice = Int(start[0]) | Int(start[1]) << 8
    let photo = MemoryBytes([UInt8](UnsafeBufferPointer(start: start + 2, count: count - 2)))
    do {
        try check(photo, choice)
    } catch {
        fail("threw \(error)")
    }
    return 0
}

private func fail(_ reason: String) -> Never {
    FileHandle.standardError.write(Data("damaged output: \(reason)\n".utf8))
    abort()
}

private let time = CaptureTime(2024, 6, 15, 10, 30, 45)
private let path = Key("a.jpg")
private let zones: [CaptureZone] = [
    .keep, UTCOffset(minutes: -300).map { .fixed($0) } ?? .keep, RegionZone(identifier: "Europe/Berlin").map { .named($0) } ?? .keep,
    .fixed(.utc),
]

private func check(_ photo: MemoryBytes, _ choice: Int) throws {
    var rows: [Key: CaptureTimes.Row] = [:]
    let isAbsolute = choice & 1 == 0
    if isAbsolute, let time { rows[path] = .init(time: time) }
    let correction = CaptureCorrection(
        clockShift: ClockShift(seconds: isAbsolute ? 0 : -14_400), zone: zones[choice >> 1 & 3],
        offsetSource: choice & 8 == 0 ? .zone : .gps)
    let privacy = Set(PrivacyItem.allCases.enumerated().filter { choice >> (4 + $0.offset) & 1 == 1 }.map(\.element))
    let rewriter = PhotoRewriter(
        rules: CaptureRules(
            [CaptureRule(serial: choice & 512 == 0 ? nil : "1", correction: correction), CaptureRule(correction: correction)],
            times: CaptureTimes(rows)),
        privacy: privacy, isDoublyRead: choice & 256 != 0)
    let done = try rewriter.rewrite(path: path, photo)
    if done.splice.isIdentity(originalSize: photo.size) { return }
    if done.refusal != nil, !done.isRedacted { fail("a refused photo was changed") }
    if done.refusal != nil { return }
    checkEdits(done.splice, photo, privacy.isEmpty)
    let output = SplicedBytes(done.splice, over: photo)
    let written = MemoryBytes(try output.bytes(0..<output.size))
    if written.size != done.splice.size { fail("the size is not what was said") }
    let facts = try PhotoRewriter.facts(written)
    if isAbsolute, facts.captureTime != time { fail("the capture time is not there") }
    if facts.captureTime != done.timeAfter { fail("another capture time is there") }
    if facts.offset != done.offsetAfter { fail("another offset is there") }
    // Bytes that two values share are left and reported; once a value has moved away from them, a second run may take them.
    if isAbsolute, !done.gaps.contains(where: \.isCertain) {
        let again = try rewriter.rewrite(path: path, written)
        if !again.splice.isIdentity(originalSize: written.size) { fail("the second run changes something") }
    }
}

/// Every edit replaces as many bytes or inserts; without privacy it lies in front of the image data; insertions are one at most.
private func checkEdits(_ splice: Splice, _ photo: MemoryBytes, _ headOnly: Bool) {
    guard let head = try? JPEGHead(photo) else { fail("no JPEG was changed") }
    var position: Int64 = 0
    var pending: Int64 = 0
    var insertions = 0
    for piece in splice.pieces {
        switch piece {
        case .bytes(let bytes): pending += Int64(bytes.count)
        case .range(let range):
            let replaced = range.lowerBound - position
            if replaced < 0 { fail("bytes come twice") }
            if pending != replaced {
                // An insertion may stand right behind an overwritten stretch.
                if pending < replaced { fail("bytes are lost") }
                insertions += 1
            }
            if pending > 0, headOnly, position > head.scan { fail("an edit behind the head") }
            position = range.upperBound
            pending = 0
        }
    }
    if position != photo.size, pending != photo.size - position { fail("the end is lost") }
    if insertions > 1 { fail("more than one insertion") }
}
