import Foundation
import FoundationNetworking
import TestSupport
import Testing

@Suite struct PresignTests {
    private func status(_ method: String, _ url: String, _ body: String? = nil) async throws -> (Int, String, HTTPURLResponse?) {
        var request = URLRequest(url: try #require(URL(string: url)))
        request.httpMethod = method
        request.httpBody = body.map { Data($0.utf8) }
        let (data, answer) = try await URLSession.shared.data(for: request)
        let http = answer as? HTTPURLResponse
        return (http?.statusCode ?? 0, String(decoding: data, as: UTF8.self), http)
    }

    private func line(_ run: Program.Run) throws -> String {
        try #require(run.status == 0, "\(run)")
        return run.output.trimmingCharacters(in: .newlines)
    }

    private func site(on server: S3Server = .radosgw) async throws -> Site {
        let site = try await Site(.files(["a b.txt": "first"]), on: server)
        #expect(try await site.deploy().status == 0)
        return site
    }

    @Test(arguments: ["radosgw", "rclone"]) func theStoreAcceptsWhatWasSignedAndNothingElse(_ server: String) async throws {
        let site = try await site(on: server == "radosgw" ? .radosgw : .rclone)
        let key = "s3://\(site.bucket.name)/a b.txt"
        let get = try line(try await site.run(["presign", key, "--expires", "10m"]))
        #expect(try await status("GET", get).1 == "first")
        #expect(try await status("PUT", get, "x").0 == 403)
        #expect(try await status("GET", get.replacing("a%20b", with: "a%20c")).0 == 403)
        let put = try line(try await site.run(["presign", key, "--method", "PUT"]))
        #expect(try await status("PUT", put, "by address").0 == 200)
        #expect(try await site.bucket.body("a b.txt") == Array("by address".utf8))
        #expect(try await status("GET", put).0 == 403)
    }

    @Test func headersOfTheAnswerCanBeSigned() async throws {
        let site = try await site()
        let url = try line(
            try await site.run(
                [
                    "presign", "s3://\(site.bucket.name)/a b.txt", "--response-disposition", "attachment; filename=\"ö.txt\"",
                    "--response-type",
                    "text/x-odd",
                ]))
        let (code, _, answer) = try await status("GET", url)
        #expect(code == 200 && answer?.value(forHTTPHeaderField: "Content-Type") == "text/x-odd")
        #expect(answer?.value(forHTTPHeaderField: "Content-Disposition")?.hasPrefix("attachment") == true)
    }

    @Test func anAddressExpires() async throws {
        let site = try await site()
        let url = try line(try await site.run(["presign", "s3://\(site.bucket.name)/a b.txt", "--expires", "2s"]))
        try await until { try await status("GET", url).0 == 403 }
        for (time, words) in [("8d", "at most 7d"), ("500ms", "a second or more"), ("soon", "length of time")] {
            let run = try await site.run(["presign", "s3://\(site.bucket.name)/x", "--expires", time])
            #expect(run.status == 64 && run.errors.contains(words), "\(run)")
        }
    }

    /// No address outlives the keys that signed it.
    @Test func temporaryCredentialsShortenIt() async throws {
        let site = try await site()
        let end = ISO8601DateFormatter().string(from: Date(timeIntervalSinceNow: 900))
        let answer = #"{"Version":1,"AccessKeyId":"AK","SecretAccessKey":"SK","SessionToken":"TT","Expiration":"\#(end)"}"#
        try site.folder.write(answer, to: "answer.json")
        try site.folder.write("[profile temp]\ncredential_process = cat \(site.folder.path("answer.json"))\n", to: "home/.aws/config")
        let run = try await site.run(["presign", "s3://\(site.bucket.name)/x", "--profile", "temp", "--expires", "2h", "--format", "json"])
        #expect(run.status == 0 && run.errors.contains("warning: the credentials end in 1"), "\(run)")
        struct Document: Decodable {
            struct Address: Decodable { let url: String, expires_at: String, method: String }
            let addresses: [Address]
        }
        let address = try #require(try JSONDecoder().decode(Document.self, from: Data(run.output.utf8)).addresses.first)
        let expires = try #require(ISO8601DateFormatter().date(from: address.expires_at))
        #expect(expires.timeIntervalSinceNow <= 900 && expires.timeIntervalSinceNow > 300)
        #expect(address.url.contains("X-Amz-Security-Token=TT") && address.method == "GET")
        // They end within two hours, not within five minutes.
        let short = try await site.run(["presign", "s3://\(site.bucket.name)/x", "--profile", "temp", "--expires", "5m"])
        #expect(short.status == 0 && short.errors.isEmpty, "\(short)")
    }

    /// The same address again, until something changes the object or it is told to be let go of.
    @Test func aStableAddressStaysTheSame() async throws {
        let site = try await site()
        let key = "s3://\(site.bucket.name)/a b.txt"
        func stable(_ more: [String] = []) async throws -> String { try line(try await site.run(["presign", key, "--stable"] + more)) }
        var last = try await stable()
        /// Signatures have a resolution of a second: only after that is another one sure to differ.
        func isKept() async throws -> Bool {
            let now = Date().timeIntervalSince1970.rounded(.down)
            try await until { Date().timeIntervalSince1970.rounded(.down) > now + 1 }
            let next = try await stable()
            defer { last = next }
            return next == last
        }
        #expect(try await isKept())
        #expect(try await status("GET", last).1 == "first")
        #expect(try await stable(["--expires", "2h"]) != last, "another length of time is another address")
        let fresh = try await stable(["--fresh"])
        #expect(fresh != last)
        last = fresh
        #expect(try await isKept())
        let states = site.folder.path("home/.local/state/galleria-deploy")
        for name in try FileManager.default.contentsOfDirectory(atPath: states) {
            let mode = try FileManager.default.attributesOfItem(atPath: "\(states)/\(name)")[.posixPermissions] as? Int
            #expect((mode ?? 0) & 0o077 == 0, "\(name)")
        }

        #expect(try await site.deploy().status == 0)
        #expect(try await isKept(), "a deploy that changes nothing changes no address")
        try site.folder.write("second!", to: "gallery/a b.txt")
        #expect(try await site.deploy().status == 0)
        #expect(try await !isKept(), "a deploy changed it")
        try site.folder.write("third", to: "third")
        #expect(try await site.run(["put", "third", key]).status == 0)
        #expect(try await !isKept(), "put replaced it")
        #expect(try await site.run(["mv", key, "s3://\(site.bucket.name)/moved"]).status == 0)
        #expect(try await !isKept(), "mv took it away")
        #expect(try await site.run(["cp", "s3://\(site.bucket.name)/moved", key]).status == 0)
        #expect(try await !isKept(), "cp replaced it")
        #expect(try await site.run(["presign", "--forget", key]).status == 0)
        #expect(try await !isKept(), "it was let go of")
        #expect(try await site.run(["rm", "-y", key]).status == 0)
        #expect(try await !isKept(), "rm deleted it")
    }

    /// Kept until five minutes before its end; of a short one, half of its time.
    @Test func nearItsEndAnAddressIsSignedAnew() async throws {
        let site = try await site()
        let key = "s3://\(site.bucket.name)/a b.txt"
        let words = ["presign", key, "--stable", "--expires", "30s"]
        let first = try line(try await site.run(words))
        try await until { try line(try await site.run(words)) != first }
        let next = try line(try await site.run(["presign", key, "--stable", "--expires", "30s"]))
        #expect(try await status("GET", next).0 == 200)
    }
}
