internal import S3

/// How a command goes on after a fault of the store: what concerns everything ends it, what concerns one object is said and counted.
struct ObjectFaults {
    private let console: Console
    private(set) var status = ExitStatus.done

    init(_ console: Console) { self.console = console }

    /// Takes note of a fault; throws where it concerns more than one object.
    mutating func note(_ error: S3Error, on name: String) throws {
        if error.scope != .object { throw Fault(error) }
        console.complain("failed: \(name): \(error.isNotFound ? "there is no such object." : error.description)")
        status = .someFailed
    }

    /// Takes note of what is wrong with one object.
    mutating func note(_ words: String, on name: String) {
        console.complain("failed: \(name): \(words)")
        status = .someFailed
    }
}
