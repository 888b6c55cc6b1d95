internal import Digest
internal import S3
internal import Vocabulary

/// A destination as its lock knows it.
struct Destination: Sendable {
    let endpoint: String
    let bucket: String
    let prefix: Prefix

    init(store: S3Client, prefix: Prefix) {
        endpoint = store.endpoint.description
        bucket = store.bucket
        self.prefix = prefix
    }

    /// The name of its local lock's file.
    var lockName: String {
        let parts = [Array(endpoint.utf8), Array(bucket.utf8), prefix.bytes]
        // A part has no zero byte, so no two destinations are written alike.
        return SHA256.digest(of: Array(parts.joined(separator: [0]))).hex.prefix(32) + ".lock"
    }
}

/// Takes the local lock of a destination, waiting for another run where that is asked for.
struct LocalLocking {
    private let options: LockOptions
    private let destination: Destination
    private let stop: DeployStop
    private let observer: any DeployObserver

    /// How often a lock that is held is tried again.
    private static let pause = Duration.milliseconds(200)

    init(_ options: LockOptions, of destination: Destination, stop: DeployStop, observer: any DeployObserver) {
        self.options = options
        self.destination = destination
        self.stop = stop
        self.observer = observer
    }

    /// The lock; nil where none is wanted or, after a warning, none is to be had.
    func take() async throws(DeployError) -> LocalLock? {
        let deadline = ContinuousClock.now + options.wait
        var isWaiting = false
        while true {
            guard let attempt = attempt() else { return nil }
            switch attempt {
            case .taken(let lock): return lock
            case .impossible: return nil
            case .held(let holder):
                let holder = holder ?? LockHolder(pid: 0, started: 0, host: "")
                guard ContinuousClock.now < deadline, !stop.isRequested else { throw .locked(holder, isRemote: false) }
                if !isWaiting { observer.note(.waiting(holder)) }
                isWaiting = true
                do { try await Task.sleep(for: Self.pause) } catch { throw .locked(holder, isRemote: false) }
            }
        }
    }

    /// Tries the folders in turn; nil where no lock is wanted, or none of them can hold one.
    private func attempt() -> LocalLock.Attempt? {
        var refused: String?
        for folder in options.folders {
            let attempt = LocalLock.attempt(destination.lockName, in: folder, for: options.holder)
            guard case .impossible(let cause) = attempt else { return attempt }
            refused = "\(folder.path.escapedForTerminal): \(cause)"
        }
        if let refused {
            observer.note(
                .warning("no lock can be taken (\(refused)). The deploy goes on; make sure that no other one works on this destination."))
        }
        return nil
    }
}
