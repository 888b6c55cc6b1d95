import Foundation
import Glibc
import TestSupport
import Testing

/// The table at the end of docs/permissions.md, as far as radosgw enforces it: what a deploy needs besides, and what becomes of it without.
@Suite struct PermissionBesidesTests {
    private static let deployer = ["AWS_ACCESS_KEY_ID": "deployerkey", "AWS_SECRET_ACCESS_KEY": "deployersecret"]

    /// The permissions in the row of the page that begins with these words.
    private static func row(_ what: String) throws -> [String] {
        let page = try String(contentsOfFile: PackageFolder.path("docs/permissions.md"), encoding: .utf8)
        let line = try #require(page.split(separator: "\n").first { $0.hasPrefix("| \(what)") }, "no row \(what)")
        return line.split(separator: "|")[1].matches(of: /s3:[A-Za-z]+/).map { String($0.output) }
    }

    /// Grants the deployer a deploy, and these besides.
    private static func allow(_ besides: [String], _ bucket: RealBucket) async throws {
        guard case .object(var policy) = try PermissionTests.policy("deploy").document(for: bucket.name, without: nil),
            case .array(let statements) = policy["Statement"]
        else { return }
        let more: [JSON] = besides.map { action in
            [
                "Effect": "Allow", "Action": .string(action), "Principal": ["AWS": ["arn:aws:iam:::user/deployer"]],
                "Resource": [.string("arn:aws:s3:::\(bucket.name)"), .string("arn:aws:s3:::\(bucket.name)/*")],
            ]
        }
        policy["Statement"] = .array(statements + more)
        try await bucket.setPolicy(.object(policy))
    }

    /// Lets the test read what the deployer owns.
    private static func reveal(_ bucket: RealBucket) async throws {
        try await bucket.setPolicy([
            "Version": "2012-10-17",
            "Statement": [
                [
                    "Effect": "Allow", "Action": "s3:*", "Principal": "*",
                    "Resource": [.string("arn:aws:s3:::\(bucket.name)"), .string("arn:aws:s3:::\(bucket.name)/*")],
                ]
            ],
        ])
    }

    /// That they suffice; radosgw asks for neither.
    @Test func tagsAndAccessControlLists() async throws {
        let site = try await Site(.files(["a.txt": "a"]), on: .radosgw)
        try await Self.allow(Self.row("`--tag`") + Self.row("`--acl`"), site.bucket)
        let run = try await site.deploy(["--tag", "year=2024", "--acl", "public-read"], environment: Self.deployer)
        #expect(run.status == 0 && run.errors.isEmpty, "\(run)")
        try await Self.reveal(site.bucket)
        #expect(try await site.bucket.tags("a.txt") == ["year": "2024"])
        #expect(try await site.bucket.grants("a.txt").contains("READ AllUsers"))
    }

    @Test(arguments: [true, false]) func noRegion(_ granted: Bool) async throws {
        var site = try await Site(.files(["a.txt": "a"]), on: .radosgw)
        try await Self.allow(granted ? Self.row("no region given") : [], site.bucket)
        let recorder = try await Recorder(before: site.place)
        site.place = recorder.place
        let run = try await site.deploy(environment: Self.deployer.merging(["AWS_REGION": ""]) { $1 })
        #expect(run.status == 0, "\(run)")
        let answers = try await recorder.log().filter { $0.operation == "GetBucketLocation" }.map(\.status)
        #expect(answers == [granted ? 200 : 403])
    }

    @Test(arguments: [true, false]) func otherHeaders(_ granted: Bool) async throws {
        let site = try await Site(.files(["a.txt": "a"]), on: .radosgw)
        #expect(try await site.deploy(["--acl", "public-read"]).status == 0)
        try await Self.allow(granted ? Self.row("other headers") : [], site.bucket)
        let run = try await site.deploy(["--cache-control", "no-cache"], environment: Self.deployer)
        #expect(run.status == 0, "\(run)")
        #expect(run.errors.contains("does not tell who may read an object") == !granted && run.errors.isEmpty == granted, "\(run)")
        try await Self.reveal(site.bucket)
        #expect(try await site.bucket.object("a.txt").cacheControl == "no-cache")
        #expect(try await site.bucket.grants("a.txt").contains("READ AllUsers") == granted)
    }

    /// That what was sent may be listed, radosgw takes for granted.
    @Test(arguments: [true, false], [false, true]) func interruptedUploads(_ granted: Bool, _ changes: Bool) async throws {
        var site = try await Site(.files([:]), on: .radosgw)
        try site.folder.write([UInt8](repeating: 7, count: 21 << 20), to: "gallery/film.mp4")
        try await Self.allow(Self.row("files of 64 MiB").filter { granted || $0 != "s3:AbortMultipartUpload" }, site.bucket)
        let recorder = try await Recorder(before: site.place)
        site.place = recorder.place
        try await recorder.gate(after: 2)
        let options = ["--part-size", "5M", "--jobs", "1"]
        let running = try site.start([site.source, "s3://\(site.bucket.name)", "--no-cors-check"] + options, environment: Self.deployer)
        #expect(try await recorder.uploadArrived())
        running.send(SIGINT)
        try await until { running.errorsSoFar.contains("no more is begun") }
        try await recorder.open()
        let interrupted = try await running.finish()
        #expect(interrupted.status == 130, "\(interrupted)")
        #expect(try await site.bucket.uploads().count == 1)
        _ = try await recorder.log()

        // What was begun for another content is given up.
        if changes { try site.folder.write([UInt8](repeating: 8, count: 21 << 20), to: "gallery/film.mp4") }
        let run = try await site.deploy(options, environment: Self.deployer)
        #expect(run.status == 0, "\(run)")
        let log = try await recorder.log()
        #expect(log.contains { $0.operation == "CreateMultipartUpload" } == changes, "\(log.map(\.operation))")
        #expect(try await site.bucket.uploads().count == (changes && !granted ? 1 : 0))
    }
}
