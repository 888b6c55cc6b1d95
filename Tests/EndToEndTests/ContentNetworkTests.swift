import Foundation
import TestSupport
import Testing

/// Content delivery networks are told what changed (Tests/Servers/cdn.py: signatures and bodies are judged by botocore).
@Suite struct ContentNetworkTests {
    private struct Place {
        let site: Site
        let networks: ContentNetworks
        let secrets = ["BUNNY_API_KEY": ContentNetworks.bunnyKey, "CLOUDFLARE_API_TOKEN": ContentNetworks.cloudflareToken]

        init(_ files: [String: String], cdn: (String) -> String, prefix: String = "") async throws {
            site = try await Site(.files(files), on: .ministack)
            networks = try await ContentNetworks(keysOf: site.place)
            try site.folder.write(
                """
                cors: off
                source: gallery
                destination: "s3://\(site.bucket.name)\(prefix)"
                endpoint-url: \(site.place.endpoint)
                public-url: http://127.0.0.1:9/g
                delete: true
                cdn:
                \(cdn(networks.url))
                """, to: "galleria-deploy.yml")
        }

        func deploy(_ options: [String] = [], secrets: Bool = true) async throws -> Program.Run {
            try await site.run(options, environment: secrets ? self.secrets : [:])
        }

        func purged() async throws -> [String] {
            let requests = try await networks.log()
            for request in requests where !request.wrong.isEmpty { Issue.record("\(request)") }
            return requests.flatMap(\.purged)
        }
    }

    private static func all(_ url: String) -> String {
        """
          - {kind: cloudfront, distribution: E2EXAMPLE51, api-url: "\(url)", wait: true}
          - {kind: bunny, api-url: "\(url)", url: "https://gallery.b-cdn.net"}
          - {kind: cloudflare, zone: 023e105f4ecef8ad9ca31a8372d0c353, api-url: "\(url)/client/v4"}
          - {kind: command, purge-command: "cat >> purged; echo \\"$GALLERIA_PURGE_COUNT $GALLERIA_PURGE_ALL\\" >> purged"}
        """
    }

    @Test func everyNetworkIsToldWhatChanged() async throws {
        let place = try await Place(
            ["index.html": "1", "a b.jpg.txt": "1", "é/x.txt": "1", "gone.txt": "1", "album/index.html": "1", "same.txt": "1"],
            cdn: Self.all)
        // Nothing of a first deploy can be held by a cache but what stands for folders.
        #expect(try await place.deploy().status == 0)
        let first = try await place.purged()
        #expect(
            first.prefix(5) == ["/g/", "/g/album", "/g/album/", "/g/album/index.html", "/g/index.html"], "\(first)")
        try place.site.folder.write("22", to: "gallery/a b.jpg.txt")
        try place.site.folder.write("22", to: "gallery/é/x.txt")
        try place.site.folder.write("22", to: "gallery/new.txt")
        try place.site.folder.write("22", to: "gallery/album/index.html")
        try FileManager.default.removeItem(atPath: place.site.source + "/gone.txt")
        try FileManager.default.removeItem(atPath: place.site.folder.path("purged"))
        let run = try await place.deploy(["--format", "json"])
        #expect(run.status == 0, "\(run)")
        let paths = ["a%20b.jpg.txt", "album", "album/", "album/index.html", "gone.txt", "%C3%A9/x.txt"]
        #expect(
            try await place.purged()
                == paths.map { "/g/" + $0 } + paths.map { "https://gallery.b-cdn.net/" + $0 }
                + paths.map { "http://127.0.0.1:9/g/" + $0 })
        #expect(
            try String(contentsOfFile: place.site.folder.path("purged"), encoding: .utf8)
                == paths.map { "http://127.0.0.1:9/g/\($0)\n" }.joined() + "6 0\n")
        let report = try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
        let purges = try #require((report["targets"] as? [[String: Any]])?.first?["purges"] as? [[String: Any]])
        #expect(purges.map { $0["paths"] as? Int } == [6, 6, 6, 6] && purges.allSatisfy { $0["fault"] == nil }, "\(run)")
        // A run that changes nothing tells nobody, and nor does a dry run.
        #expect(try await place.deploy().status == 0)
        try place.site.folder.write("333", to: "gallery/new.txt")
        #expect(try await place.deploy(["-n"], secrets: false).status == 0)
        #expect(try await place.networks.log().isEmpty)
    }

    /// CloudFront shows a folder of the bucket as its root: paths are told from there.
    @Test func theOriginPathIsRespectedAndFoldersStandForMany() async throws {
        let names = (0..<20).map { "a/\($0).txt" } + ["b/1.txt"]
        let place = try await Place(
            Dictionary(uniqueKeysWithValues: names.map { ($0, "1") }),
            cdn: { "  - {kind: cloudfront, distribution: E2EXAMPLE51, api-url: \"\($0)\", origin-path: /site, max-paths: 5}" },
            prefix: "/site/g")
        #expect(try await place.deploy().status == 0)
        for name in names { try place.site.folder.write("22", to: "gallery/\(name)") }
        #expect(try await place.deploy().status == 0)
        #expect(try await place.purged() == ["/g/a/*", "/g/b/1.txt"])
        let elsewhere = try await place.deploy([place.site.source, "s3://\(place.site.bucket.name)/other"])
        #expect(elsewhere.status == 5 && elsewhere.errors.contains("origin-path"), "\(elsewhere)")
    }

    /// What could not be told is owed: the run's status says so, and the next run tells it though nothing else changed.
    @Test func whatANetworkWasNotToldIsRemembered() async throws {
        let place = try await Place(
            ["a.txt": "1", "b.txt": "1"], cdn: { "  - {kind: bunny, api-url: \"\($0)\", zone: 7}" })
        #expect(try await place.deploy().status == 0)
        try place.site.folder.write("22", to: "gallery/a.txt")
        try await place.networks.fail(401, message: "the key \(ContentNetworks.bunnyKey) is wrong", times: 1)
        let refused = try await place.deploy(["-vv"])
        #expect(refused.status == 1 && refused.errors.contains("refused to purge (status 401"), "\(refused)")
        #expect(!refused.description.contains(ContentNetworks.bunnyKey), "\(refused)")
        _ = try await place.networks.log()
        // Asked for by hand, and shown first.
        let shown = try await place.site.run(["cdn", "purge", "-n"], environment: place.secrets)
        #expect(shown.status == 0 && shown.output == "Bunny CDN 7: would purge http://127.0.0.1:9/g/a.txt\n", "\(shown)")
        #expect(try await place.networks.log().isEmpty)
        try place.site.folder.write("22", to: "gallery/b.txt")
        #expect(try await place.deploy().status == 0)
        #expect(try await place.purged() == ["http://127.0.0.1:9/g/a.txt", "http://127.0.0.1:9/g/b.txt"])
        #expect(try await place.deploy().status == 0)
        #expect(try await place.networks.log().isEmpty)
    }

    @Test func aPassingFaultIsTriedAgain() async throws {
        let place = try await Place(["a.txt": "1"], cdn: { "  - {kind: cloudfront, distribution: E2EXAMPLE51, api-url: \"\($0)\"}" })
        #expect(try await place.deploy().status == 0)
        try place.site.folder.write("22", to: "gallery/a.txt")
        try await place.networks.fail(503, times: 2)
        let run = try await place.deploy()
        #expect(run.status == 0 && run.output.contains("CloudFront E2EXAMPLE51: 1 path purged"), "\(run)")
        #expect(try await place.networks.log().map(\.status) == [503, 503, 201])
    }

    /// One file fails: what the others changed is purged all the same.
    @Test func aPartialFailureIsPurged() async throws {
        var place = try await Place(["a.txt": "1", "b.jpg": "x"], cdn: { "  - {kind: bunny, api-url: \"\($0)\"}" })
        #expect(try await place.deploy().status == 0)
        try place.site.folder.write("22", to: "gallery/a.txt")
        try place.site.folder.write("", to: "gallery/b.jpg")
        let run = try await place.deploy()
        #expect(run.status == 1, "\(run)")
        #expect(try await place.purged() == ["http://127.0.0.1:9/g/a.txt"])
        place = try await Place(["a.txt": "1"], cdn: { "  - {kind: bunny, api-url: \"\($0)\"}" })
        #expect(try await place.deploy(["--no-purge"]).status == 0)
        try place.site.folder.write("22", to: "gallery/a.txt")
        let later = try await place.deploy(["--no-purge"])
        #expect(later.status == 0 && later.errors.contains("were not told what changed"), "\(later)")
        #expect(try await place.networks.log().isEmpty)
        #expect(try await place.site.run(["cdn", "purge"], environment: place.secrets).status == 0)
        #expect(try await place.purged() == ["http://127.0.0.1:9/g/a.txt"])
    }

    /// What is planned is owed before the first byte travels: a run that is killed leaves the debt.
    @Test func aKilledRunLeavesItsDebt() async throws {
        let place = try await Place(["a.txt": "1", "b.txt": "1"], cdn: { "  - {kind: bunny, api-url: \"\($0)\"}" })
        let proxy = try await FaultProxy(before: place.site.place)
        let configuration = try String(contentsOfFile: place.site.folder.path("galleria-deploy.yml"), encoding: .utf8)
        try place.site.folder.write(
            configuration.replacing(place.site.place.endpoint, with: proxy.place.endpoint), to: "galleria-deploy.yml")
        #expect(try await place.deploy().status == 0)
        try await proxy.script(FaultProxy.Rule("stall-response", on: "PutObject", times: -1))
        try place.site.folder.write("22", to: "gallery/a.txt")
        let running = try place.site.start(["--stall-timeout", "10m"], environment: place.secrets)
        _ = try await proxy.held()
        running.send(SIGKILL)
        _ = try await running.finish()
        try await proxy.script()
        try await proxy.release()
        _ = try await place.networks.log()
        #expect(try await place.deploy().status == 0)
        #expect(try await place.purged() == ["http://127.0.0.1:9/g/a.txt"])
    }

    @Test func theCommandPurgesWhatIsNamed() async throws {
        let place = try await Place(
            ["a.txt": "1"], cdn: { "  - {kind: cloudflare, zone: 023e105f4ecef8ad9ca31a8372d0c353, api-url: \"\($0)/client/v4\"}" })
        func purge(_ words: String...) async throws -> Program.Run {
            try await place.site.run(["cdn", "purge"] + words, environment: place.secrets)
        }
        let run = try await purge("http://127.0.0.1:9/g/x%20y.jpg", "a/index.html", "b/*", "--format", "json")
        #expect(run.status == 0, "\(run)")
        let told = ["a", "a/", "a/index.html", "x%20y.jpg", "b/*"].map { "http://127.0.0.1:9/g/" + $0 }
        #expect(try await place.purged() == told.dropLast() + ["127.0.0.1:9/g/b/*"])
        let answer = try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
        #expect((answer["networks"] as? [[String: Any]])?.first?["purged"] as? Bool == true, "\(run)")
        #expect(try await purge("--all").status == 0)
        #expect(try await place.purged() == ["127.0.0.1:9/g/*"])
        let foreign = try await purge("https://elsewhere.example/a")
        #expect(foreign.status == 64 && foreign.errors.contains("no address of this target"), "\(foreign)")
        #expect(try await purge("a*").status == 64)
        #expect(try await purge("--all", "a").status == 64)
        try await place.networks.fail(403, code: "10000", message: "Authentication error", times: 1)
        let refused = try await purge("a.txt")
        #expect(refused.status == 1 && refused.errors.contains("10000 Authentication error"), "\(refused)")
        let nothing = try await purge()
        #expect(nothing.status == 0 && nothing.output == "nothing is owed to the networks\n", "\(nothing)")
    }

    @Test func aKeyIsNeededBeforeAnythingIsSent() async throws {
        let place = try await Place(["a.txt": "1"], cdn: { "  - {kind: bunny, api-url: \"\($0)\"}" })
        let run = try await place.deploy(secrets: false)
        #expect(run.status == 5 && run.errors.contains("BUNNY_API_KEY"), "\(run)")
        #expect(try await place.site.bucket.keys().isEmpty)
        try place.site.folder.write("BUNNY-SECRET\n", to: "bunny.key")
        let file = place.site.folder.path("galleria-deploy.yml")
        let text = try String(contentsOfFile: file, encoding: .utf8)
        try place.site.folder.write(text.replacing("kind: bunny", with: "kind: bunny, key-file: bunny.key"), to: "galleria-deploy.yml")
        #expect(try await place.deploy(secrets: false).status == 0)
        try place.site.folder.write("22", to: "gallery/a.txt")
        let again = try await place.deploy(secrets: false)
        #expect(again.status == 0 && again.errors.contains("chmod 600"), "\(again)")
        #expect(try await place.purged() == ["http://127.0.0.1:9/g/a.txt"])
        for wrong in [
            "kind: bunny, distribution: E1", "kind: cloudfront", "kind: other", "zone: 7", "kind: bunny, api-url: http://evil.example",
        ] {
            try place.site.folder.write(
                text.prefix { $0 != "\n" } + "\nsource: gallery\ndestination: s3://b\ncdn:\n  - {\(wrong)}\n", to: "galleria-deploy.yml")
            let refused = try await place.deploy()
            #expect(refused.status == 5, "\(wrong): \(refused)")
        }
    }
}
