import Glibc
import TestSupport
import Testing

/// The exit statuses that no other suite sees.
@Suite struct ExitStatusTests {
    @Test(arguments: [(SIGINT, 130), (SIGTERM, 143)] as [(Int32, Int32)])
    func interrupted(_ signal: Int32, _ status: Int32) async throws {
        var site = try await Site(.files(Dictionary(uniqueKeysWithValues: (0..<9).map { ("\($0).txt", "\($0)") })), on: .radosgw)
        let recorder = try await Recorder(before: site.place)
        site.place = recorder.place
        let arguments = [site.source, "s3://\(site.bucket.name)", "--no-cors-check", "--jobs", "1"]
        try await recorder.gate()
        let running = try site.start(arguments)
        #expect(try await recorder.uploadArrived())
        running.send(signal)
        // The gate is still closed: the program does not wait for a server that does not answer.
        let run = try await running.finish()
        #expect(run.status == status, "\(run)")
        try await recorder.open()

        let again = try await site.run(arguments)
        #expect(again.status == 0, "\(again)")
        #expect(try await site.bucket.keys() == (0..<9).map { "\($0).txt" })
    }

    @Test func pendingChangesOnlyWhenAskedFor() async throws {
        let site = try await Site(.files(["a.txt": "a"]), on: .radosgw)
        #expect(try await site.deploy(["--dry-run", "--exit-code"]).status == 2)
        #expect(try await site.deploy(["--dry-run"]).status == 0)
        #expect(try await site.deploy().status == 0)
        #expect(try await site.deploy(["--dry-run", "--exit-code"]).status == 0)
    }

    @Test func nobodyListensThere() async throws {
        let site = try await Site(.files(["a.txt": "a"]), on: .radosgw)
        // Port 9 of loopback, "discard": nothing listens there, and a connection is refused at once.
        let run = try await site.deploy(environment: ["AWS_ENDPOINT_URL_S3": "http://127.0.0.1:9"])
        #expect(run.status == 6, "\(run)")
        #expect(run.errors.contains("127.0.0.1:9"), "\(run)")
    }

    @Test func someFailedAndTheBucketIsNamed() async throws {
        let site = try await Site(.files(["a.txt": "a", "empty.jpg": ""]), on: .radosgw)
        let run = try await site.deploy(["-q"])
        #expect(run.status == 1, "\(run)")
        #expect(run.errors.contains("empty.jpg") && run.output.isEmpty, "quiet prints failures only\n\(run)")
    }
}
