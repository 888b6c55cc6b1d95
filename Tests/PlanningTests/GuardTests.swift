import Planning
import Testing
import Vocabulary

@Suite struct GuardTests {
    static func plan(deletions: Int, of remote: Int) -> Plan {
        var plan = Plan()
        plan.deletions = (0..<deletions).map { RemoteObject(key: Key("k\($0)"), size: 1, etag: nil, lastModified: "") }
        plan.remoteCount = remote
        return plan
    }

    @Test(arguments: [
        (0, 100, DeleteLimit.standard, true), (10, 10, .standard, true), (11, 11, .standard, false), (11, 44, .standard, true),
        (12, 44, .standard, false), (250, 1000, .standard, true), (251, 1000, .standard, false),
        (5, 1000, .count(5), true), (6, 1000, .count(5), false), (1, 1, .count(0), false),
        (500, 1000, .percent(50), true), (501, 1000, .percent(50), false),
    ]) func limitsDeletions(deletions: Int, remote: Int, limit: DeleteLimit, allowed: Bool) {
        let refusal = limit.refusal(of: Self.plan(deletions: deletions, of: remote), localCount: 1, listingAscended: true)
        #expect((refusal == nil) == allowed)
    }

    @Test func refusesWhatCannotBeToldSafely() {
        let plan = Self.plan(deletions: 1, of: 100)
        #expect(DeleteLimit.standard.refusal(of: plan, localCount: 0, listingAscended: true) == .emptySource)
        #expect(DeleteLimit.standard.refusal(of: Plan(), localCount: 0, listingAscended: true) == .emptySource)
        #expect(DeleteLimit.standard.refusal(of: plan, localCount: 9, listingAscended: false) == .unsortedListing)
        #expect(DeleteLimit.standard.refusal(of: Plan(), localCount: 2, listingAscended: false) == nil)
    }

    @Test(arguments: [
        ("7", DeleteLimit.count(7)), ("0", .count(0)), ("40%", .percent(40)), ("2.5%", .percent(2.5)), ("-1", nil), ("101%", nil),
        ("x", nil), ("", nil),
    ])
    func parsesLimits(text: String, limit: DeleteLimit?) {
        #expect(DeleteLimit(text) == limit)
    }
}
