internal import State
internal import Vocabulary

/// Earlier runs as lines.
struct HistoryText {
    let runs: [(number: Int64, run: RunRecord)]

    /// A table, the latest run first.
    var lines: [String] {
        let header = ["RUN", "STARTED", "TIME", "STATUS", "SENT", "SIZE", "COPIED", "HEADERS", "DELETED", "SAME", "FAILED"]
        let rows = runs.map { number, run in
            [
                "\(number)", UTCText.text(run.started), Quantity.seconds(.nanoseconds(max(0, run.ended - run.started))),
                "\(run.exitStatus)",
                "\(run.uploaded)", Quantity.bytes(run.bytes), "\(run.copied)", "\(run.headerUpdates)", "\(run.deleted)", "\(run.unchanged)",
                "\(run.failed)",
            ]
        }
        let table = [header] + rows
        let widths = header.indices.map { column in table.map { $0[column].count }.max() ?? 0 }
        return table.map { row in
            row.indices.map { column in
                let padding = String(repeating: " ", count: widths[column] - row[column].count)
                // Words to the left, numbers to the right.
                return column == 1 || column == 2 ? row[column] + padding : padding + row[column]
            }.joined(separator: "  ")
        }
    }

    /// One run, and a line for each thing that it changed.
    static func lines(_ number: Int64, _ run: RunRecord, _ changes: [RunChange]) -> [String] {
        var lines = [
            "run \(number)\(run.target.map { " of \($0.escapedForTerminal)" } ?? "") began \(UTCText.text(run.started)) and took "
                + "\(Quantity.seconds(.nanoseconds(max(0, run.ended - run.started)))): exit status \(run.exitStatus)"
        ]
        if let fault = run.fault { lines += fault.split(separator: "\n").map { "  \($0)" } }
        lines.append(
            "\(run.uploaded) sent (\(Quantity.bytes(run.bytes))), \(run.copied) copied, \(run.headerUpdates) header updates, \(run.deleted) deleted, "
                + "\(run.unchanged) unchanged, \(run.failed) failed" + (run.left > 0 ? ", \(run.left) left undone" : ""))
        lines += changes.map { change in
            let facts = [change.reason, change.size.map { Quantity.bytes($0) }].compactMap(\.self)
            return
                "\(change.action)\(String(repeating: " ", count: max(1, 8 - change.action.count)))\(change.key.string.escapedForTerminal)"
                + (facts.isEmpty ? "" : " (\(facts.joined(separator: ", ")))")
        }
        let changed = run.uploaded + run.copied + run.headerUpdates + run.deleted
        if changes.count < changed {
            lines.append(
                changes.isEmpty ? "What it changed is no longer kept." : "and \(changed - changes.count) more, which are not kept by name")
        }
        return lines
    }
}
