import Foundation
import TestSupport
import Testing

/// Everything that is printed for machines, judged by the schemas in docs/ with a validator that is not ours.
@Suite struct SchemaTests {
    private func judge(_ run: Program.Run, by schema: String, lines: Bool = false) async throws {
        try await judge(text: run.output, by: schema, lines: lines, "\(run)")
    }

    private func judge(text: String, by schema: String, lines: Bool = false, _ context: String) async throws {
        let verdict = try await verdict(on: text, by: schema, lines: lines)
        #expect(verdict.status == 0, "\(schema): \(verdict.errors)\n\(context)")
    }

    private func verdict(on text: String, by schema: String, lines: Bool) async throws -> Program.Run {
        try await SchemaVerdict.on(text, by: schema, lines: lines)
    }

    /// A judge that takes everything would prove nothing.
    @Test(
        arguments: [
            (
                "{\"event\": \"file\", \"time\": \"2024-06-15T12:00:00Z\", \"file\": {\"action\": \"upload\", \"success\": \"yes\", \"skipped\": false}}",
                "events"
            ),
            ("{\"event\": \"warning\", \"time\": \"2024-06-15T12:00:00Z\", \"message\": \"\", \"novelty\": 1}", "events"),
            ("{\"files\": [], \"left_out\": []}", "ls-local"),
        ]) func theJudgeRefuses(_ row: (text: String, schema: String)) async throws
    {
        #expect(try await verdict(on: row.text, by: row.schema, lines: true).status == 1)
    }

    /// A site that gives a deploy something of everything to tell.
    private func site() async throws -> Site {
        let site = try await Site(
            .files([
                "index.html": "<p>", "photos/a.txt": "a", "copied.txt": "some text that is moved", "gone.txt": "gone", "same.txt": "same",
            ]),
            on: .ministack)
        #expect(try await site.deploy().status == 0)
        try site.folder.write("<p>new", to: "gallery/index.html")
        try site.folder.write("", to: "gallery/empty.jpg")
        try site.folder.write("left out", to: "gallery/.hidden")
        for (from, to) in [("gone.txt", nil), ("copied.txt", "moved.txt")] {
            if let to {
                try FileManager.default.moveItem(atPath: site.folder.path("gallery/\(from)"), toPath: site.folder.path("gallery/\(to)"))
            } else {
                try FileManager.default.removeItem(atPath: site.folder.path("gallery/\(from)"))
            }
        }
        return site
    }

    private static let change = [
        "--cache-control", "max-age=9", "--delete", "--max-delete", "100%", "--setup-cors", "--cors-origin", "https://example.com",
    ]

    @Test func reports() async throws {
        let site = try await site()
        for options in [["-n"], []] {
            let run = try await site.deploy(Self.change + ["--format", "json"] + options, checkingCORS: true)
            #expect(run.status == 1, "\(run)")
            try await judge(run, by: "report")
            for name in [
                "success", "skipped", "file_size", "error", "total_files", "uploaded_files", "skipped_files", "failed_files", "total_size",
                "errors",
                "percent_complete", "upload_speed_mbps", "success_rate", "configured", "needs_update", "current_rules", "expected_rules",
            ] + (options.isEmpty ? ["checksum", "upload_time"] : []) { #expect(run.output.contains("\"\(name)\" : "), "\(name) \(run)") }
        }
        try site.folder.write("<p>newest", to: "gallery/index.html")
        // Ended before anything was done, by a guard, by CORS, by the configuration and by the words.
        for (options, status) in [
            (["--max-overwrite", "0", "--no-cors-check"], Int32(4)), (["--cors-origin", "https://other.example"], 3),
            (["--config", "missing.yml"], 5),
        ] {
            let run = try await site.deploy(["--format", "json"] + options, checkingCORS: true)
            #expect(run.status == status, "\(run)")
            try await judge(run, by: "report")
        }
    }

    @Test func events() async throws {
        let site = try await site()
        for options in [["-n"], [], ["--max-delete", "0", "--delete"]] {
            let run = try await site.deploy(Self.change + ["--format", "jsonl"] + options, checkingCORS: true)
            try await judge(run, by: "events", lines: true)
        }
        let logged = try await site.deploy(["--log-file", "run.log", "--log-format", "jsonl"])
        #expect(logged.status == 1, "\(logged)")
        let refused = try await site.deploy(["--log-file", "run.log", "--log-format", "jsonl", "--config", "missing.yml"])
        #expect(refused.status == 5, "\(refused)")
        let log = try String(contentsOfFile: site.folder.path("run.log"), encoding: .utf8)
        #expect(log.contains("\"event\":\"fault\"") && log.contains("\"event\":\"end\""), "\(log)")
        try await judge(text: log, by: "events", lines: true, log)
    }

    @Test func plans() async throws {
        let site = try await site()
        try FileManager.default.removeItem(atPath: site.folder.path("gallery/empty.jpg"))
        let run = try await site.deploy([
            "--cache-control", "max-age=9", "--delete", "--max-delete", "100%", "-n", "--plan-out", "plan.json",
        ])
        #expect(run.status == 0, "\(run)")
        try await judge(text: String(contentsOfFile: site.folder.path("plan.json"), encoding: .utf8), by: "plan", "\(run)")
    }

    @Test func theRest() async throws {
        let site = try await site()
        let place = [site.source, "s3://\(site.bucket.name)"]
        for format in ["json", "jsonl"] { try await judge(site.run(["verify", "--format", format] + place), by: "verify") }
        for words in [[], ["1"]] { try await judge(site.run(["history", "--format", "json"] + words + place), by: "history") }
        try await judge(site.run(["ls-local", "--format", "json", "--exclude", "same.txt", site.source]), by: "ls-local")
        try await judge(
            site.run(
                ["exif", "show", "--format", "json", "--clock-shift=-4h"]
                    + ["photos", "."].flatMap { folder in
                        (try? FileManager.default.contentsOfDirectory(atPath: PackageFolder.path("Fixtures/gallery/\(folder)")))?
                            .filter { $0.hasSuffix(".jpg") }.map { PackageFolder.path("Fixtures/gallery/\(folder)/\($0)") } ?? []
                    }), by: "exif-show")
        try await judge(site.run(["whoami", "--format", "json", place[1]]), by: "whoami")
        try await judge(site.run(["whoami", "--format", "json", "s3://no-such-bucket-at-all"]), by: "whoami")
        try site.folder.write(
            "cors: off\ntargets:\n  a: {source: gallery, destination: 's3://bucket-a', privacy: [gps]}\n  b: {source: gallery, destination: 's3://bucket-b'}\n",
            to: "galleria-deploy.yml")
        try await judge(site.run(["config", "show", "--format", "json"]), by: "config-show")
    }
}
