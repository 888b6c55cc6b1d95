import Bucket
import Testing
import Vocabulary

@Suite struct CORSMergeTests {
    static let needs = CORSNeeds()
    static let ours = CORSNeeds().rule
    static let app = CORSRule(
        id: "app", allowedOrigins: ["https://app"], allowedMethods: ["PUT", "POST"], allowedHeaders: ["content-type"], maxAgeSeconds: 60)
    static let shadow = CORSRule(id: "old", allowedOrigins: ["*"], allowedMethods: ["GET"])
    static let broad = CORSRule(
        id: "theirs", allowedOrigins: ["*"], allowedMethods: ["GET", "HEAD", "PUT"], allowedHeaders: ["*"],
        exposeHeaders: ["ETag", "x-amz-version-id"], maxAgeSeconds: 9000)
    static func ours(_ change: (inout CORSRule) -> Void) -> CORSRule {
        var rule = ours
        change(&rule)
        return rule
    }

    @Test(
        arguments: [
            ("none", [], [ours], false),
            ("exact", [ours], [ours], false),
            ("foreign that suffices is left alone", [broad], [broad], false),
            ("foreign that does not take part", [app], [app, ours], false),
            ("foreign that shadows", [shadow], [ours, shadow], true),
            ("ours too narrow, in its place", [ours { $0.maxAgeSeconds = 60 }, app], [ours, app], false),
            ("ours too broad, in its place", [app, ours { $0.allowedMethods += ["PUT"] }, broad], [app, ours, broad], false),
            ("ours shadowed since", [app, shadow, ours], [ours, app, shadow], true),
            ("ours twice", [ours, app, ours { $0.maxAgeSeconds = 1 }], [ours, app], false),
        ] as [(String, [CORSRule], [CORSRule], Bool)])
    func merges(_ name: String, _ rules: [CORSRule], _ expected: [CORSRule], _ moved: Bool) throws {
        let plan = try CORSMerge.plan(rules, Self.needs)
        #expect(plan.rules == expected, "\(name)")
        #expect((plan.movedBefore != nil) == moved, "\(name)")
        #expect(plan.isEmpty == (rules == expected))
        #expect(CORSCheck.judge(plan.rules, Self.needs) == .sufficient)
        #expect(try CORSMerge.plan(plan.rules, Self.needs).isEmpty, "\(name)")
        for foreign in rules where foreign.id != CORSNeeds.ruleID { #expect(plan.rules.contains(foreign), "\(name)") }
    }

    @Test func theShadowingRuleIsNamed() throws {
        #expect(try CORSMerge.plan([Self.app, Self.shadow], Self.needs).movedBefore == CORSRuleName(number: 2, id: "old"))
    }

    @Test func serversThatReorderAndRecaseAreNotWrittenAgain() throws {
        let stored = Self.ours {
            $0.allowedMethods = ["HEAD", "GET"]
            $0.exposeHeaders = ["etag"]
        }
        #expect(try CORSMerge.plan([Self.app, stored], Self.needs).isEmpty)
        #expect(try CORSMerge.plan([stored], Self.needs, replaceAll: true).isEmpty)
    }

    @Test func aServerThatDropsIDsIsNotWrittenAgain() throws {
        let stored = Self.ours { $0.id = nil }
        #expect(try CORSMerge.plan([Self.app, stored], Self.needs).isEmpty)
    }

    @Test func replacingRemovesAllOthers() throws {
        let plan = try CORSMerge.plan([Self.app, Self.broad], Self.needs, replaceAll: true)
        #expect(plan.rules == [Self.ours])
        #expect(plan.changes == [.added(Self.ours), .removed(Self.app), .removed(Self.broad)])
        let again = try CORSMerge.plan([Self.app, Self.ours], Self.needs, replaceAll: true)
        #expect(again.changes == [.kept(Self.ours), .removed(Self.app)])
    }

    @Test func moreThanAHundredAreRefused() throws {
        let full = (1...100).map { CORSRule(id: "r\($0)", allowedOrigins: ["https://h\($0)"], allowedMethods: ["PUT"]) }
        #expect(throws: CORSPlanError.tooManyRules(100)) { try CORSMerge.plan(full, Self.needs) }
        #expect(try CORSMerge.plan(Array(full.dropLast()), Self.needs).rules.count == 100)
        #expect(try CORSMerge.plan(Array(full.dropLast()) + [Self.ours], Self.needs).isEmpty)
        #expect(try CORSMerge.plan(full, Self.needs, replaceAll: true).rules == [Self.ours])
    }

    @Test func whereTheFirstOriginDecidesOursGoesFirstAndSaysWhomItHides() throws {
        let plan = try CORSMerge.plan([Self.app], Self.needs, matching: .firstOrigin)
        #expect(plan.rules == [Self.ours, Self.app])
        #expect(plan.overshadowed == [CORSRuleName(number: 2, id: "app")])
        #expect(try CORSMerge.plan(plan.rules, Self.needs, matching: .firstOrigin).isEmpty)

        let apart = CORSNeeds(origins: ["https://www"])
        let beside = try CORSMerge.plan([Self.app], apart, matching: .firstOrigin)
        #expect(beside.rules == [Self.app, apart.rule])
        #expect(beside.overshadowed.isEmpty)
    }

    @Test func everyPlanSufficesAndIsStable() throws {
        var random = SplitMix(state: 7)
        let patterns = ["*", "https://a*", "*.b", "https://a.b", "https://c"]
        for _ in 0..<300 {
            let rules = (0..<Int.random(in: 0...4, using: &random)).map { index in
                CORSRule(
                    id: [nil, "r\(index)", CORSNeeds.ruleID].randomElement(using: &random) ?? nil,
                    allowedOrigins: random.some(of: patterns, atLeast: 1),
                    allowedMethods: random.some(of: ["GET", "HEAD", "PUT"], atLeast: 1),
                    allowedHeaders: random.some(of: ["*", "x-*", "range"], atLeast: 0),
                    exposeHeaders: random.some(of: ["ETag", "Date"], atLeast: 0),
                    maxAgeSeconds: [nil, 60, 4000].randomElement(using: &random) ?? nil)
            }
            let needs = CORSNeeds(origins: random.some(of: patterns, atLeast: 1))
            for matching in CORSMatching.allCases {
                let plan = try CORSMerge.plan(rules, needs, matching: matching)
                #expect(CORSCheck.judge(plan.rules, needs, matching: matching) == .sufficient)
                #expect(try CORSMerge.plan(plan.rules, needs, matching: matching).isEmpty)
                #expect(plan.rules.filter { $0.id != CORSNeeds.ruleID } == rules.filter { $0.id != CORSNeeds.ruleID })
                #expect(plan.isEmpty == (plan.rules == rules))
            }
        }
    }
}
