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
        (0, 100, PlanLimit.standard, true), (10, 10, .standard, true), (11, 11, .standard, false), (11, 44, .standard, true),
        (12, 44, .standard, false), (250, 1000, .standard, true), (251, 1000, .standard, false),
        (5, 1000, .count(5), true), (6, 1000, .count(5), false), (1, 1, .count(0), false),
        (500, 1000, .percent(50), true), (501, 1000, .percent(50), false),
    ]) func limitsDeletions(deletions: Int, remote: Int, limit: PlanLimit, allowed: Bool) {
        let refusal = limit.refusal(of: Self.plan(deletions: deletions, of: remote), localCount: 1, listingAscended: true)
        #expect((refusal == nil) == allowed)
    }

    @Test func refusesWhatCannotBeToldSafely() {
        let plan = Self.plan(deletions: 1, of: 100)
        #expect(PlanLimit.standard.refusal(of: plan, localCount: 0, listingAscended: true) == .emptySource)
        #expect(PlanLimit.standard.refusal(of: Plan(), localCount: 0, listingAscended: true) == .emptySource)
        #expect(PlanLimit.standard.refusal(of: plan, localCount: 9, listingAscended: false) == .unsortedListing)
        #expect(PlanLimit.standard.refusal(of: Plan(), localCount: 2, listingAscended: false) == nil)
    }

    @Test(arguments: [
        (0, 0, PlanLimit.count(0), true), (1, 100, .count(0), false), (5, 100, .count(5), true), (6, 100, .count(5), false),
        (5, 100, .percent(5), true), (6, 100, .percent(5), false), (1, 10, .percent(5), false),
    ]) func limitsOverwrites(overwrites: Int, remote: Int, limit: PlanLimit, allowed: Bool) {
        var plan = Plan()
        plan.remoteCount = remote
        let file = LocalFile(path: Key("a"), status: FileStatus(size: 1, modified: 0, changed: 0, inode: 0, device: 0))
        // New files are no overwrites, however many.
        plan.uploads = (0..<overwrites + 50).map {
            PlannedUpload(file: file, reason: .new, deployedSize: 1, replacedSize: $0 < overwrites ? 1 : nil)
        }
        #expect((limit.overwriteRefusal(of: plan) == nil) == allowed)
    }

    @Test(arguments: [
        ("7", PlanLimit.count(7)), ("0", .count(0)), ("40%", .percent(40)), ("2.5%", .percent(2.5)), ("-1", nil), ("101%", nil),
        ("x", nil), ("", nil),
    ])
    func parsesLimits(text: String, limit: PlanLimit?) {
        #expect(PlanLimit(text) == limit)
    }
}
