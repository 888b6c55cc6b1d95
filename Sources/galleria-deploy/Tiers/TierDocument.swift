internal import Deploy
internal import Vocabulary

/// What `tier` prints.
struct TierDocument: Encodable {
    struct ClassChange: Encodable {
        let key: String
        let size: Int64
        let from: String
        let to: String
        let state: String
        let reason: String?
    }

    struct File: Encodable {
        let path: String
        let size: Int64?
        let state: String
        let reason: String?
    }

    let version = 1
    private(set) var classChanges: [ClassChange] = []
    private(set) var files: [File] = []
    private(set) var staying: Int?
    private(set) var droppedBefore: Int?
    private(set) var localBytes: Int64?
    private(set) var failed = 0

    var hasFailures: Bool { failed > 0 }

    /// Notes what a plan says; `all` of it where nothing was carried out. Answers the lines for people.
    mutating func note(_ plan: TierPlan, all: Bool) -> [String] {
        (staying, droppedBefore, localBytes) = (plan.staying, plan.dropped, plan.localBytes)
        var lines: [String] = []
        if all {
            for change in plan.classChanges {
                add(change, "planned", nil)
                lines.append("class  \(change.from) → \(change.to)  \(change.object.key.string.escapedForTerminal)")
            }
            for drop in plan.drops {
                files.append(File(path: drop.path.string, size: drop.object.size, state: "planned", reason: nil))
                lines.append("drop   \(drop.path.string.escapedForTerminal)")
            }
        }
        let done = all ? plan.drops.count : files.count { $0.state == "dropped" }
        let freed = files.filter { $0.state == "planned" || $0.state == "dropped" }.reduce(0) { $0 + ($1.size ?? 0) }
        let changed = classChanges.count { $0.state != "failed" }
        let (will, removed) = all ? ("to change", "to be dropped") : ("changed", "dropped")
        lines.append(
            "\(changed) storage class\(changed == 1 ? "" : "es") \(will), \(plan.staying) staying; "
                + "\(Quantity.count(done, "file")) \(removed), \(Quantity.bytes(freed)); \(plan.dropped) dropped before")
        return lines
    }

    /// Notes what became of one thing; answers the line for people, and whether it is a fault.
    mutating func note(_ outcome: TierOutcome) -> (line: String, isFault: Bool) {
        switch outcome {
        case .changed(let change):
            add(change, "changed", nil)
            return ("class  \(change.from) → \(change.to)  \(change.object.key.string.escapedForTerminal)", false)
        case .notChanged(let change, let words):
            failed += 1
            add(change, "failed", words)
            return ("\(change.object.key.string.escapedForTerminal) keeps the class \(change.from): \(words)", true)
        case .dropped(let drop):
            files.append(File(path: drop.path.string, size: drop.object.size, state: "dropped", reason: nil))
            return ("drop   \(drop.path.string.escapedForTerminal)", false)
        case .kept(let drop, let refusal):
            if refusal.isFault { failed += 1 }
            files.append(
                File(path: drop.path.string, size: drop.object.size, state: refusal.isFault ? "failed" : "kept", reason: refusal.words))
            return ("\(refusal.isFault ? "" : "keep   ")\(drop.path.string.escapedForTerminal): \(refusal.words)", refusal.isFault)
        case .restored(let path, let size):
            files.append(File(path: path.string, size: size, state: "restored", reason: nil))
            return ("back   \(path.string.escapedForTerminal)", false)
        case .notRestored(let path, let words):
            failed += 1
            files.append(File(path: path.string, size: nil, state: "failed", reason: words))
            return ("\(path.string.escapedForTerminal): \(words)", true)
        case .forgotten(let path):
            files.append(File(path: path.string, size: nil, state: "present", reason: nil))
            return ("there  \(path.string.escapedForTerminal)", false)
        }
    }

    /// What a promotion came to.
    var promoted: String {
        let back = files.filter { $0.state == "restored" }
        return "\(Quantity.count(back.count, "file")) back, \(Quantity.bytes(back.reduce(0) { $0 + ($1.size ?? 0) }))"
    }

    private mutating func add(_ change: TierPlan.ClassChange, _ state: String, _ reason: String?) {
        classChanges.append(
            ClassChange(
                key: change.object.key.string, size: change.object.size, from: change.from, to: change.to, state: state, reason: reason))
    }
}
