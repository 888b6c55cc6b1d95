internal import Planning
internal import State
internal import Vocabulary

/// What `diff --format json` prints.
struct DiffDocument: Encodable {
    /// One difference.
    struct Change: Encodable, Hashable {
        /// `added`, `removed`, `changed`.
        let change: String
        let key: String
        /// What of it: content, headers, facts.
        var what: String?
        var size: Int64?
        /// The size before.
        var was: Int64?
    }

    let schema = "galleria-deploy/diff/1"
    let changes: [Change]

    /// The changes as lines: `+` added, `-` removed, `~` changed.
    static func lines(_ changes: [Change]) -> [String] {
        changes.map { change in
            let mark = ["added": "+", "removed": "-"][change.change] ?? "~"
            let sizes: String =
                switch (change.was, change.size) {
                case (let was?, let now?) where was != now: " (\(Quantity.bytes(was)) → \(Quantity.bytes(now)))"
                case (_, let now?): " (\(Quantity.bytes(now)))"
                default: ""
                }
            return "\(mark) \(change.key.escapedForTerminal)\(change.what.map { " \($0)" } ?? "")\(sizes)"
        } + [changes.isEmpty ? "no difference" : Quantity.count(changes.count, "difference")]
    }
}

extension DiffDocument.Change {
    init(_ change: ManifestDiff.Change) {
        switch change {
        case .added(let key, let size): self.init(change: "added", key: key.string, size: size)
        case .removed(let key, let size): self.init(change: "removed", key: key.string, was: size)
        case .changed(let key, let what, let from, let to):
            self.init(change: "changed", key: key.string, what: what.rawValue, size: to, was: from)
        }
    }
}
