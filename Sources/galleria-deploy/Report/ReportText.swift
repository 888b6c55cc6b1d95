internal import Deploy
internal import Photo
internal import Planning
internal import Vocabulary

/// A report as lines.
struct ReportText {
    let report: DeployReport
    let rules: CaptureRules
    let duration: Duration
    let isDryRun: Bool

    /// Each failure with its cause, and what did not happen because of them.
    var failures: [String] {
        var lines = report.failures.map { "failed: \($0.path): \($0.cause)" }
        if report.deletionsSkipped > 0 {
            lines.append(
                "\(Quantity.count(report.deletionsSkipped, "deletion")) skipped, because deletions only follow a deploy without failures.")
        }
        if report.isWithoutPlan { lines.append(Self.interruptedEarly) }
        if report.leftCount > 0 {
            let names = report.left.joined(separator: ", ") + (report.leftCount > report.left.count ? ", …" : "")
            let why = report.fault == nil ? "interrupted" : "ended early"
            lines.append("\(why): \(Quantity.count(report.leftCount, "action")) left (\(names)); run again to go on.")
        }
        return lines
    }

    /// What an interruption before the plan was made leaves to say.
    static let interruptedEarly = "interrupted before the comparison was complete; nothing was sent. Run again."

    /// The totals, ending with the public address where something is deployed.
    func summary(address: String?) -> [String] {
        var lines: [String] = []
        lines += PhotoText(photos: report.photos).remarks + unmatchedTimes
        if !isDryRun {
            lines.append("uploaded        \(Quantity.count(report.uploadedCount, "file")), \(Quantity.bytes(report.uploadedBytes))")
            lines.append("header updates  \(report.headerUpdateCount)")
        }
        if report.copiedCount > 0 { lines.append("copied          \(Quantity.count(report.copiedCount, "file")) on the server") }
        if report.adoptedCount > 0 { lines.append("adopted         \(Quantity.count(report.adoptedCount, "object"))") }
        let existing = report.plan.existingCount > 0 ? ", \(report.plan.existingCount) existing" : ""
        lines.append("skipped         \(report.unchangedCount) unchanged\(existing)")
        if !isDryRun { lines.append("deleted         \(Quantity.count(report.deletedCount, "object"))") }
        if report.unknownHeaderCount > 0 {
            lines.append(
                "headers         not known of \(Quantity.count(report.unknownHeaderCount, "unchanged object")) (--check-headers asks)")
        }
        if report.plan.droppedCount > 0 {
            lines.append("dropped         \(Quantity.count(report.plan.droppedCount, "object")) whose file was dropped here (kept)")
        }
        let pictures = report.plan.keptPictureCount
        if report.extraneousCount > pictures {
            lines.append(
                "extraneous      \(Quantity.count(report.extraneousCount - pictures, "object")) without a file (kept; --delete removes them)"
            )
        }
        if pictures > 0 {
            lines.append(
                "pictures        \(pictures) that nothing makes any more, of photos that are still there (kept; --delete-excluded removes them)"
            )
        }
        if !report.excluded.isEmpty {
            let parts = report.excluded.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key.words)" }
            lines.append("left out        " + parts.joined(separator: ", "))
        }
        // A dry run read them all; a deploy says what it sent.
        let corrected = isDryRun ? report.photos.correctedCount : report.sentCorrectedCount
        if corrected > 0 || !report.photos.refused.isEmpty {
            lines.append(
                "photos          \(corrected) \(isDryRun ? "corrected in all" : "sent corrected"), \(report.photos.refused.count) deployed as they are"
            )
        }
        if !report.derived.isEmpty {
            let pictures = report.derived
            lines.append(
                "pictures        \(pictures.madeCount) \(isDryRun ? "to make" : "made"), \(pictures.keptCount) as they were, \(pictures.failedCount) failed"
            )
        }
        lines.append("failed          \(report.failures.count)")
        lines.append("time            \(Quantity.seconds(duration))")
        if let address, !isDryRun { lines.append("public address  \(address)") }
        return lines
    }

    /// Rows of the table of capture times without a photo, and photos without a row.
    private var unmatchedTimes: [String] {
        guard !rules.times.isEmpty else { return [] }
        var lines: [String] = []
        let unmatched = rules.times.rows.keys.filter { !report.photos.tablePaths.contains($0) }.sorted()
        if !unmatched.isEmpty {
            let shown = unmatched.prefix(3).map { $0.string.escapedForTerminal }.joined(separator: ", ")
            lines.append(
                "capture times: \(Quantity.count(unmatched.count, "row")) without a photo: \(shown)\(unmatched.count > 3 ? ", …" : "")")
        }
        if report.photos.withoutRowCount > 0 {
            lines.append("capture times: \(Quantity.count(report.photos.withoutRowCount, "photo")) without a row")
        }
        return lines
    }
}
