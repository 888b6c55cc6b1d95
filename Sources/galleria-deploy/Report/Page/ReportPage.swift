internal import Configuration
internal import Deploy
internal import Planning
internal import S3
internal import State
internal import Vocabulary

/// What a command's deploys did, as one page of HTML that needs nothing else: no script, no style sheet, no picture from elsewhere.
struct ReportPage {
    /// A deploy, and what was noted of it.
    struct Part {
        let end: JobEnd
        let changes: [RunChange]
        let warnings: [String]
        let photos: [PhotoLine]
    }

    let parts: [Part]
    let status: ExitStatus
    /// The most bytes of thumbnails.
    var budget = 6_000_000

    private static let mostRows = 2000

    var html: String {
        let first = parts.first?.end
        let title = "galleria-deploy: " + (first.map { $0.job.settings.target ?? "\($0.job.address)" } ?? "")
        var body = ""
        for part in parts { body += section(part, PageThumbnails(source: part.end.job.source, budget: budget / max(1, parts.count))) }
        return """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="robots" content="noindex">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
            <link rel="icon" href="data:,">
            <title>\(HTML.text(title))</title>
            <style>
            \(PageStyle.text)
            </style>
            </head>
            <body>
            <main>
            \(body)</main>
            <footer>galleria-deploy \(HTML.text(Version.text)) · \(first.map { UTCText.text($0.started) } ?? "") · exit status \(status.rawValue)</footer>
            </body>
            </html>

            """
    }

    private func section(_ part: Part, _ thumbnails: PageThumbnails) -> String {
        let end = part.end
        var html = "<section>\n" + header(end)
        if let fault = end.fault { html += "<div class=\"alert\" role=\"alert\">\(HTML.lines(fault.message))</div>\n" }
        html += tiles(end)
        html += failures(end)
        if !part.warnings.isEmpty {
            html += "<h3>Warnings</h3>\n<ul class=\"notes\">\n" + part.warnings.map { "<li>\(HTML.lines($0))</li>\n" }.joined() + "</ul>\n"
        }
        html += PageTimeline(photos: part.photos).html
        html += changes(part, thumbnails)
        return html + "</section>\n"
    }

    private func header(_ end: JobEnd) -> String {
        let isGood = end.status == .done || end.status == .changesPending
        let word =
            switch end.status {
            case .done: end.isDryRun ? "dry run" : "deployed"
            case .changesPending: "dry run: changes pending"
            case .interrupted, .terminated: "interrupted"
            default: end.report == nil ? "not deployed" : "with failures"
            }
        var html = """
            <header><h1>\(HTML.name(end.job.settings.target ?? end.job.source)) <span class="arrow">→</span> \(HTML.name("\(end.job.address)"))</h1>
            <p><span class="status \(isGood ? "good" : "bad")">\(word)</span> <time>\(UTCText.text(end.started))</time> \
            <span>\(HTML.text(Quantity.seconds(end.duration)))</span>

            """
        if let address = end.address, !end.isDryRun {
            let isLink = address.hasPrefix("https://") || address.hasPrefix("http://")
            html += isLink ? "<a href=\"\(HTML.text(address))\">\(HTML.text(address))</a>" : HTML.name(address)
        }
        return html + "</p></header>\n"
    }

    private func tiles(_ end: JobEnd) -> String {
        guard let report = end.report else { return "" }
        let plan = report.plan
        let headers = end.isDryRun ? plan.headerUpdates.count : report.headerUpdateCount + report.adoptedCount
        let copied = end.isDryRun ? plan.copyCount : report.copiedCount
        let sent = end.isDryRun ? plan.uploads.count - copied : report.uploadedCount
        let bytes = end.isDryRun ? plan.uploadBytes : report.uploadedBytes
        let unchanged = report.unchangedCount + plan.existingCount
        let tiles: [(id: String, label: String, count: Int, note: String, isShown: Bool)] = [
            ("uploaded", end.isDryRun ? "to upload" : "uploaded", sent, Quantity.bytes(bytes), true),
            ("copied", "copied on the server", copied, "", copied > 0),
            ("headers", "header updates", headers, "", headers > 0),
            ("deleted", end.isDryRun ? "to delete" : "deleted", end.isDryRun ? plan.deletions.count : report.deletedCount, "", true),
            ("unchanged", "unchanged", unchanged, Quantity.bytes(plan.unchangedBytes), true),
            ("corrected", "photos corrected", end.isDryRun ? report.photos.correctedCount : report.sentCorrectedCount, "", true),
            ("made", end.isDryRun ? "pictures to make" : "pictures made", report.derived.madeCount, "", report.derived.madeCount > 0),
            ("left", "left undone", report.leftCount, "", report.leftCount > 0),
            ("failed", "failed", report.failures.count, "", true),
        ]
        return "<ul class=\"tiles\">\n"
            + tiles.filter(\.isShown).map { tile in
                "<li class=\"\(tile.id)\(tile.count == 0 ? " zero" : "")\"><b data-count=\"\(tile.id)\" data-value=\"\(tile.count)\">"
                    + "\(HTML.grouped(tile.count))</b> <span>\(tile.label)</span>"
                    + (tile.note.isEmpty ? "" : "<small>\(tile.note)</small>")
                    + "</li>\n"
            }.joined() + "</ul>\n"
    }

    private func failures(_ end: JobEnd) -> String {
        guard let report = end.report, !report.failures.isEmpty || report.leftCount > 0 || report.deletionsSkipped > 0 else { return "" }
        var html = "<h3>What failed</h3>\n<ul class=\"failures\">\n"
        for failure in report.failures.prefix(Self.mostRows) {
            html += "<li><b>\(HTML.name(failure.path))</b> <span>\(HTML.lines(failure.cause.description))</span></li>\n"
        }
        if report.failures.count > Self.mostRows {
            html += "<li class=\"more\">and \(HTML.grouped(report.failures.count - Self.mostRows)) more</li>\n"
        }
        if report.deletionsSkipped > 0 {
            html +=
                "<li>\(Quantity.count(report.deletionsSkipped, "deletion")) skipped, because deletions only follow a deploy without failures</li>\n"
        }
        if report.leftCount > 0 {
            html += "<li>\(Quantity.count(report.leftCount, "action")) left undone; run again to go on</li>\n"
        }
        return html + "</ul>\n"
    }

    private func changes(_ part: Part, _ thumbnails: PageThumbnails) -> String {
        let known = Dictionary(part.photos.map { ($0.path, $0) }) { $1 }
        let done = part.changes.filter { $0.action != "failed" }
        let words = Dictionary(done.map { ($0.key, $0.action == "upload" ? $0.reason ?? "upload" : $0.action) }) { $1 }
        let changed = done.compactMap { $0.action == "delete" ? nil : known[$0.key] }
        let changedPaths = Set(changed.map(\.path))
        var pictures = PagePhotos(thumbnails: thumbnails)
        var html = ""
        if !changed.isEmpty {
            html += "<h3>Photos that \(part.end.isDryRun ? "would change" : "changed") <small>\(HTML.grouped(changed.count))</small></h3>\n"
            html += pictures.cards(changed) { words[$0.path] }
        }
        let others = done.filter { !changedPaths.contains($0.key) || $0.action == "delete" }
        if !others.isEmpty {
            html += "<h3>Other changes <small>\(HTML.grouped(others.count))</small></h3>\n<ul class=\"changes\">\n"
            for change in others.prefix(Self.mostRows) {
                html +=
                    "<li class=\"\(HTML.text(change.action))\"><span class=\"tag\">\(HTML.text(change.action))</span> "
                    + "<b>\(HTML.name(change.key.string))</b>"
                    + "<small>\(HTML.text([change.reason, change.size.map { Quantity.bytes($0) }].compactMap(\.self).joined(separator: ", ")))</small></li>\n"
            }
            html += "</ul>\n"
            if others.count > Self.mostRows { html += "<p class=\"more\">and \(HTML.grouped(others.count - Self.mostRows)) more</p>\n" }
        }
        if done.isEmpty, part.end.report != nil { html += "<p class=\"quiet\">Nothing had to be changed.</p>\n" }
        let unchanged = part.photos.filter { !changedPaths.contains($0.path) }
        if !unchanged.isEmpty {
            html += "<details><summary>Unchanged photos <small>\(HTML.grouped(unchanged.count))</small></summary>\n"
            html += pictures.cards(unchanged) { _ in nil } + "</details>\n"
        }
        return html
    }
}
