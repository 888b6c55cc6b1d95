internal import Configuration
internal import Deploy
internal import Planning
internal import S3
internal import Vocabulary

/// The figures of a run in Prometheus' text format (prometheus.io/docs/instrumenting/exposition_formats), for node_exporter's textfile collector.
struct MetricsText {
    let ends: [JobEnd]
    /// What the file held before: when a deploy last succeeded is known from there.
    let earlier: String

    private static let lastSuccess = "galleria_deploy_last_success_timestamp_seconds"

    var text: String {
        let families: [(name: String, help: String, samples: (JobEnd) -> [(labels: String, value: String)])] = [
            ("galleria_deploy_exit_status", "How the last deploy ended; 0 is success.", { [("", "\($0.status.rawValue)")] }),
            ("galleria_deploy_start_timestamp_seconds", "When the last deploy began.", { [("", Self.seconds($0.started))] }),
            ("galleria_deploy_end_timestamp_seconds", "When the last deploy ended.", { [("", Self.seconds($0.ended))] }),
            (Self.lastSuccess, "When a deploy last ended with status 0.", { end in success(end).map { [("", $0)] } ?? [] }),
            ("galleria_deploy_duration_seconds", "How long the last deploy took.", { [("", Self.seconds($0.ended - $0.started))] }),
            ("galleria_deploy_files", "What became of the files and objects of the last deploy.", Self.files),
            ("galleria_deploy_uploaded_bytes", "Bytes that the last deploy sent.", { [("", "\($0.report?.uploadedBytes ?? 0)")] }),
            (
                "galleria_deploy_size_bytes", "Bytes of all files that are deployed, as far as the last deploy got.",
                { end in end.report.map { [("", "\($0.plan.unchangedBytes + $0.uploadedBytes + $0.copiedBytes)")] } ?? [] }
            ),
        ]
        var lines: [String] = []
        for family in families {
            let samples = ends.flatMap { end in
                family.samples(end).map { "\(family.name){\(Self.labels(end))\($0.labels)} \($0.value)" }
            }
            if samples.isEmpty { continue }
            lines += ["# HELP \(family.name) \(family.help)", "# TYPE \(family.name) gauge"] + samples
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func files(_ end: JobEnd) -> [(labels: String, value: String)] {
        let report = end.report
        return [
            ("uploaded", report?.uploadedCount ?? 0), ("copied", report?.copiedCount ?? 0),
            ("headers", (report?.headerUpdateCount ?? 0) + (report?.adoptedCount ?? 0)), ("unchanged", report?.unchangedCount ?? 0),
            ("deleted", report?.deletedCount ?? 0), ("failed", report?.failures.count ?? 0), ("left", report?.leftCount ?? 0),
        ].map { (",outcome=\"\($0.0)\"", "\($0.1)") }
    }

    /// When a deploy of this one's target last succeeded: now, or what the file said of it.
    private func success(_ end: JobEnd) -> String? {
        if end.status == .done { return Self.seconds(end.ended) }
        let start = "\(Self.lastSuccess){\(Self.labels(end))} "
        let line = earlier.split(separator: "\n").first { $0.hasPrefix(start) }
        return line.flatMap { Double($0.dropFirst(start.count)) }.map { _ in String(line?.dropFirst(start.count) ?? "") }
    }

    private static func labels(_ end: JobEnd) -> String {
        "target=\"\(escaped(end.job.settings.target ?? ""))\",destination=\"\(escaped("\(end.job.address)"))\""
    }

    /// As the format asks: backslash, double quote and line feed (exposition formats, "Comments, help text, and type information").
    static func escaped(_ text: String) -> String {
        text.reduce(into: "") { result, character in
            switch character {
            case "\\": result += "\\\\"
            case "\"": result += "\\\""
            case "\n": result += "\\n"
            default: result.append(character)
            }
        }
    }

    /// Seconds with three decimals.
    private static func seconds(_ nanoseconds: Int64) -> String {
        let milliseconds = max(0, nanoseconds) / 1_000_000
        let rest = "\(milliseconds % 1000)"
        return "\(milliseconds / 1000)." + String(repeating: "0", count: 3 - rest.count) + rest
    }
}
