internal import Deploy
internal import Planning

/// The totals that `--stats` prints, under rsync's names where both count the same.
struct StatsText {
    let report: DeployReport
    let isDryRun: Bool

    var lines: [String] {
        let plan = report.plan
        let copied = isDryRun ? plan.copyCount : report.copiedCount
        let created = isDryRun ? plan.uploads.count { $0.reason == .new && $0.copy == nil } : report.createdCount
        let sent = isDryRun ? plan.uploads.count - copied : report.uploadedCount
        let sentBytes = isDryRun ? plan.uploadBytes : report.uploadedBytes
        let headers = isDryRun ? plan.headerUpdates.count : report.headerUpdateCount + report.adoptedCount
        let unchanged = report.unchangedCount + plan.existingCount
        let totalBytes = plan.unchangedBytes + sentBytes + report.copiedBytes
        var lines = [
            "Number of files: \(grouped(unchanged + sent + copied + headers + report.failures.count))",
            "Number of created files: \(grouped(created + copied))",
            "Number of deleted files: \(grouped(isDryRun ? plan.deletions.count : report.deletedCount))",
            "Number of files transferred: \(grouped(sent))",
            "Number of files copied on the server: \(grouped(copied))",
            "Number of header updates: \(grouped(headers))",
            "Number of failures: \(grouped(report.failures.count))",
            "Total file size: \(grouped(totalBytes)) bytes",
            "Total transferred file size: \(grouped(sentBytes)) bytes",
        ]
        if sentBytes > 0 {
            let hundredths = Int64((Double(totalBytes) / Double(sentBytes) * 100).rounded())
            let rest = hundredths % 100
            lines.append("Speedup: \(grouped(hundredths / 100)).\(rest < 10 ? "0" : "")\(rest)")
        }
        return lines
    }

    /// `1,234,567`, in every locale.
    private func grouped(_ number: some BinaryInteger) -> String {
        var digits = Array("\(number)")
        var at = digits.count - 3
        while at > 0 {
            digits.insert(",", at: at)
            at -= 3
        }
        return String(digits)
    }
}
