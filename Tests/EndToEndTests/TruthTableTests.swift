import Foundation
import TestSupport
import Testing

/// Every row of the truth table above `verdict(local:remote:knowledge:headers:adopts:)`, with the built program, a real server and a boto3 client: what is
/// decided, and with which requests.
@Suite struct TruthTableTests {
    private static let type = "text/plain; charset=utf-8"
    private static let unchecked = ["AWS_ACCESS_KEY_ID": "root", "AWS_SECRET_ACCESS_KEY": "root"]

    /// One file, one object, and what becomes of them.
    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// How the object came to be; nil where there is none.
        var object: Object?
        /// True where the file was deployed by this machine first, so that its state knows the object.
        var isKnown = false
        /// What is then written to the file; nil where it stays.
        var edit: String?
        /// True where the store's tags tell nothing.
        var hasOddTags = false
        var options: [String] = []
        /// The plan's words for it; nil for unchanged.
        let verdict: String?
        /// The requests of the dry run, the listing left out.
        var asked: [String] = []
        /// The writing requests of the run that follows.
        var written: [String] = []
    }

    struct Object: Sendable {
        var text: String
        var hash: Hash = .none
        var contentType = TruthTableTests.type

        enum Hash: Sendable { case none, right, wrong }
    }

    static let text = "the file"
    static let otherText = "THE FILE"

    static let rows = [
        Row(testDescription: "1: no such key", verdict: "upload  new", written: ["PutObject"]),
        Row(
            testDescription: "2: another size", object: Object(text: "longer than the file"), verdict: "upload  size",
            written: ["PutObject"]),
        Row(
            testDescription: "2: another size, and a hash that lies", object: Object(text: "longer than the file", hash: .right),
            verdict: "upload  size", written: ["PutObject"]),
        Row(testDescription: "3: the state's hash is the file's", isKnown: true, hasOddTags: true, verdict: nil),
        Row(
            testDescription: "3: the state's hash is another", isKnown: true, edit: otherText, hasOddTags: true, verdict: "upload  content",
            written: ["PutObject"]),
        Row(testDescription: "4: the tag is the file's MD5", object: Object(text: text), verdict: nil),
        Row(
            testDescription: "5: the tag is another MD5, the metadata has another hash", object: Object(text: otherText, hash: .wrong),
            verdict: "upload  content", asked: ["HeadObject"], written: ["PutObject"]),
        Row(
            testDescription: "5: the tag is another MD5, the metadata has no hash", object: Object(text: otherText),
            verdict: "upload  content", asked: ["HeadObject"], written: ["PutObject"]),
        Row(
            testDescription: "5: the tag tells nothing, the metadata has the hash", object: Object(text: text, hash: .right),
            hasOddTags: true,
            verdict: nil, asked: ["HeadObject"]),
        Row(
            testDescription: "5: the tag tells nothing, the metadata has another hash", object: Object(text: otherText, hash: .wrong),
            hasOddTags: true, verdict: "upload  content", asked: ["HeadObject"], written: ["PutObject"]),
        Row(
            testDescription: "5: nothing tells", object: Object(text: text), hasOddTags: true, verdict: "upload  unverified",
            asked: ["HeadObject"], written: ["PutObject"]),
        Row(
            testDescription: "5: nothing tells, and it is read: the same", object: Object(text: text), hasOddTags: true,
            options: ["--adopt"], verdict: "adopt   same", asked: ["GetObject", "HeadObject"], written: ["CopyObject"]),
        Row(
            testDescription: "5: nothing tells, and it is read: another", object: Object(text: otherText), hasOddTags: true,
            options: ["--adopt"], verdict: "upload  content", asked: ["GetObject", "HeadObject"], written: ["PutObject"]),
        Row(
            testDescription: "6: the state has other headers", isKnown: true, options: ["--cache-control", "no-cache"],
            verdict: "headers changed", written: ["CopyObject"]),
        Row(
            testDescription: "6: a HEAD shows other headers", object: Object(text: text, contentType: "text/html"),
            options: ["--check-headers"], verdict: "headers changed", asked: ["HeadObject"], written: ["CopyObject"]),
        Row(
            testDescription: "6: a HEAD shows the same headers", object: Object(text: text), options: ["--check-headers"], verdict: nil,
            asked: ["HeadObject"]),
        Row(
            testDescription: "6: nobody knows the headers, and nobody asks", object: Object(text: text, contentType: "text/html"),
            verdict: nil),
    ]

    @Test(arguments: rows) func row(_ row: Row) async throws {
        var site = try await Site(.files(["f.txt": Self.text]), on: .ministack)
        if row.hasOddTags {
            let front = try await Front(before: site.place)
            try await front.behave(["tags": "opaque"])
            site.place = front.place
        }
        let recorder = try await Recorder(before: site.place)
        site.place = recorder.place
        if row.isKnown { #expect(try await site.deploy(environment: Self.unchecked).status == 0) }
        if let object = row.object {
            let metadata: [String: String]
            switch object.hash {
            case .none: metadata = [:]
            case .right: metadata = ["sha256": try await Self.sha256(of: "\(site.source)/f.txt")]
            case .wrong: metadata = ["sha256": String(repeating: "5", count: 64)]
            }
            try await site.bucket.put(
                "f.txt", object.text, metadata: metadata, contentType: object.contentType, cacheControl: "max-age=3600")
        }
        if let edit = row.edit { try site.folder.write(edit, to: "gallery/f.txt") }
        _ = try await recorder.log()

        let plan = try await site.deploy(row.options + ["--dry-run"] + (row.isKnown ? [] : ["--no-state"]), environment: Self.unchecked)
        let lines = plan.output.split(separator: "\n").filter { $0.contains("f.txt") }
        #expect(plan.status == 0 && lines.count == (row.verdict == nil ? 0 : 1), "\(plan)")
        if let verdict = row.verdict { #expect(lines.first?.hasPrefix(verdict) == true, "\(plan)") }
        #expect(plan.output.contains("\(row.verdict == nil ? 1 : 0) unchanged"), "\(plan)")
        let asked = try await recorder.log().map(\.operation).filter { $0 != "ListObjectsV2" }.sorted()
        #expect(asked == row.asked)

        let run = try await site.deploy(row.options + (row.isKnown ? [] : ["--no-state"]), environment: Self.unchecked)
        #expect(run.status == 0, "\(run)")
        let written = try await recorder.log().filter { !["GET", "HEAD"].contains($0.method) }.map(\.operation)
        #expect(written == row.written)
        #expect(try await site.bucket.body("f.txt") == [UInt8]((row.edit ?? Self.text).utf8))
        let again = try await site.deploy(row.options, environment: Self.unchecked)
        #expect(again.status == 0, "\(again)")
        #expect(try await recorder.log().allSatisfy { ["GET", "HEAD"].contains($0.method) })
    }

    private static func sha256(of path: String) async throws -> String {
        String(try await Program.run(["sha256sum", path]).output.prefix(64))
    }
}
