internal import Configuration
internal import Deploy
internal import Planning
internal import S3
internal import Vocabulary

/// What GitHub Actions shows of a run: annotations, a step summary, outputs
/// (docs.github.com/actions/reference/workflows-and-actions/workflow-commands).
struct GitHubText {
    let ends: [JobEnd]
    let warnings: [String]
    let status: ExitStatus
    /// The checkout, which paths of annotations start at.
    let workspace: String?

    /// GitHub shows no more of each kind for a step.
    private static let mostAnnotations = 10
    private static let mostRows = 50

    /// Lines of output that the runner takes for annotations.
    var annotations: [String] {
        var errors: [String] = []
        for end in ends {
            errors += (end.report?.failures ?? []).map { failure in
                "::error file=\(Self.property(path(of: failure.path, in: end))),title=\(Self.property("galleria-deploy"))::"
                    + Self.data("\(failure.path): \(failure.cause)")
            }
            if let fault = end.fault { errors.append("::error title=galleria-deploy::" + Self.data(fault.message)) }
        }
        if errors.count > Self.mostAnnotations {
            let rest = errors.count - Self.mostAnnotations + 1
            errors =
                errors.prefix(Self.mostAnnotations - 1) + ["::error title=galleria-deploy::and \(rest) more; the step summary has them"]
        }
        return errors + warnings.prefix(Self.mostAnnotations).map { "::warning title=galleria-deploy::" + Self.data($0) }
    }

    /// Markdown for the step's summary.
    var summary: String {
        var lines: [String] = []
        for end in ends {
            let report = end.report
            let sign = end.status == .done || end.status == .changesPending ? "✅" : "❌"
            lines += [
                "### \(sign) galleria-deploy: \(Self.cell(end.job.settings.target ?? end.job.source)) → \(Self.cell("\(end.job.address)"))",
                "",
            ]
            if end.isDryRun { lines += ["Dry run: nothing was sent.", ""] }
            if let address = end.address, !end.isDryRun, address.hasPrefix("http"),
                address.utf8.allSatisfy({ 0x21...0x7E ~= $0 && $0 != 0x3E })
            {
                lines += ["<\(address)>", ""]
            }
            if let report {
                let sent = end.isDryRun ? report.plan.uploads.count : report.uploadedCount
                let bytes = end.isDryRun ? report.plan.uploadBytes : report.uploadedBytes
                lines += [
                    "| \(end.isDryRun ? "to upload" : "uploaded") | size | copied | headers | deleted | unchanged | failed | time | status |",
                    "|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
                    "| \(sent) | \(Quantity.bytes(bytes)) | \(report.copiedCount) | \(report.headerUpdateCount + report.adoptedCount) "
                        + "| \(end.isDryRun ? report.plan.deletions.count : report.deletedCount) | \(report.unchangedCount) "
                        + "| \(report.failures.count) | \(Quantity.seconds(end.duration)) | \(end.status.rawValue) |",
                    "",
                ]
                if !report.failures.isEmpty {
                    lines += ["| failed | why |", "|---|---|"]
                    lines += report.failures.prefix(Self.mostRows).map { "| \(Self.cell($0.path)) | \(Self.cell($0.cause.description)) |" }
                    if report.failures.count > Self.mostRows { lines.append("| and \(report.failures.count - Self.mostRows) more | |") }
                    lines.append("")
                }
            }
            if let fault = end.fault { lines += [Self.cell(fault.message), ""] }
        }
        if !warnings.isEmpty { lines += warnings.prefix(Self.mostRows).map { "- ⚠️ \(Self.cell($0))" } + [""] }
        return lines.joined(separator: "\n") + "\n"
    }

    /// `name=value` lines for `$GITHUB_OUTPUT`.
    var outputs: String {
        func sum(_ count: (DeployReport) -> Int) -> Int { ends.compactMap(\.report).reduce(0) { $0 + count($1) } }
        let changed = sum { end in
            ends.first?.isDryRun == true
                ? end.plan.actionCount : end.uploadedCount + end.copiedCount + end.headerUpdateCount + end.deletedCount
        }
        let values: [(String, String)] = [
            ("exit-status", "\(status.rawValue)"),
            ("changed", changed > 0 ? "true" : "false"),
            ("uploaded-files", "\(sum(\.uploadedCount))"),
            ("uploaded-bytes", "\(ends.compactMap(\.report).reduce(0) { $0 + $1.uploadedBytes })"),
            ("copied-files", "\(sum(\.copiedCount))"),
            ("header-updates", "\(sum { $0.headerUpdateCount + $0.adoptedCount })"),
            ("deleted-objects", "\(sum(\.deletedCount))"),
            ("unchanged-files", "\(sum(\.unchangedCount))"),
            ("failed-files", "\(sum { $0.failures.count })"),
            ("public-address", ends.compactMap(\.address).first ?? ""),
        ]
        // None of these holds a line end: an address is percent-encoded, the rest are numbers. What would is cut there.
        return values.map { "\($0.0)=\($0.1.prefix { !$0.isNewline })\n" }.joined()
    }

    /// The file's path from the checkout on, where it lies there.
    private func path(of path: String, in end: JobEnd) -> String {
        let source = end.job.source.hasSuffix("/") ? String(end.job.source.dropLast()) : end.job.source
        let whole = source == "." ? path : "\(source)/\(path)"
        guard let workspace, whole.hasPrefix(workspace + "/") else { return whole }
        return String(whole.dropFirst(workspace.count + 1))
    }

    /// A message (toolkit, packages/core/src/command.ts, escapeData).
    static func data(_ text: String) -> String { replacing(text, ["%": "%25", "\r": "%0D", "\n": "%0A", "\r\n": "%0D%0A"]) }

    /// A property's value (the same, escapeProperty).
    static func property(_ text: String) -> String {
        replacing(text, ["%": "%25", "\r": "%0D", "\n": "%0A", "\r\n": "%0D%0A", ":": "%3A", ",": "%2C"])
    }

    /// Text within a table of GitHub Flavored Markdown: what would be markup is written as character references.
    static func cell(_ text: String) -> String {
        text.reduce(into: "") { result, character in
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "|", "`", "*", "_", "[", "]", "\\", "~", "#", "@", "!", "$", ":":
                result += "&#\(character.unicodeScalars.first?.value ?? 32);"
            case _ where character.isNewline: result += "<br>"
            default: result.append(character)
            }
        }
    }

    private static func replacing(_ text: String, _ table: [Character: String]) -> String {
        text.reduce(into: "") { $0 += table[$1] ?? String($1) }
    }
}
