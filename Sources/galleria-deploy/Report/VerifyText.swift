internal import Deploy
internal import Planning
internal import Vocabulary

/// What a verification found, as lines.
struct VerifyText {
    let report: VerifyReport
    let destination: String
    let isDeep: Bool

    /// A line for each difference, in key order.
    var differences: [String] {
        report.differences.map { difference in
            let key = difference.key.string.escapedForTerminal
            return switch difference {
            case .missing: "missing    \(key)"
            case .different(_, let reason): "different  \(key) (\(reason.rawValue))"
            case .headers: "headers    \(key)"
            case .extra: "extra      \(key)"
            }
        }
    }

    /// A line for each failure.
    var failures: [String] { report.failures.map { "failed: \($0.path): \($0.cause)" } }

    /// How many differences there are of each kind, in the order of the text.
    var counts: [(name: String, count: Int)] {
        var counts = ["missing": 0, "different": 0, "headers": 0, "extra": 0]
        for difference in report.differences { counts[difference.name, default: 0] += 1 }
        return ["missing", "different", "headers", "extra"].map { ($0, counts[$0] ?? 0) }
    }

    /// What it adds up to.
    var total: String {
        "verified\(isDeep ? " by content" : ""): " + counts.map { "\($0.count) \($0.name)" }.joined(separator: ", ")
            + ", \(report.sameCount) as they should be" + (report.failures.isEmpty ? "" : ", \(report.failures.count) failed")
    }
}

extension Difference {
    /// The kind of difference, in a word.
    var name: String {
        switch self {
        case .missing: "missing"
        case .different: "different"
        case .headers: "headers"
        case .extra: "extra"
        }
    }
}

/// What `verify --format json` prints. The names stand in docs/report.md.
struct VerifyDocument: Encodable {
    struct Entry: Encodable {
        let kind: String
        let key: String
        let reason: String?
    }

    let schema = "galleria-deploy/verify/1"
    let program = "galleria-deploy \(Version.text)"
    let destination: String
    let deep: Bool
    let missing: Int
    let different: Int
    let headers: Int
    let extra: Int
    let same: Int
    let differences: [Entry]
    let errors: [ReportDocument.Failure]

    init(_ text: VerifyText) {
        let counts = Dictionary(uniqueKeysWithValues: text.counts)
        destination = text.destination
        deep = text.isDeep
        missing = counts["missing"] ?? 0
        different = counts["different"] ?? 0
        headers = counts["headers"] ?? 0
        extra = counts["extra"] ?? 0
        same = text.report.sameCount
        differences = text.report.differences.map { difference in
            var reason: String?
            if case .different(_, let why) = difference { reason = why.rawValue }
            return Entry(kind: difference.name, key: difference.key.string, reason: reason)
        }
        errors = text.report.failures.map { .init(path: $0.path, error: $0.cause.description) }
    }
}
