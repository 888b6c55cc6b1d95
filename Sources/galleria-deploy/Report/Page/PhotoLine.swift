internal import Deploy
internal import Photo
internal import Vocabulary

/// What a page says of one photo.
struct PhotoLine: Sendable {
    let path: Key
    let camera: String?
    let before: CaptureTime?
    let after: CaptureTime?
    let offset: UTCOffset?
    let isRewritten: Bool
    /// Why it is deployed as it is, though something was asked for.
    let refusal: String?

    init(_ note: PhotoNote) {
        let rewrite = note.rewrite
        path = note.path
        camera = rewrite.facts.camera
        before = rewrite.facts.captureTime
        after = rewrite.refusal == nil ? rewrite.timeAfter ?? rewrite.facts.captureTime : rewrite.facts.captureTime
        offset = rewrite.refusal == nil ? rewrite.offsetAfter ?? rewrite.facts.offset : rewrite.facts.offset
        isRewritten = note.isRewritten
        refusal = rewrite.refusal?.description
    }

    init(
        path: Key, camera: String?, before: CaptureTime?, after: CaptureTime?, offset: UTCOffset? = nil, isRewritten: Bool = false,
        refusal: String? = nil
    ) {
        self.path = path
        self.camera = camera
        self.before = before
        self.after = after
        self.offset = offset
        self.isRewritten = isRewritten
        self.refusal = refusal
    }

    /// True where the capture time is another one when deployed.
    var isMoved: Bool { before != after }
}

/// Capture times as a page shows them.
enum TimeText {
    /// `2024-06-22 01:58:20`.
    static func text(_ time: CaptureTime) -> String {
        let d = time.digits
        return "\(date(time)) \(two(d.hour)):\(two(d.minute)):\(two(d.second))"
    }

    /// `2024-06-22`.
    static func date(_ time: CaptureTime) -> String {
        let d = time.digits
        let year = "\(d.year)"
        return String(repeating: "0", count: 4 - year.count) + year + "-\(two(d.month))-\(two(d.day))"
    }

    /// `−4 h`, `+1 d 2 h 30 min`, `−7 s`; nil for none.
    static func shift(_ before: CaptureTime?, _ after: CaptureTime?) -> String? {
        guard let before, let after, before != after else { return nil }
        var rest = abs(after.seconds - before.seconds)
        var parts: [String] = []
        for (unit, name) in [(86_400, "d"), (3600, "h"), (60, "min"), (1, "s")] as [(Int64, String)] where rest >= unit {
            parts.append("\(rest / unit) \(name)")
            rest %= unit
        }
        return (after < before ? "−" : "+") + parts.joined(separator: " ")
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
