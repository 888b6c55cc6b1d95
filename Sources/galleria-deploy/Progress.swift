internal import Deploy
internal import Planning
internal import Vocabulary

/// How far a run has come, as one line: files, bytes, rate, time to go, what is in flight.
struct Progress {
    private var files = 0
    private var objects = 0
    private var plan: (files: Int, bytes: Int64)?
    private var doneFiles = 0
    private var doneBytes: Int64 = 0
    private var begun = ContinuousClock.now
    private var inFlight: [Key] = []

    mutating func surveyed(files: Int, objects: Int) { (self.files, self.objects) = (files, objects) }

    mutating func planned(_ plan: Plan) {
        self.plan = (plan.uploads.count + plan.headerUpdates.count, plan.uploadBytes)
        begun = .now
    }

    mutating func started(_ key: Key, size: Int64) { inFlight.append(key) }

    mutating func sent(_ bytes: Int64) { doneBytes += bytes }

    mutating func finished(_ outcome: Outcome) {
        switch outcome {
        case .uploaded(let path, _, _, _), .headersUpdated(let path), .adopted(let path), .copied(let path, _, _):
            doneFiles += 1
            if let at = inFlight.firstIndex(of: path) { inFlight.remove(at: at) }
        case .failed(let path, _):
            if let at = inFlight.firstIndex(where: { $0.string.escapedForTerminal == path }) {
                doneFiles += 1
                inFlight.remove(at: at)
            }
        case .deleted: break
        }
    }

    func line(at now: ContinuousClock.Instant) -> String {
        guard let plan else { return "comparing: \(files) files, \(objects) objects" }
        let seconds = (now - begun) / .seconds(1)
        let rate = seconds > 0 ? Double(doneBytes) / seconds : 0
        var line = "\(doneFiles)/\(plan.files) files, \(Quantity.bytes(doneBytes))/\(Quantity.bytes(plan.bytes))"
        if rate > 0 {
            line += ", \(Quantity.bytes(Int64(rate)))/s"
            let rest = Double(max(0, plan.bytes - doneBytes)) / rate
            if rest < 360_000 { line += ", \(Quantity.seconds(.seconds(rest))) to go" }
        }
        if !inFlight.isEmpty { line += "  " + inFlight.prefix(3).map { $0.string.escapedForTerminal }.joined(separator: ", ") }
        return line
    }
}
