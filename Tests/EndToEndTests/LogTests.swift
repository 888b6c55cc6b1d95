import Foundation
import TestSupport
import Testing

/// What is written down of a run: the log, the totals, and nothing where all went well and `-q` was said.
@Suite struct LogTests {
    private static func log(_ site: Site, _ name: String = "deploy.log") throws -> [String] {
        try String(contentsOfFile: site.folder.path(name), encoding: .utf8).split(separator: "\n").map(String.init)
    }

    @Test func quietPrintsOnlyFailures() async throws {
        let site = try await Site(.files(["a.txt": "a", "b.txt": "b"]), on: .ministack)
        for options in [["-q"], ["-q", "--delete"], ["-q", "-n"]] {
            let run = try await site.deploy(options)
            #expect(run.status == 0 && run.output.isEmpty && run.errors.isEmpty, "\(run)")
        }
        try site.folder.write("", to: "gallery/empty.jpg")
        let run = try await site.deploy(["-q"])
        let lines = run.errors.split(separator: "\n")
        #expect(run.status == 1 && run.output.isEmpty && lines.count == 1 && lines[0].hasPrefix("failed: empty.jpg: "), "\(run)")
    }

    @Test func runsAreAppendedToALog() async throws {
        let site = try await Site(.files(["a.txt": "a", "b\u{1b}[31m.txt": "b"]), on: .ministack)
        #expect(try await site.deploy(["-q", "--log-file", "deploy.log"]).status == 0)
        try site.folder.write("", to: "gallery/empty.jpg")
        #expect(try await site.deploy(["-q", "--log-file", "deploy.log", "--delete"]).status == 1)
        let lines = try Self.log(site)
        for line in lines { #expect(line.contains(#/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ \[\d+\] /#), "\(line)") }
        let texts = lines.map { $0.drop { $0 != "]" }.dropFirst(2) }
        #expect(texts.count { $0.hasPrefix("galleria-deploy ") && $0.hasSuffix("to s3://\(site.bucket.name)/") } == 2, "\(lines)")
        #expect(texts.contains("sent a.txt (new, 1 B)") && texts.contains("sent b\\u{1b}[31m.txt (new, 1 B)"), "\(lines)")
        #expect(texts.contains { $0.hasPrefix("failed empty.jpg: ") }, "\(lines)")
        #expect(texts.contains { $0.contains(/^exit 0 after .*: 2 uploaded \(2 B\), 0 deleted, 0 unchanged, 0 failed$/) }, "\(lines)")
        #expect(texts.last?.contains(/^exit 1 after .*: 0 uploaded \(0 B\), 0 deleted, 2 unchanged, 1 failed$/) == true, "\(lines)")
        // rsync's logs are made by the umask, too.
        let mode = try FileManager.default.attributesOfItem(atPath: site.folder.path("deploy.log"))[.posixPermissions] as? Int
        #expect(mode == 0o644)
    }

    @Test func aLogOfEvents() async throws {
        let site = try await Site(.files(["a.txt": "a"]), on: .ministack)
        let run = try await site.deploy(["--log-file", "deploy.jsonl", "--log-format", "jsonl", "--format", "json"])
        #expect(run.status == 0, "\(run)")
        let events = try Self.log(site, "deploy.jsonl").map {
            try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
        }
        #expect(events.compactMap { $0["event"] as? String } == ["start", "plan", "file", "end"])
        #expect(events.allSatisfy { ($0["time"] as? String)?.contains(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) == true })
        #expect((try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])?["exit_status"] as? Int == 0)
    }

    @Test(arguments: ["text", "jsonl"]) func aFaultBeforeAnyDeployIsLogged(_ format: String) async throws {
        let site = try await Site(.files(["a.txt": "a"]), on: .ministack)
        let run = try await site.deploy(["--filter-from", "nowhere", "--log-file", "deploy.log", "--log-format", format])
        #expect(run.status == 5, "\(run)")
        let text = try Self.log(site).joined(separator: "\n")
        #expect(text.contains("nowhere") && (format == "text" ? text.contains("] exit 5") : text.contains("\"exit_status\":5")), "\(text)")
    }

    @Test(arguments: ["gallery/deploy.log", "gallery/.deploy.log", "link/sub/../deploy.log"])
    func aLogInTheSourceIsRefused(_ path: String) async throws {
        let site = try await Site(.files(["a.txt": "a", "sub/b.txt": "b"]), on: .ministack)
        try FileManager.default.createSymbolicLink(atPath: site.folder.path("link"), withDestinationPath: "gallery")
        let run = try await site.deploy(["--log-file", path])
        #expect(run.status == 64 && run.errors.contains("--log-file") && run.errors.contains("lies in SOURCE"), "\(run)")
        #expect(try await site.bucket.keys().isEmpty && !FileManager.default.fileExists(atPath: site.folder.path(path)))
    }

    @Test func aLogThatCannotBeOpenedOrWritten() async throws {
        let site = try await Site(.files(["a.txt": "a"]), on: .ministack)
        let missing = try await site.deploy(["--log-file", "nowhere/deploy.log"])
        #expect(missing.status == 5 && missing.errors.contains("cannot open the log nowhere/deploy.log"), "\(missing)")
        let full = try await site.deploy(["--log-file", "/dev/full"])
        #expect(full.status == 0 && full.errors.components(separatedBy: "cannot be written").count == 2, "\(full)")
    }

    @Test func totalsAsInRsync() async throws {
        let large = String(repeating: "a", count: 1000)
        let site = try await Site(.files(["a.txt": large, "b.txt": "bb", "same.txt": "same"]), on: .ministack)
        #expect(try await site.deploy().status == 0)
        try site.folder.write("b", to: "gallery/b.txt")
        try site.folder.write("new", to: "gallery/new.txt")
        try FileManager.default.removeItem(atPath: site.source + "/same.txt")
        let wanted = """
            Number of files: 3
            Number of created files: 1
            Number of deleted files: 1
            Number of files transferred: 2
            Number of files copied on the server: 0
            Number of header updates: 0
            Number of failures: 0
            Total file size: 1,004 bytes
            Total transferred file size: 4 bytes
            Speedup: 251.00
            """
        for options in [["-n"], []] {
            let run = try await site.deploy(["--stats", "--delete", "--max-delete", "100%"] + options)
            #expect(run.status == 0 && run.output.contains(wanted), "\(run)")
        }
        #expect(try await site.bucket.keys() == ["a.txt", "b.txt", "new.txt"])
    }
}
