import Foundation
import TestSupport
import Testing

/// What is told of runs that nobody watches: healthcheck service, hooks, metrics, GitHub; and the time that a run may take.
@Suite struct UnattendedTests {
    @Test func aHealthcheckServiceIsTold() async throws {
        let site = try await Site(.files(["a.txt": "a"]), on: .ministack)
        let service = try await HealthcheckService()
        #expect(try await site.deploy(["-q", "--ping", service.url]).description.contains("exit 0\n--- output\n--- errors\n"))
        #expect(try await service.log() == ["/SECRET-UUID/start", "/SECRET-UUID"])
        try site.folder.write("", to: "gallery/empty.jpg")
        #expect(try await site.deploy(environment: ["GALLERIA_PING": service.url + "?rid=1"]).status == 1)
        #expect(try await service.log() == ["/SECRET-UUID/start?rid=1", "/SECRET-UUID/1?rid=1"])
        // A fault before anything could be done is told, too; a dry run is nobody's business.
        #expect(try await site.deploy(["--ping", service.url, "--filter-from", "nowhere"]).status == 5)
        #expect(try await service.log() == ["/SECRET-UUID/5"])
        #expect(try await site.deploy(["-n", "--ping", service.url]).status == 1)
        #expect(try await service.log().isEmpty)
    }

    @Test(arguments: [500, 404, 0]) func aServiceThatFailsDoesNotFailTheDeploy(_ status: Int) async throws {
        let site = try await Site(.files(["a.txt": "a"]), on: .ministack)
        let service = try await HealthcheckService()
        if status == 0 { try await service.behave(silent: true) } else { try await service.behave(status: status) }
        let run = try await site.deploy(["-vv", "--ping", service.url])
        #expect(run.status == 0 && run.errors.components(separatedBy: "was not told of").count == 3, "\(run)")
        #expect(!run.description.contains("SECRET"), "\(run)")
        #expect(try await service.log().count == (status == 404 ? 2 : 4))
        #expect(try await site.bucket.keys() == ["a.txt"])
    }

    @Test func theAddressIsNeverShown() async throws {
        let site = try await Site(.files(["a.txt": "a"]), on: .ministack)
        let shown = try await site.run(["config", "show"], environment: ["GALLERIA_PING": "https://user:SECRET@hc.example/SECRET"])
        #expect(shown.status == 0 && shown.output.contains("https://hc.example/…") && !shown.description.contains("SECRET"), "\(shown)")
        let wrong = try await site.deploy(environment: ["GALLERIA_PING": "htp://SECRET"])
        #expect(wrong.status == 5 && wrong.errors.contains("GALLERIA_PING") && !wrong.errors.contains("SECRET"), "\(wrong)")
    }

    @Test func severalTargetsAreOneRunToTheService() async throws {
        let site = try await Site(.files(["a.txt": "a"]), on: .ministack)
        let service = try await HealthcheckService()
        try site.folder.write("", to: "other/empty.jpg")
        try site.folder.write(
            """
            cors: off
            endpoint-url: \(site.place.endpoint)
            ping: ${PING_URL}
            metrics-file: gallery.prom
            on-success: echo "ok $GALLERIA_RUN_TARGET" >> hooks
            on-failure: echo "failed $GALLERIA_RUN_TARGET" >> hooks
            targets:
              site: {source: gallery, destination: "s3://\(site.bucket.name)/site"}
              photos: {source: other, destination: "s3://\(site.bucket.name)/photos"}
            """, to: "galleria-deploy.yml")
        let run = try await site.run([], environment: ["PING_URL": service.url])
        #expect(run.status == 1, "\(run)")
        #expect(try await service.log() == ["/SECRET-UUID/start", "/SECRET-UUID/1"])
        #expect(try String(contentsOfFile: site.folder.path("hooks"), encoding: .utf8) == "ok site\nfailed photos\n")
        let metrics = try String(contentsOfFile: site.folder.path("gallery.prom"), encoding: .utf8)
        for (name, status) in [("site", 0), ("photos", 1)] {
            let labels = "{target=\"\(name)\",destination=\"s3://\(site.bucket.name)/\(name)/\"}"
            #expect(metrics.contains("galleria_deploy_exit_status\(labels) \(status)\n"), "\(metrics)")
        }
    }

    @Test func hooksAreToldWhatHappened() async throws {
        let site = try await Site(.files(["a.txt": "a", "b.txt": "bb"]), on: .ministack)
        let told = "env | grep ^GALLERIA_RUN_ | sort > told; pwd > place; cat; echo said; echo complained >&2"
        let run = try await site.deploy(["--on-success", told, "--on-failure", "touch failed", "--format", "json", "--log-file", "x.log"])
        #expect(run.status == 0 && run.errors == "said\ncomplained\n", "\(run)")
        #expect(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) is [String: Any])
        let lines = try String(contentsOfFile: site.folder.path("told"), encoding: .utf8).split(separator: "\n").map(String.init)
        for line in [
            "GALLERIA_RUN_STATUS=0", "GALLERIA_RUN_UPLOADED=2", "GALLERIA_RUN_UPLOADED_BYTES=3", "GALLERIA_RUN_FAILED=0",
            "GALLERIA_RUN_DESTINATION=s3://\(site.bucket.name)/", "GALLERIA_RUN_LOG=x.log",
            "GALLERIA_RUN_SUMMARY=2 uploaded (3 B), 0 deleted, 0 unchanged, 0 failed",
        ] { #expect(lines.contains(line), "\(lines)") }
        #expect(!FileManager.default.fileExists(atPath: site.folder.path("failed")))

        try site.folder.write("", to: "gallery/empty.jpg")
        let failed = try await site.deploy(["--on-success", "touch success", "--on-failure", "echo $GALLERIA_RUN_STATUS > failed"])
        #expect(failed.status == 1, "\(failed)")
        #expect(try String(contentsOfFile: site.folder.path("failed"), encoding: .utf8) == "1\n")
        #expect(!FileManager.default.fileExists(atPath: site.folder.path("success")))
        // A fault before any deploy.
        let early = try await site.deploy(["--filter-from", "nowhere", "--on-failure", "echo $GALLERIA_RUN_STATUS > failed"])
        #expect(early.status == 5, "\(early)")
        #expect(try String(contentsOfFile: site.folder.path("failed"), encoding: .utf8) == "5\n")
        // Not after a dry run.
        #expect(try await site.deploy(["-n", "--on-failure", "touch dry", "--on-success", "touch dry"]).status == 1)
        #expect(!FileManager.default.fileExists(atPath: site.folder.path("dry")))
    }

    @Test(arguments: [
        ("exit 7", "ended with status 7"), ("kill -9 $$", "was ended by signal 9"), ("no-such-program", "ended with status 127"),
    ])
    func aHookThatFailsIsAWarning(_ command: String, _ words: String) async throws {
        let site = try await Site(.files(["a.txt": "a"]), on: .ministack)
        let run = try await site.deploy(["--on-success", command])
        #expect(run.status == 0 && run.errors.contains("warning: on-success \(words)"), "\(run)")
    }

    @Test func metricsAreWrittenWholeAndRememberTheLastSuccess() async throws {
        let site = try await Site(.files(["a.txt": "a", "b.txt": "bb"]), on: .ministack)
        func metrics() throws -> [String: Double] {
            let text = try String(contentsOfFile: site.folder.path("m.prom"), encoding: .utf8)
            var values: [String: Double] = [:]
            for line in text.split(separator: "\n") where !line.hasPrefix("#") {
                let value = try #require(line.split(separator: " ").last.flatMap { Double($0) })
                let name = line.prefix { $0 != "{" }
                let outcome = line.firstMatch(of: /outcome="(\w+)"/).map { ":\($0.1)" } ?? ""
                values["\(name.dropFirst("galleria_deploy_".count))\(outcome)"] = value
            }
            return values
        }
        let began = Date.now.timeIntervalSince1970
        #expect(try await site.deploy(["--metrics-file", "m.prom"]).status == 0)
        let first = try metrics()
        #expect(first["exit_status"] == 0 && first["files:uploaded"] == 2 && first["uploaded_bytes"] == 3 && first["size_bytes"] == 3)
        let success = try #require(first["last_success_timestamp_seconds"])
        #expect(success >= began - 1 && first["end_timestamp_seconds"] == success)
        try site.folder.write("", to: "gallery/empty.jpg")
        #expect(try await site.deploy(["--metrics-file", "m.prom"]).status == 1)
        let second = try metrics()
        #expect(second["exit_status"] == 1 && second["files:failed"] == 1 && second["files:unchanged"] == 2)
        #expect(second["last_success_timestamp_seconds"] == success && second["end_timestamp_seconds"] != success)
        #expect(try FileManager.default.contentsOfDirectory(atPath: site.folder.path).filter { $0.contains("m.prom") } == ["m.prom"])
        // Not by a dry run, not into the source, and not where it cannot be.
        #expect(try await site.deploy(["--metrics-file", "dry.prom", "-n"]).status == 1)
        #expect(!FileManager.default.fileExists(atPath: site.folder.path("dry.prom")))
        #expect(try await site.deploy(["--metrics-file", "gallery/m.prom"]).status == 64)
        let nowhere = try await site.deploy(["--metrics-file", "nowhere/m.prom"])
        #expect(nowhere.status == 1 && nowhere.errors.contains("warning: the metrics nowhere/m.prom cannot be written"), "\(nowhere)")
    }

    /// As an interrupt does: nothing new is begun, and what is under way gets a few seconds.
    @Test func aRunThatTakesTooLongEnds() async throws {
        var site = try await Site(.files(["a.txt": "a", "b.txt": "b", "c.txt": "c"]), on: .ministack)
        let proxy = try await FaultProxy(before: site.place)
        site.place = proxy.place
        try await proxy.script(FaultProxy.Rule("stall-request", on: "PutObject", times: -1))
        let run = try await site.startDeploy(["--timeout", "3s"]).finish()
        #expect(run.status == 143 && run.errors.contains("timed out after 3.0 s: no more is begun"), "\(run)")
        #expect(run.errors.contains("3 actions left (") && !run.errors.contains("failed:"), "\(run)")
        try await proxy.script(FaultProxy.Rule("stall-response", on: "ListObjectsV2", times: -1))
        let early = try await site.startDeploy(["--timeout", "3s"]).finish()
        #expect(early.status == 143 && early.errors.contains("timed out after 3.0 s: nothing was sent"), "\(early)")
        try await proxy.script()
        #expect(try await site.deploy(["--timeout", "10m"]).status == 0)
        #expect(try await site.bucket.holds(site.files()))
    }

    @Test func theTimeIsThatOfAllTargets() async throws {
        var site = try await Site(.files(["a.txt": "a"]), on: .ministack)
        let proxy = try await FaultProxy(before: site.place)
        site.place = proxy.place
        try await proxy.script(FaultProxy.Rule("stall-request", on: "PutObject", times: -1))
        try site.folder.write(
            """
            cors: off
            endpoint-url: \(site.place.endpoint)
            source: gallery
            timeout: 2s
            stall-timeout: 10m
            targets:
              one: {destination: "s3://\(site.bucket.name)/one"}
              two: {destination: "s3://\(site.bucket.name)/two"}
            """, to: "galleria-deploy.yml")
        let run = try await site.run(["--format", "json"])
        #expect(run.status == 143 && run.output.components(separatedBy: "\"destination\"").count == 2, "\(run)")
    }

    @Test func gitHubIsTold() async throws {
        let site = try await Site(.files(["a.txt": "a", "x|y_<b>.txt": "b"]), on: .ministack)
        try site.folder.write("", to: "gallery/em,p:ty%.jpg")
        let environment = [
            "GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": site.folder.path("summary.md"), "GITHUB_OUTPUT": site.folder.path("output"),
            "GITHUB_WORKSPACE": site.folder.path,
        ]
        let run = try await site.deploy(["--format", "json"], environment: environment)
        #expect(run.status == 1 && !run.output.contains("::error"), "\(run)")
        let annotations = run.errors.split(separator: "\n").filter { $0.hasPrefix("::error") }
        #expect(annotations.count == 1, "\(run)")
        #expect(
            annotations.first?.hasPrefix("::error file=gallery/em%2Cp%3Aty%25.jpg,title=galleria-deploy::em,p:ty%25.jpg: ") == true,
            "\(run)")
        let summary = try String(contentsOfFile: site.folder.path("summary.md"), encoding: .utf8)
        #expect(summary.contains("| 2 | 2 B | 0 | 0 | 0 | 0 | 1 | ") && summary.contains("| em,p&#58;ty%.jpg | "), "\(summary)")
        let outputs = try String(contentsOfFile: site.folder.path("output"), encoding: .utf8).split(separator: "\n")
        for line in ["exit-status=1", "changed=true", "uploaded-files=2", "uploaded-bytes=2", "failed-files=1"] {
            #expect(outputs.contains(Substring(line)), "\(outputs)")
        }
        #expect(outputs.contains { $0.hasPrefix("public-address=http://127.0.0.1") })
        // Elsewhere only where it is asked for, and there only where it is not declined.
        #expect(!(try await site.deploy(["--no-github"], environment: environment).errors.contains("::")))
        #expect(try await site.deploy(["--github"]).errors.contains("::error file="))
    }
}
