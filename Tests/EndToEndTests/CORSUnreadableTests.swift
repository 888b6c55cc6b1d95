import TestSupport
import Testing

/// Servers that have no CORS rules, do not show them, or do not let them be set.
@Suite struct CORSUnreadableTests {
    private static let listing = "<ListBucketResult><Name>b</Name><KeyCount>0</KeyCount><IsTruncated>false</IsTruncated></ListBucketResult>"

    struct Server: Sendable, CustomTestStringConvertible {
        let name: String
        let answer: JSON
        let words: String
        var testDescription: String { name }
    }

    static let servers: [Server] = [
        Server(
            name: "501", answer: ["status": 501, "body": "<Error><Code>NotImplemented</Code><Message>no such thing</Message></Error>"],
            words: "offers no CORS rules"),
        Server(
            name: "MinIO",
            answer: [
                "status": 404, "body": "<Error><Code>NoSuchCORSConfiguration</Code></Error>", "headers": ["Server": "MinIO"],
            ], words: "offers no CORS rules for buckets (MinIO; at MinIO the server's setting"),
        Server(name: "a listing", answer: ["status": 200, "body": .string(listing)], words: "no CORS configuration"),
        Server(
            name: "OpenStack Swift", answer: ["status": 405, "body": "<Error><Code>MethodNotAllowed</Code></Error>"],
            words: "offers no CORS rules"),
    ]

    /// First nothing can be tried, then what a browser gets decides.
    @Test(arguments: servers) func whatABrowserGetsDecides(_ server: Server) async throws {
        var site = try await Site(.files(["index.html": "<p>"]), on: .radosgw)
        try await site.bucket.publish()
        let front = try await Front(before: site.place)
        site.place = front.place
        try await front.behave(["cors": server.answer])

        let first = try await site.deploy(checkingCORS: true)
        #expect(first.status == 0 && first.errors.contains(server.words), "\(first)")
        #expect(first.errors.contains("nothing yet to try it with") && first.errors.contains("--no-cors-check"), "\(first)")

        try site.folder.write("<p>changed", to: "gallery/index.html")
        let failing = try await site.deploy(checkingCORS: true)
        #expect(failing.status == 3 && failing.errors.contains("Access-Control-Allow-Origin is missing"), "\(failing)")
        #expect(try await site.bucket.body("index.html") == Array("<p>".utf8))
        let check = try await site.run(["cors", "check", "s3://\(site.bucket.name)"])
        #expect(check.status == 3, "\(check)")
        let warned = try await site.deploy(checkingCORS: true, environment: ["GALLERIA_CORS": "warn"])
        #expect(warned.status == 0 && warned.errors.contains("Access-Control-Allow-Origin is missing"), "\(warned)")

        try await site.bucket.setCORS([CORSTests.sufficient])
        let passing = try await site.deploy(checkingCORS: true)
        #expect(passing.status == 0 && passing.errors.contains("are answered as the gallery needs"), "\(passing)")
        #expect(try await site.run(["cors", "check", "s3://\(site.bucket.name)"]).status == 0)
    }

    @Test func aPolicyThatDeniesReadingIsNamedWithThePermission() async throws {
        let site = try await Site(.files(["index.html": "<p>"]), on: .radosgw)
        try await site.bucket.setCORS([CORSTests.sufficient])
        try await site.bucket.forbid(["s3:GetBucketCORS"])
        let first = try await site.deploy(checkingCORS: true)
        #expect(first.status == 0 && first.errors.contains("s3:GetBucketCORS"), "\(first)")
        let second = try await site.deploy(checkingCORS: true)
        #expect(second.status == 0 && second.errors.contains("are answered as the gallery needs"), "\(second)")
        let show = try await site.run(["cors", "show", "s3://\(site.bucket.name)"])
        #expect(show.status == 6 && show.errors.contains("s3:GetBucketCORS"), "\(show)")
    }

    @Test func aPolicyThatDeniesSettingIsNamedWithThePermission() async throws {
        let site = try await Site(.files(["index.html": "<p>"]), on: .radosgw)
        try await site.bucket.forbid(["s3:PutBucketCORS"])
        let first = try await site.deploy(["--setup-cors"], checkingCORS: true)
        #expect(first.status == 0 && first.errors.contains("s3:PutBucketCORS"), "\(first)")
        let second = try await site.deploy(["--setup-cors"], checkingCORS: true)
        #expect(second.status == 3, "rules that were read do not suffice, and a browser says so too\n\(second)")
    }

    @Test func rcloneAnswersWithAListing() async throws {
        let site = try await Site(.files(["index.html": "<p>"]), on: .rclone)
        let run = try await site.deploy(checkingCORS: true)
        #expect(run.status == 0 && run.errors.contains("no CORS configuration"), "\(run)")
        #expect(try await site.bucket.keys() == ["index.html"])
    }
}
