import Bucket
import Foundation
import Testing
import Vocabulary

@Suite struct PolicyPlanTests {
    static func plan(
        _ policy: String?, _ wish: PolicyWish, in folder: String = ""
    ) throws -> SettingPlan<BucketPolicy> {
        try PolicyPlan.plan(policy.map { [UInt8]($0.utf8) }, wish, bucket: "b", partition: "aws", in: Prefix(folder))
    }

    static let both = PolicyWish(publicRead: true, tlsOnly: true)

    @Test func whatIsWrittenIsAPolicyAndASecondPlanIsEmpty() throws {
        let plan = try Self.plan(nil, Self.both, in: "2024")
        let document = try #require(plan.value).document
        let object = try #require(try JSONSerialization.jsonObject(with: Data(document)) as? [String: Any])
        #expect(object["Version"] as? String == "2012-10-17")
        let statements = try #require(object["Statement"] as? [[String: Any]])
        #expect(statements.count == 2)
        #expect(statements[0]["Resource"] as? String == "arn:aws:s3:::b/2024/*" && statements[0]["Effect"] as? String == "Allow")
        #expect(statements[1]["Effect"] as? String == "Deny")
        for statement in statements {
            let sid = try #require(statement["Sid"] as? String)
            #expect(sid.utf8.allSatisfy { 48...57 ~= $0 || 97...122 ~= $0 | 0x20 }, "Sids hold letters and digits only")
        }
        #expect(try Self.plan(String(decoding: document, as: UTF8.self), Self.both, in: "2024").isEmpty)
        // Another folder's statement is another's.
        let second = try Self.plan(String(decoding: document, as: UTF8.self), PolicyWish(publicRead: true), in: "2025")
        #expect(second.changes.map(\.kind) == [.kept, .kept, .added])
    }

    /// A server may write lists for single values, and everyone in either way.
    @Test(arguments: [
        #"{"Statement": {"Sid": "GalleriaPublicRead", "Effect": "Allow", "Principal": {"AWS": ["*"]}, "Action": ["s3:GetObject"], "Resource": ["arn:aws:s3:::b/*"]}}"#,
        #"{"Statement":[{"Resource":"arn:aws:s3:::b/*","Action":"s3:GetObject","Principal":"*","Effect":"Allow","Sid":"GalleriaPublicRead"}]}"#,
        // Others' word is good enough.
        #"{"Statement":[{"Resource":"arn:aws:s3:::b/*","Action":["s3:PutObject","s3:Get*"],"Principal":"*","Effect":"Allow"}]}"#,
    ]) func sameMeaningIsNoChange(_ policy: String) throws { #expect(try Self.plan(policy, PolicyWish(publicRead: true)).isEmpty) }

    @Test(arguments: [
        #"{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*","Condition":{"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}}}"#,
        #"{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::1:root"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"}"#,
        #"{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/thumbs/*"}"#,
        #"{"Effect":"Allow","Principal":"*","Action":"s3:PutObject","Resource":"arn:aws:s3:::b/*"}"#,
        #"{"Effect":"Allow","Principal":"*","NotAction":"s3:PutObject","Resource":"arn:aws:s3:::b/*"}"#,
        #"{"Effect":"Deny","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"}"#,
        #"{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/?*"}"#,
    ]) func lessThanEverythingDoesNotSuffice(_ statement: String) throws {
        let plan = try Self.plan("{\"Statement\":[\(statement)]}", PolicyWish(publicRead: true))
        #expect(plan.changes.map(\.kind) == [.kept, .added])
    }

    @Test func foreignStatementsKeepEveryByte() throws {
        let foreign =
            #"{ "Sid" : "é\u00e9\/",  "Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*","Condition":{"NumericLessThan":{"s3:TlsVersion":1.20e0}}}"#
        let policy = "{\"Version\":\"2008-10-17\",\"Id\":\"x\\u0041\",\"Statement\":[\(foreign)]}"
        let plan = try Self.plan(policy, PolicyWish(publicRead: true))
        let text = String(decoding: try #require(plan.value).document, as: UTF8.self)
        #expect(text.contains(foreign) && text.contains(#""Version":"2008-10-17""#) && text.contains(#""Id":"x\u0041""#), "\(text)")
        #expect(try PolicyPlan.harmed([UInt8](policy.utf8), [UInt8](text.utf8), in: Prefix("")).isEmpty)
        #expect(try PolicyPlan.harmed([UInt8](policy.utf8), nil, in: Prefix("")).count == 1)
    }

    @Test(arguments: [
        ("{", "JSON"), ("[]", "no JSON object"), (#"{"Statement":[1]}"#, "no JSON object"),
        (#"{"Statement":[],"Statement":[]}"#, "stands twice"), (#"{"Statement":[]} x"#, "behind the end"),
    ]) func whatCannotBeReadIsNotWrittenOver(_ row: (policy: String, words: String)) {
        do {
            _ = try Self.plan(row.policy, Self.both)
            Issue.record("it was planned for")
        } catch { #expect("\(error)".contains(row.words) || row.policy == "{", "\(error)") }
    }

    @Test func refusals() {
        #expect(throws: SettingConflict.patternInPrefix("a*/")) { try Self.plan(nil, Self.both, in: "a*") }
        let long = "{\"Statement\":[{\"Sid\":\"\(String(repeating: "x", count: 20_400))\"}]}"
        #expect(throws: SettingConflict.self) { try Self.plan(long, Self.both) }
        let open = #"{"Statement":[{"Sid":"open","Resource":"*","Action":"s3:*","Principal":"*","Effect":"Allow"}]}"#
        #expect(throws: SettingConflict.publicByOthers(["“open”"])) { try Self.plan(open, PolicyWish(publicRead: false)) }
    }

    @Test func noneOfOursIsLeftWhereTheDeclarationSaysNo() throws {
        let policy = try #require(try Self.plan(nil, Self.both).value).document
        let none = try Self.plan(String(decoding: policy, as: UTF8.self), PolicyWish(publicRead: false, tlsOnly: false))
        #expect(none.value == nil && none.changes.map(\.kind) == [.removed, .removed])
        let unsaid = try Self.plan(String(decoding: policy, as: UTF8.self), PolicyWish(publicRead: false))
        #expect(unsaid.changes.map(\.kind).sorted { $0.rawValue < $1.rawValue } == [.kept, .removed], "what is unsaid stays")
    }
}
