internal import Deploy
internal import Planning
internal import Vocabulary

/// Changes in eleven characters and a key, as `rsync -i` prints them.
///
/// `YXcstpoguax`: `Y` is `<` for what is sent and `.` for what changes on the server; `X` is `f`, because there are only files. Of the
/// others, `c` stands for other content, `s` for another size and `a` for other headers; a new object shows `+` throughout.
enum ItemText {
    static func line(_ reason: UploadReason, _ key: Key) -> String { "\(code(reason)) \(key.string.escapedForTerminal)" }

    static func headers(_ key: Key) -> String { ".f.......a. \(key.string.escapedForTerminal)" }

    static func deletion(_ key: Key) -> String { "*deleting   \(key.string.escapedForTerminal)" }

    /// The outcome's line; nil for a failure, which has its own.
    static func line(_ outcome: Outcome, below prefix: Prefix) -> String? {
        switch outcome {
        case .uploaded(let path, let reason, _, _): line(reason, prefix.key(for: path))
        case .headersUpdated(let path), .adopted(let path): headers(prefix.key(for: path))
        case .copied(let path, _, _): line(.new, prefix.key(for: path))
        case .deleted(let key): deletion(key)
        case .failed: nil
        }
    }

    /// The plan's lines, in the order in which it would be carried out.
    static func lines(_ plan: Plan, below prefix: Prefix) -> [String] {
        Wave.allCases.flatMap { wave in
            plan.uploads(of: wave).map { line($0.reason, prefix.key(for: $0.file.path)) }
                + plan.headerUpdates(of: wave).map { headers(prefix.key(for: $0.file.path)) }
        } + plan.deletions.map { deletion($0.key) }
    }

    private static func code(_ reason: UploadReason) -> String {
        switch reason {
        case .new: "<f+++++++++"
        case .size: "<fcs......."
        case .content, .unverified: "<fc........"
        case .headers: "<f.......a."
        }
    }
}
