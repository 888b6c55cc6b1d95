import Bucket
import Testing
import Vocabulary

@Suite struct LifecyclePlanTests {
    static func rule(_ id: String?, _ prefix: String? = "", days: Int? = 9, enabled: Bool = true, source: String? = nil) -> LifecycleRule {
        var rule = LifecycleRule(id: id, prefix: prefix.map { Key($0) })
        rule.expirationDays = days
        rule.isEnabled = enabled
        rule.saysMore = prefix == nil
        rule.source = source.map { [UInt8]($0.utf8) }
        return rule
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        let current: [LifecycleRule]
        let wanted: [LifecycleRule]
        let folder: String
        let kinds: [SettingChange.Kind]
        let ids: [String?]
        var testDescription: String { name }
    }

    static let rows = [
        Row(name: "nothing of nothing", current: [], wanted: [], folder: "", kinds: [], ids: []),
        Row(name: "new", current: [], wanted: [rule("galleria-a")], folder: "", kinds: [.added], ids: ["galleria-a"]),
        Row(
            name: "same", current: [rule("galleria-a", source: "x")], wanted: [rule("galleria-a")], folder: "", kinds: [.kept],
            ids: ["galleria-a"]),
        Row(
            name: "other days", current: [rule("galleria-a", days: 8)], wanted: [rule("galleria-a")], folder: "", kinds: [.changed],
            ids: ["galleria-a"]),
        Row(
            name: "switched off by hand", current: [rule("galleria-a", enabled: false)], wanted: [rule("galleria-a")], folder: "",
            kinds: [.changed], ids: ["galleria-a"]),
        Row(
            name: "with more than is declared", current: [rule("galleria-a", nil)], wanted: [rule("galleria-a")], folder: "",
            kinds: [.changed], ids: ["galleria-a"]),
        Row(
            name: "foreign ones stay", current: [rule("x", nil), rule(nil), rule("galleria-a")], wanted: [rule("galleria-b")], folder: "",
            kinds: [.kept, .kept, .added, .removed], ids: ["x", nil, "galleria-b"]),
        Row(
            name: "another folder's are foreign", current: [rule("galleria-a"), rule("galleria-a@x/"), rule("galleria-a@y/")], wanted: [],
            folder: "x", kinds: [.kept, .kept, .removed], ids: ["galleria-a", "galleria-a@y/"]),
        Row(
            name: "the last is switched off", current: [rule("galleria-a", source: "x")], wanted: [], folder: "", kinds: [.changed],
            ids: ["galleria-a"]),
        Row(
            name: "and stays so", current: [rule("galleria-a", enabled: false, source: "x")], wanted: [], folder: "", kinds: [.kept],
            ids: ["galleria-a"]),
        Row(
            name: "not beside a foreign one", current: [rule("galleria-a"), rule("x")], wanted: [], folder: "", kinds: [.kept, .removed],
            ids: ["x"]),
    ]

    @Test(arguments: rows) func rulesAreMerged(_ row: Row) throws {
        let current = row.current.isEmpty ? nil : LifecycleConfiguration(rules: row.current, minimumObjectSize: "varies_by_storage_class")
        let plan = try LifecyclePlan.plan(current, row.wanted, in: Prefix(row.folder))
        #expect(plan.changes.map(\.kind) == row.kinds, "\(plan.changes)")
        #expect((plan.value?.rules ?? []).map(\.id) == row.ids)
        #expect(plan.value == nil || plan.value?.minimumObjectSize == current?.minimumObjectSize, "what is not ours is sent back")
        // What a plan puts needs no other.
        #expect(try LifecyclePlan.plan(plan.value, row.wanted, in: Prefix(row.folder)).isEmpty)
        #expect(LifecyclePlan.harmed(current, plan.value, in: Prefix(row.folder)).isEmpty)
    }

    @Test func aRuleThatIsSwitchedOffIsWrittenAnew() throws {
        let plan = try LifecyclePlan.plan(LifecycleConfiguration(rules: [Self.rule("galleria-a", source: "<Rule/>")]), [], in: Prefix(""))
        let rule = try #require(plan.value?.rules.first)
        #expect(!rule.isEnabled && rule.source == nil)
    }

    @Test func harmIsFoundInWhateverOrder() {
        let (a, b) = (Self.rule("a", nil, source: "<Rule>a</Rule>"), Self.rule("b", source: "<Rule>b</Rule>"))
        let before = LifecycleConfiguration(rules: [a, b])
        #expect(LifecyclePlan.harmed(before, LifecycleConfiguration(rules: [b, a]), in: Prefix("")).isEmpty)
        let other = Self.rule("a", nil, source: "<Rule>c</Rule>")
        #expect(LifecyclePlan.harmed(before, LifecycleConfiguration(rules: [b, other]), in: Prefix("")) == [a])
        #expect(LifecyclePlan.harmed(before, nil, in: Prefix("")).count == 2)
    }

    @Test func tooManyAreRefused() {
        let rules = (0..<LifecyclePlan.maximumRules).map { Self.rule("r\($0)") }
        #expect(throws: SettingConflict.tooManyRules(1001, limit: 1000)) {
            try LifecyclePlan.plan(LifecycleConfiguration(rules: rules), [Self.rule("galleria-a")], in: Prefix(""))
        }
    }
}

@Suite struct SimplePlanTests {
    @Test(
        arguments: [
            (nil, BucketVersioning.enabled, SettingChange.Kind.added), (.enabled, .enabled, .kept), (.suspended, .enabled, .changed),
            (.enabled, .suspended, .changed), (nil, .suspended, .kept),
        ] as [(BucketVersioning?, BucketVersioning, SettingChange.Kind)])
    func versioning(_ row: (now: BucketVersioning?, wanted: BucketVersioning, kind: SettingChange.Kind)) {
        #expect(SimplePlans.versioning(row.now, row.wanted).changes.map(\.kind) == [row.kind])
    }

    @Test func encryptionKeepsWhatElseTheRuleSays() {
        let besides: [[UInt8]] = [Array("<BucketKeyEnabled>true</BucketKeyEnabled>".utf8)]
        let now = BucketEncryption(algorithm: "aws:kms", keyID: "k", besides: besides)
        #expect(SimplePlans.encryption(now, algorithm: "aws:kms", keyID: nil).isEmpty, "any key will do")
        #expect(!SimplePlans.encryption(now, algorithm: "aws:kms", keyID: "other").isEmpty)
        #expect(
            SimplePlans.encryption(now, algorithm: "AES256", keyID: nil).value == BucketEncryption(algorithm: "AES256", besides: besides))
    }

    @Test func websitesKeepTheirRules() throws {
        let now = BucketWebsite(index: "i.html", besides: [[1]])
        let plan = try SimplePlans.website(now, index: nil, error: "e.html")
        #expect(plan.value == BucketWebsite(index: "i.html", error: "e.html", besides: [[1]]) && !plan.isEmpty)
        var redirecting = now
        redirecting.redirectsAll = true
        #expect(throws: SettingConflict.redirectsAll) { try SimplePlans.website(redirecting, index: "i", error: nil) }
    }

    @Test func tagsStandBesideOthers() throws {
        let now = [BucketTag(name: "a", value: "1"), BucketTag(name: "b", value: "2")]
        let plan = try SimplePlans.tags(now, [BucketTag(name: "b", value: "3"), BucketTag(name: "c", value: "4")])
        #expect(plan.value?.map { $0.name + $0.value } == ["a1", "b3", "c4"] && plan.changes.map(\.kind) == [.kept, .changed, .added])
        #expect(throws: SettingConflict.tooManyTags(51, limit: 50)) {
            try SimplePlans.tags((0..<50).map { BucketTag(name: "t\($0)", value: "") }, [BucketTag(name: "x", value: "")])
        }
    }
}
