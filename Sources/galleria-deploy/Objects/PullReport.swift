internal import Deploy
internal import Planning
internal import S3
internal import Vocabulary

/// Says what becomes of each file of a pull, and counts.
struct PullReport {
    private let console: Console
    private let command: PullCommand
    private var printer: RowPrinter
    private var (new, changed, removed, failed, bytes): (Int, Int, Int, Int, Int64) = (0, 0, 0, 0, 0)
    var unchanged = 0
    /// What ended the run.
    var fault: Fault?

    init(_ session: BucketSession, _ command: PullCommand) {
        console = session.console
        self.command = command
        printer = RowPrinter(session.console, command.format, schema: "galleria-deploy/pull/1", name: "files") { row in
            row.add("source", "\(session.address)")
            row.add("folder", command.words.last)
            row.add("dry_run", command.dryRun)
        }
    }

    var hasFailed: Bool { failed > 0 }

    /// A file was written; nil for what was only planned.
    mutating func note(_ file: PulledFile, _ saved: ObjectDownload.Saved?) {
        let isNew = file.reason == .new
        if saved?.wasThere == true { return unchanged += 1 }
        if isNew { new += 1 } else { changed += 1 }
        bytes += saved?.size ?? file.object.size
        var row = JSONRow()
        row.add("action", isNew ? "new" : "changed")
        row.add("path", file.path)
        row.add("key", file.object.key)
        row.add("reason", file.reason.rawValue)
        row.add("size", saved?.size ?? file.object.size)
        row.add("sha256", saved?.sha256.hex)
        row.add("verified_by", saved?.proof.rawValue)
        print(row, isNew ? "new      " : "changed  ", file.path)
    }

    mutating func noteRemoved(_ file: LocalFile) {
        removed += 1
        var row = JSONRow()
        row.add("action", "removed")
        row.add("path", file.path)
        row.add("size", file.status.size)
        print(row, "removed  ", file.path)
    }

    /// A file that is not as its object; `path` is escaped.
    mutating func fail(_ path: String, _ cause: String) {
        failed += 1
        console.complain("failed: \(path) \(cause).")
    }

    private mutating func print(_ row: JSONRow, _ word: String, _ path: Key) {
        let isQuiet = command.quiet
        printer.print(row) { isQuiet ? [] : [word + path.string.escapedForTerminal] }
    }

    mutating func end(exitCode: Bool) -> ExitStatus {
        let counts = (new, changed, removed, unchanged, failed, bytes)
        printer.end { row in
            row.add("new", Int64(counts.0))
            row.add("changed", Int64(counts.1))
            row.add("removed", Int64(counts.2))
            row.add("unchanged", Int64(counts.3))
            row.add("failed", Int64(counts.4))
            row.add("bytes", counts.5)
        }
        if command.format == .text, !command.quiet {
            console.print(
                "\(command.dryRun ? "would pull" : "pulled"): \(new) new, \(changed) changed, \(removed) removed, \(unchanged) unchanged, \(failed) failed (\(Quantity.bytes(bytes)))"
            )
        }
        if failed > 0 { return .someFailed }
        return exitCode && new + changed + removed > 0 ? .changesPending : .done
    }
}
