import Foundation
import TestSupport
import Testing

/// `cors check`, `show`, `plan` and `apply`, and what a dry run says.
@Suite struct CORSCommandTests {
    private static let foreign: JSON = ["ID": "theirs", "AllowedOrigins": ["https://their.example"], "AllowedMethods": ["PUT"]]
    private static let old: JSON = ["ID": "galleria-deploy", "AllowedOrigins": ["https://old.example"], "AllowedMethods": ["GET"]]
    private static let shadow: JSON = ["ID": "shadow", "AllowedOrigins": ["*"], "AllowedMethods": ["GET", "HEAD"]]

    private func site(_ rules: [JSON], on server: S3Server = .radosgw) async throws -> Site {
        let site = try await Site(.files(["a.txt": "a"]), on: server)
        try await site.bucket.setCORS(rules)
        return site
    }

    private func cors(_ site: Site, _ command: String, _ options: [String] = []) async throws -> Program.Run {
        try await site.run(["cors", command, "s3://\(site.bucket.name)"] + options)
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        let rules: [JSON]
        let status: Int32
        let words: [String]
        var testDescription: String { name }
    }

    private static func rule(_ members: [String: JSON]) -> JSON {
        guard case .object(let standard) = CORSTests.sufficient else { return .null }
        return .object(standard.merging(members) { $1 })
    }

    static let verdicts: [Row] = [
        Row(name: "none", rules: [], status: 3, words: ["CORS: not configured"]),
        Row(name: "exact", rules: [CORSTests.sufficient], status: 0, words: ["CORS: configured"]),
        Row(
            name: "broader", rules: [rule(["AllowedMethods": ["GET", "HEAD", "PUT"], "MaxAgeSeconds": 9000])], status: 0,
            words: ["CORS: configured"]),
        Row(name: "narrower", rules: [old], status: 3, words: ["CORS: configured but rules need updating", "HEAD"]),
        Row(
            name: "shadowed", rules: [shadow, CORSTests.sufficient], status: 3,
            words: ["CORS: configured but rules need updating", "rule 1 (“shadow”)", "comes before rule 2"]),
        Row(name: "foreign", rules: [foreign], status: 3, words: ["CORS: configured but rules need updating"]),
    ]

    @Test(arguments: verdicts, ["radosgw", "ministack"]) func rulesAreJudged(_ row: Row, _ server: String) async throws {
        let site = try await site(row.rules, on: server == "radosgw" ? .radosgw : .ministack)
        let check = try await cors(site, "check")
        #expect(check.status == row.status, "\(check)")
        for words in row.words { #expect(check.output.contains(words), "\(check)") }
        // A deploy says the same, first of all.
        let run = try await site.deploy(["--dry-run"], checkingCORS: true)
        #expect(run.status == row.status && (run.output + run.errors).contains(row.words[0]), "\(run)")
        #expect(run.output.contains("a.txt"), "the plan comes all the same\n\(run)")

        let applied = try await cors(site, "apply")
        #expect(applied.status == 0, "\(applied)")
        #expect(applied.output.contains("no change") == (row.status == 0), "\(applied)")
        #expect(try await cors(site, "check").status == 0)
        #expect(try await cors(site, "apply").output.contains("no change"))
        let ids = try await site.bucket.cors().map(\.ID)
        for rule in row.rules {
            guard case .object(let members) = rule, case .string(let id)? = members["ID"] else { continue }
            #expect(ids.contains(id), "\(id) is kept")
        }
    }

    @Test func aPlanIsADiffAndADryRunShowsItWithoutAWrite() async throws {
        var site = try await site([Self.foreign, Self.old])
        let before = try await site.bucket.cors()
        let plan = try await cors(site, "plan")
        #expect(
            plan.status == 0 && plan.output.contains("kept     “theirs”") && plan.output.contains("changed  “galleria-deploy”"), "\(plan)")
        let replacing = try await cors(site, "plan", ["--cors-replace"])
        #expect(replacing.output.contains("removed  “theirs”"), "\(replacing)")

        let recorder = try await Recorder(before: site.place)
        site.place = recorder.place
        let dry = try await site.deploy(["--dry-run", "--setup-cors"], checkingCORS: true)
        #expect(dry.status == 0 && dry.output.contains("changed  “galleria-deploy”"), "\(dry)")
        #expect(try await !recorder.log().contains { $0.method == "PUT" })
        #expect(try await site.bucket.cors() == before)
    }

    /// What `apply` prints of the rules before, and what `show` prints, can be put back.
    @Test func whatWasThereCanBePutBack() async throws {
        let site = try await site([Self.foreign, Self.old])
        let before = try await site.bucket.cors()
        let xml = try await cors(site, "show", ["--format", "xml"]).output
        let applied = try await cors(site, "apply", ["--cors-replace"])
        #expect(applied.status == 0 && applied.output.contains("apply --from FILE"), "\(applied)")
        #expect(try await site.bucket.cors().count == 1)
        let lines = applied.output.split(separator: "\n", omittingEmptySubsequences: false)
        let start = try #require(lines.firstIndex { $0.hasPrefix("{") })
        let end = try #require(lines.firstIndex { $0.hasPrefix("}") })
        let json = lines[start...end].joined(separator: "\n")
        // The console of AWS shows the list alone.
        let list = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
        let bare = String(decoding: try JSONSerialization.data(withJSONObject: try #require(list?["CORSRules"])), as: UTF8.self)
        for (name, text) in [("rules.json", json), ("rules.xml", xml), ("bare.json", bare)] {
            try await site.bucket.setCORS([CORSTests.sufficient])
            try site.folder.write(text, to: name)
            let back = try await cors(site, "apply", ["--from", name])
            #expect(back.status == 3, "these rules do not suffice, and are set all the same\n\(back)")
            #expect(try await site.bucket.cors() == before, "\(name)")
        }
    }
}
