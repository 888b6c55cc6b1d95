public import Photo
public import Vocabulary

/// Counts over the photos that a run read: by camera and rule, what changed, what could not, what is worth knowing.
public struct PhotoTally: Sendable {
    /// One camera under one rule.
    public struct Group: Sendable, Hashable {
        /// The camera as people name it; nil where photos name none.
        public let camera: String?
        /// The rule that decided, counted from 0; nil where none matched.
        public let rule: Int?
    }

    /// What is known of the photos of one group.
    public struct Span: Sendable {
        /// How many photos.
        public internal(set) var count = 0
        /// The earliest and latest capture time as the camera wrote it.
        public internal(set) var before: (first: CaptureTime, last: CaptureTime)?
        /// The earliest and latest capture time as deployed.
        public internal(set) var after: (first: CaptureTime, last: CaptureTime)?
    }

    /// The photos by camera and rule.
    public internal(set) var groups: [Group: Span] = [:]
    /// The names that photos give of their cameras, for telling which one a rule may have meant.
    public internal(set) var makes: Set<String> = []
    /// The models.
    public internal(set) var models: Set<String> = []
    /// The body serial numbers.
    public internal(set) var serials: Set<String> = []
    /// How many photos a table of capture times had no row for.
    public internal(set) var withoutRowCount = 0
    /// How many photos each rule decided.
    public internal(set) var ruleCounts: [Int: Int] = [:]
    /// Paths that a table of capture times gave a time.
    public internal(set) var tablePaths: Set<Key> = []
    /// Photos deployed with other bytes than their original's.
    public internal(set) var correctedCount = 0
    /// Photos that carry a position.
    public internal(set) var gpsCount = 0
    /// Photos that could not be rewritten safely and are deployed as they are, with the reason.
    public internal(set) var refused: [(path: Key, reason: String)] = []
    /// Warnings of one kind: how many photos, and the first of them with its text.
    public internal(set) var warnings: [String: (count: Int, path: Key, text: String)] = [:]

    mutating func fold(_ note: PhotoNote) {
        let rewrite = note.rewrite
        let group = Group(camera: rewrite.facts.camera, rule: rewrite.rule)
        groups[group, default: Span()].count += 1
        if let time = rewrite.facts.captureTime { Self.widen(&groups[group, default: Span()].before, time) }
        if let time = rewrite.timeAfter { Self.widen(&groups[group, default: Span()].after, time) }
        if let rule = rewrite.rule { ruleCounts[rule, default: 0] += 1 }
        if rewrite.usedTable { tablePaths.insert(note.path) } else { withoutRowCount += 1 }
        if let make = rewrite.facts.make { makes.insert(make) }
        if let model = rewrite.facts.model { models.insert(model) }
        if let serial = rewrite.facts.serial { serials.insert(serial) }
        if rewrite.facts.hasGPS { gpsCount += 1 }
        if note.isRewritten { correctedCount += 1 }
        if let refusal = rewrite.refusal { refused.append((note.path, refusal.description)) }
        for warning in rewrite.warnings { add(warning.kind, warning.description, note.path) }
        for gap in rewrite.gaps where !gap.isCertain { add("privacy \(gap)", "privacy: \(gap)", note.path) }
    }

    /// Notes a photo that an unchanged file's earlier reading found to be refused; it was not opened again.
    mutating func noteKnownRefusal(_ path: Key) {
        refused.append((path, "an earlier run found that it cannot be rewritten safely; `exif show` says why"))
    }

    private mutating func add(_ kind: String, _ text: String, _ path: Key) {
        let seen = warnings[kind]
        warnings[kind] = ((seen?.count ?? 0) + 1, seen?.path ?? path, seen?.text ?? text)
    }

    private static func widen(_ span: inout (first: CaptureTime, last: CaptureTime)?, _ time: CaptureTime) {
        span = (min(span?.first ?? time, time), max(span?.last ?? time, time))
    }
}

extension PhotoWarning {
    /// Warnings that differ only in a photo's own values are of one kind.
    fileprivate var kind: String {
        switch self {
        case .contradictingDate(let place, _): "date " + place.rawValue
        case .signatureBroken: "signature"
        case .localTimeInGap: "gap"
        case .localTimeRepeated: "repeated"
        case .offsetLeftOut: "offset"
        case .offsetNotRepresentable: "unrepresentable"
        case .noCaptureTime: "time"
        case .makerNotePreviewMoved: "preview"
        case .noGPSTime: "gps"
        }
    }
}
