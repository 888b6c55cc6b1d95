import Photo
import Testing
import Vocabulary

/// A rewrite of bytes in memory and its outcome.
struct Rewritten {
    let rewrite: PhotoRewrite
    let bytes: [UInt8]

    init(_ photo: [UInt8], _ rewriter: PhotoRewriter, path: String = "a.jpg") throws {
        let source = MemoryBytes(photo)
        rewrite = try rewriter.rewrite(path: Key(path), source)
        let spliced = SplicedBytes(rewrite.splice, over: source)
        bytes = try spliced.bytes(0..<spliced.size)
    }

    /// An absolute time and maybe an offset, as `exif write` gives them.
    init(_ photo: [UInt8], time: String?, zone: String = "keep") throws {
        try self.init(photo, Self.rewriter(time: time, zone: zone))
    }

    /// A shift, for every photo.
    init(_ photo: [UInt8], shift: String, zone: String = "keep") throws {
        let correction = CaptureCorrection(clockShift: try ClockShift(parsing: shift), zone: try CaptureZone(parsing: zone))
        try self.init(photo, PhotoRewriter(rules: CaptureRules(all: correction)))
    }

    static func rewriter(time: String?, zone: String) throws -> PhotoRewriter {
        var rows: [Key: CaptureTimes.Row] = [:]
        if let time { rows[Key("a.jpg")] = .init(time: try CaptureTime(parsing: time)) }
        let rules = CaptureRules(
            [CaptureRule(correction: CaptureCorrection(zone: try CaptureZone(parsing: zone)))], times: CaptureTimes(rows))
        return PhotoRewriter(rules: rules)
    }
}

let newTime = "2024:06:15 10:30:45"

/// Asserts that `after` is `before` with nothing but the two values changed, by a reader of the tests' own.
func expectOnlyTimeChanged(
    _ before: [UInt8], _ after: [UInt8], time: String?, offset: String?, _ note: Comment? = nil,
    at location: SourceLocation = #_sourceLocation
) throws {
    let old = PlainReader(jpeg: before)
    let new = try #require(PlainReader(jpeg: after), note, sourceLocation: location)
    if let time { #expect(new.text("Exif/9003") == time, note, sourceLocation: location) }
    if let offset { #expect(new.text("Exif/9011") == offset, note, sourceLocation: location) }
    func rest(_ values: [String: [PlainReader.Value]]?) -> [String: [PlainReader.Value]] {
        (values ?? [:]).filter { key, _ in
            !(time != nil && key == "Exif/9003") && !(offset != nil && key == "Exif/9011") && key != "IFD0/8769"
                && !(old?.values["IFD0/8769"] == nil && key == "Exif/9000")
        }
    }
    #expect(rest(new.values) == rest(old?.values), note, sourceLocation: location)
    // Every other segment, the scan and the trailer.
    func others(_ bytes: [UInt8]) -> [[UInt8]] {
        var seen = false
        return PlainReader.segments(bytes).compactMap { marker, range in
            if marker == 0xE1, !seen, bytes[range].starts(with: Array("Exif\0".utf8)) {
                seen = true
                return nil
            }
            return [marker] + bytes[range]
        }
    }
    #expect(others(before) == others(after), note, sourceLocation: location)
    let oldScan = PlainReader.segments(before).last?.1.upperBound ?? 0
    let newScan = PlainReader.segments(after).last?.1.upperBound ?? 0
    #expect(before[oldScan...].elementsEqual(after[newScan...]), note, sourceLocation: location)
}
