internal import Deploy
internal import Planning
internal import Vocabulary

/// How far a run has come: files, bytes, rate, time to go, what is in flight.
struct Progress {
    /// Files walked and objects listed so far.
    private(set) var compared = (files: 0, objects: 0)
    /// What is to be done; nil while that is being found out.
    private(set) var plan: (files: Int, bytes: Int64, deletions: Int)?
    /// What is done of it. What failed is done with.
    private(set) var done = (files: 0, bytes: Int64(0), deletions: 0, failures: 0)
    /// What is being sent, in the order in which it was begun.
    private(set) var inFlight: [(path: Key, size: Int64)] = []
    /// Bytes at moments past, from which the rate is made: those of the last ten seconds and the one before them.
    private var samples: [(at: ContinuousClock.Instant, bytes: Int64)] = []

    mutating func surveyed(files: Int, objects: Int) { compared = (files, objects) }

    mutating func planned(_ plan: Plan, at now: ContinuousClock.Instant) {
        self.plan = (plan.uploads.count + plan.headerUpdates.count, plan.uploadBytes, plan.deletions.count)
        samples = [(now, 0)]
    }

    mutating func started(_ path: Key, size: Int64) { inFlight.append((path, size)) }

    mutating func sent(_ bytes: Int64) { done.bytes += bytes }

    mutating func finished(_ outcome: Outcome) {
        switch outcome {
        case .uploaded(let path, _, _, _), .headersUpdated(let path), .adopted(let path), .copied(let path, _, _):
            done.files += 1
            if let at = inFlight.firstIndex(where: { $0.path == path }) { inFlight.remove(at: at) }
        case .failed(let path, _):
            done.failures += 1
            if plan != nil { done.files += 1 }
            if let at = inFlight.firstIndex(where: { $0.path.string.escapedForTerminal == path }) { inFlight.remove(at: at) }
        case .deleted: done.deletions += 1
        }
    }

    /// Takes note of how far it is now, for the rate. Called as often as it is shown.
    mutating func sample(at now: ContinuousClock.Instant) {
        guard let last = samples.last, now - last.at >= .seconds(1) else { return }
        samples.append((now, done.bytes))
        while samples.count > 2, now - samples[1].at >= .seconds(10) { samples.removeFirst() }
    }

    /// Bytes a second, over the last ten seconds or so.
    func rate(at now: ContinuousClock.Instant) -> Double {
        guard let first = samples.first, now - first.at >= .milliseconds(200) else { return 0 }
        return max(0, Double(done.bytes - first.bytes) / ((now - first.at) / .seconds(1)))
    }

    /// How long the rest will take at this rate; nil where nobody can say.
    func timeToGo(at now: ContinuousClock.Instant) -> Duration? {
        guard let plan else { return nil }
        let rate = rate(at: now)
        let seconds = Double(max(0, plan.bytes - done.bytes)) / rate
        return rate > 0 && seconds < 360_000 ? .seconds(seconds) : nil
    }

    /// All of it in one line.
    func line(at now: ContinuousClock.Instant) -> String {
        guard let plan else { return "comparing: \(compared.files) files, \(compared.objects) objects" }
        var line = "\(done.files)/\(plan.files) files, \(Quantity.bytes(done.bytes))/\(Quantity.bytes(plan.bytes))"
        let rate = rate(at: now)
        if rate > 0 { line += ", \(Quantity.bytes(Int64(rate)))/s" }
        if let rest = timeToGo(at: now), done.bytes < plan.bytes { line += ", \(Quantity.seconds(rest)) to go" }
        if done.failures > 0 { line += ", \(done.failures) failed" }
        if plan.deletions > 0, done.deletions > 0 { line += ", \(done.deletions)/\(plan.deletions) deleted" }
        if !inFlight.isEmpty { line += "  " + inFlight.prefix(3).map { $0.path.string.escapedForTerminal }.joined(separator: ", ") }
        return line
    }
}
