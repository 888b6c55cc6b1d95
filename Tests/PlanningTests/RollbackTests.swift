import Planning
import Testing
import Vocabulary

/// What a rollback decides of one key: the table above `RollbackPlan.judge`.
@Suite struct RollbackTests {
    enum Verdict: Sendable, Equatable { case nothing, unchanged, restore(String, replaces: Bool), delete, lost }

    private static func version(_ id: String?, _ written: Int64) -> KeptVersion { KeptVersion(id: id, written: written, size: 1) }

    private static func judge(_ versions: [KeptVersion], _ wasReplaced: Bool) -> Verdict {
        var plan = RollbackPlan()
        plan.judge(Key("a"), versions: versions, before: 100, wasReplaced: wasReplaced)
        if let restore = plan.restores.first, case .version(let id) = restore.source { return .restore(id, replaces: restore.replaces) }
        if !plan.deletions.isEmpty { return .delete }
        if !plan.lost.isEmpty { return .lost }
        return plan.unchangedCount == 1 ? .unchanged : .nothing
    }

    @Test(arguments: [
        ([version("1", 99)], false, Verdict.unchanged),
        ([version("2", 100), version("1", 99)], false, .restore("1", replaces: true)),
        ([version("3", 120), version("2", 110), version("1", 50)], true, .restore("1", replaces: true)),
        // Deleted since.
        ([version(nil, 100), version("1", 99)], false, .restore("1", replaces: false)),
        // Created since.
        ([version("1", 100)], false, .delete), ([version("2", 101), version(nil, 50), version("1", 10)], false, .delete),
        // Created and deleted since, or gone before.
        ([version(nil, 101), version("1", 100)], false, .nothing), ([version(nil, 99), version("1", 10)], false, .nothing),
        // It is known that there was something, and no version of it is kept.
        ([version("2", 101)], true, .lost), ([version(nil, 101)], true, .lost), ([], true, .nothing),
    ])
    func eachKeyIsJudgedByItsVersions(_ versions: [KeptVersion], _ wasReplaced: Bool, _ expected: Verdict) {
        #expect(Self.judge(versions, wasReplaced) == expected)
    }

    @Test func theTrashTellsWhatWasThere() {
        var plan = RollbackPlan()
        plan.judge(Key("replaced"), keptFirst: (Key("t/replaced"), 5), isThere: true)
        plan.judge(Key("deleted"), keptFirst: (Key("t/deleted"), 6), isThere: false)
        plan.judge(Key("created"), keptFirst: nil, isThere: true)
        plan.judge(Key("created and gone"), keptFirst: nil, isThere: false)
        #expect(plan.restores.map(\.path.string) == ["replaced", "deleted"] && plan.restores.map(\.replaces) == [true, false])
        #expect(plan.deletions == [Key("created")])
    }

    @Test func deletionsAreGuarded() {
        var plan = RollbackPlan()
        for number in 0..<20 { plan.judge(Key("\(number)"), versions: [Self.version("1", 200)], before: 100, wasReplaced: false) }
        #expect(plan.remoteCount == 20 && plan.refusal(limit: .standard) != nil && plan.refusal(limit: .count(20)) == nil)
    }

    @Test func manifestsDiffer() {
        func entry(_ key: String, _ size: Int64 = 1, headers: String = "h", width: Int? = nil) -> ManifestEntry {
            var entry = ManifestEntry(key: Key(key), size: size, sha256: .empty, type: "t", headers: headers)
            entry.width = width
            return entry
        }
        let diff = ManifestDiff(
            from: [entry("a"), entry("b"), entry("c"), entry("d"), entry("f"), entry("g")],
            to: [entry("b"), entry("c", 2), entry("d", headers: "i"), entry("e"), entry("f", width: 3), entry("g", headers: "")])
        #expect(
            diff.changes == [
                .removed(Key("a"), size: 1), .changed(Key("c"), .content, from: 1, to: 2), .changed(Key("d"), .headers, from: 1, to: 1),
                .added(Key("e"), size: 1), .changed(Key("f"), .facts, from: 1, to: 1),
            ])
        #expect(diff.sameCount == 2)
    }
}
