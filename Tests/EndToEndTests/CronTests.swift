import Foundation
import TestSupport
import Testing

/// What cron and systemd give a program: no home, no terminal, no input, hardly an environment. And what a user's locale and zone change: nothing.
@Suite struct CronTests {
    /// As cron(8) starts it: with the keys, and nothing else that anybody set.
    private static func bare(
        _ site: Site, _ options: [String], unsetting names: [String], redirection: String = "<&-"
    ) async throws -> Program.Run {
        let unset = (["HOME", "TERM", "LANG", "LC_ALL", "TZ", "PWD", "USER", "SHELL", "TMPDIR"] + names).flatMap { ["-u", $0] }
        return try await site.deploy(
            options, through: ["env"] + unset + ["/bin/sh", "-c", "unset PATH; \"$0\" \"$@\" \(redirection)"])
    }

    @Test(arguments: ["<&-", "</dev/null", "<&- >&- 2>&-"]) func aBareEnvironmentIsEnough(_ redirection: String) async throws {
        let site = try await Site(.files(["å/b c.txt": "a", "d.html": "d"]), on: .ministack)
        let run = try await Self.bare(site, ["-q", "--log-file", "run.log"], unsetting: ["PATH"], redirection: redirection)
        let log = try String(contentsOfFile: site.folder.path("run.log"), encoding: .utf8)
        #expect(run.status == 0 && run.output.isEmpty && log.contains("] exit 0 after"), "\(run) \(log)")
        #expect(try await site.bucket.holds(site.files()))
        // Without a home no state is kept, unless one is named; -q does not mail that every night.
        #expect(run.errors.isEmpty, "\(run)")
        let again = try await Self.bare(site, ["--state", "state.sqlite"], unsetting: ["PATH"], redirection: "<&-")
        #expect(again.status == 0 && again.output.contains("uploaded        0 files"), "\(again)")
        #expect(FileManager.default.fileExists(atPath: site.folder.path("state.sqlite")))
    }

    @Test func aHookHasAShellWithoutAPath() async throws {
        let site = try await Site(.files(["a.txt": "a"]), on: .ministack)
        let run = try await Self.bare(site, ["-q", "--on-success", "echo $GALLERIA_RUN_STATUS > hook"], unsetting: ["PATH"])
        #expect(run.status == 0, "\(run)")
        #expect(try String(contentsOfFile: site.folder.path("hook"), encoding: .utf8) == "0\n")
    }

    /// Numbers and times are those of the program, not those of the place: the same report, the same bytes, the same keys.
    @Test(arguments: [
        ["TZ": "Pacific/Kiritimati", "LC_ALL": "de_DE.UTF-8"], ["TZ": ":/nonexistent", "LANG": "tr_TR.UTF-8"],
        ["TZ": "XYZ-99:99", "LC_ALL": "C"], ["TZ": "", "LC_ALL": "ar_EG.UTF-8"],
    ]) func placeAndLanguageChangeNothing(_ environment: [String: String]) async throws {
        struct Seen: Equatable {
            var output: String
            var objects: [String: String?]
            var log: [String]
        }
        func deploy(_ environment: [String: String]) async throws -> Seen {
            let site = try await Site(.fixtures, on: .ministack)
            let began = Date.now
            let run = try await site.deploy(
                ["--jobs", "1", "--stats", "-i", "--clock-shift", "-4h", "--time-zone", "Europe/Stockholm", "--log-file", "run.log"],
                environment: environment)
            #expect(run.status == 0, "\(run)")
            let log = try String(contentsOfFile: site.folder.path("run.log"), encoding: .utf8).split(separator: "\n").map(String.init)
            // The log's times are UTC, wherever the program believes to be.
            let first = try #require(try? Date(String(log[0].prefix(20)), strategy: .iso8601))
            #expect(abs(first.timeIntervalSince(began)) < 120)
            let lines = run.output.split(separator: "\n").filter { !$0.hasPrefix("time ") && !$0.hasPrefix("public address") }
            let objects = Dictionary(uniqueKeysWithValues: try await site.bucket.snapshot().map { ($0.keyText, $0.sha256) })
            let texts = log.dropFirst().dropLast().map { String($0.drop { $0 != "]" }) }
            return Seen(output: lines.sorted().joined(separator: "\n"), objects: objects, log: texts.sorted())
        }
        let (here, there) = (try await deploy([:]), try await deploy(environment))
        #expect(here == there)
    }
}
