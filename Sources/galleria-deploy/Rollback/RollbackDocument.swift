internal import Deploy
internal import Planning
internal import Vocabulary

/// What `rollback --format json` prints.
struct RollbackDocument: Encodable {
    /// What became, or would become, of one object.
    struct Entry: Encodable {
        let path: String
        let action: String
        var size: Int64?
        /// True once it was done.
        let done: Bool
        var error: String?
    }

    let schema = "galleria-deploy/rollback/1"
    let dryRun: Bool
    let exitStatus: Int32
    /// The numbers of the runs that are undone.
    let runs: [Int64]
    let unchanged: Int
    let objects: [Entry]

    init(_ plan: RollbackPlan, outcomes: [RollbackRun.Outcome], runs: [Int64], dryRun: Bool, exitStatus: Int32) {
        self.dryRun = dryRun
        self.exitStatus = exitStatus
        self.runs = runs
        unchanged = plan.unchangedCount
        var done: Set<Key> = []
        var errors: [Key: String] = [:]
        for outcome in outcomes {
            if case .failed(let path, let cause) = outcome { errors[path] = cause.description } else { done.insert(outcome.path) }
        }
        objects =
            plan.restores.map { Entry($0.path, "restore", $0.size, done, errors) }
            + plan.deletions.map { Entry($0, "delete", nil, done, errors) }
            + plan.lost.map { Entry($0, "lost", nil, done, errors) }
    }

    /// What was done, in one line.
    var summary: String {
        let failed = objects.count { $0.error != nil }
        let (restored, deleted) = (objects.count { $0.done && $0.action == "restore" }, objects.count { $0.done && $0.action == "delete" })
        return "\(restored) restored, \(deleted) deleted, \(unchanged) as they were, \(failed) failed"
    }
}

extension RollbackDocument.Entry {
    fileprivate init(_ path: Key, _ action: String, _ size: Int64?, _ done: Set<Key>, _ errors: [Key: String]) {
        self.init(path: path.string, action: action, size: size, done: done.contains(path), error: errors[path])
    }
}
