internal import Photo
internal import Vocabulary

/// What `exif show --format json` prints: version 1 of its schema.
struct ExifDocument: Encodable {
    let version = 1
    let photos: [ExifEntry]
}

/// One photo as `exif show` reports it.
struct ExifEntry: Encodable {
    /// A rule that was tried, and why it did not match; nil for the one that did.
    struct RuleEntry: Encodable {
        let rule: Int
        let matched: Bool
        let reason: String?
    }

    let path: String
    let camera: String?
    let serial: String?
    let gps: Bool
    let captureTimeBefore: String?
    let offsetBefore: String?
    let captureTimeAfter: String?
    let offsetAfter: String?
    let rule: Int?
    let rules: [RuleEntry]
    let method: String
    let reason: String?
    let refused: String?
    let warnings: [String]

    enum CodingKeys: String, CodingKey {
        case path, camera, serial, gps
        case captureTimeBefore = "capture_time_before"
        case offsetBefore = "offset_before"
        case captureTimeAfter = "capture_time_after"
        case offsetAfter = "offset_after"
        case rule, rules, method, reason, refused, warnings
    }

    init(path: String, rewrite: PhotoRewrite) {
        self.path = path
        camera = rewrite.facts.camera
        serial = rewrite.facts.serial
        gps = rewrite.facts.hasGPS
        captureTimeBefore = rewrite.facts.captureTime?.description ?? rewrite.facts.captureTimeText
        offsetBefore = rewrite.facts.offset?.description
        captureTimeAfter = rewrite.timeAfter?.description
        offsetAfter = rewrite.offsetAfter?.description
        rule = rewrite.rule.map { $0 + 1 }
        rules =
            rewrite.mismatches.enumerated().map { RuleEntry(rule: $0.offset + 1, matched: false, reason: $0.element.description) }
            + (rewrite.rule.map { [RuleEntry(rule: $0 + 1, matched: true, reason: nil)] } ?? [])
        method = rewrite.method.description
        if case .untouched(let why) = rewrite.method { reason = why.description } else { reason = nil }
        refused = rewrite.refusal?.description
        warnings =
            rewrite.warnings.map(\.description)
            + rewrite.gaps.map { "privacy: \($0)" + ($0.isCertain ? "; a deploy does not send this photo" : "") }
    }

    /// The entry as lines for a person.
    var lines: [String] {
        func stamp(_ time: String?, _ offset: String?) -> String {
            (time ?? "no capture time").escapedForTerminal + (offset.map { " " + $0 } ?? "")
        }
        var lines = [path.escapedForTerminal]
        lines.append(
            "  camera   " + (camera.map(\.escapedForTerminal) ?? "unknown") + (serial.map { ", serial \($0.escapedForTerminal)" } ?? ""))
        lines.append("  before   " + stamp(captureTimeBefore, offsetBefore))
        lines.append("  after    " + stamp(captureTimeAfter, offsetAfter))
        lines.append("  rule     " + (rule.map(String.init) ?? "none"))
        lines.append("  method   " + method + (reason.map { ": " + $0 } ?? ""))
        if let refused { lines.append("  refused  " + refused.escapedForTerminal) }
        for warning in warnings { lines.append("  warning  " + warning.escapedForTerminal) }
        return lines
    }
}
