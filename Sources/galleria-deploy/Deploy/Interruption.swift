internal import Deploy
internal import Dispatch
internal import Glibc
internal import Synchronization

/// Turns the first SIGINT, SIGTERM or SIGHUP, or the end of the time that a run may take, into a stop: nothing new is begun, requests in flight have
/// five seconds, then the run is cancelled. A signal after that ends the process at once.
///
/// `@unchecked`: Dispatch's sources are safe to use from any thread but not marked so; the array is written in `init` only.
final class Interruption: @unchecked Sendable {
    private let received = Mutex<ExitStatus?>(nil)
    private var sources: [any DispatchSourceProtocol] = []

    /// How many seconds requests in flight may go on.
    static let grace = 5

    /// Why a run is stopped.
    enum Cause: Sendable {
        case signal
        case timeout
    }

    /// - Parameters:
    ///   - stop: is asked at the first signal.
    ///   - timeLeft: how long the run may go on; nil for as long as it takes.
    ///   - stopping: called when the run is asked to stop; whether requests in flight are given time.
    ///   - leaving: called just before a second signal ends the process.
    ///   - cancel: breaks the run off, when that time is over or where there is nothing worth it.
    init(
        _ stop: DeployStop, timeLeft: Duration? = nil, stopping: @escaping @Sendable (Cause, _ hasGrace: Bool) -> Void = { _, _ in },
        leaving: @escaping @Sendable () -> Void, cancel: @escaping @Sendable () -> Void
    ) {
        let queue = DispatchQueue(label: "signals")
        let end = { @Sendable (cause: Cause) in
            let hasGrace = stop.request()
            stopping(cause, hasGrace)
            if hasGrace { queue.asyncAfter(deadline: .now() + .seconds(Self.grace), execute: cancel) } else { cancel() }
        }
        for (number, status) in [(SIGINT, ExitStatus.interrupted), (SIGTERM, .terminated), (SIGHUP, .terminated)] {
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler { [weak self] in
                guard let self else { return }
                if isFirst(status) { return end(.signal) }
                leaving()
                _exit(status.rawValue)
            }
            source.resume()
            sources.append(source)
        }
        guard let timeLeft else { return }
        let timer = DispatchSource.makeTimerSource(queue: queue)
        timer.schedule(deadline: .now() + .milliseconds(max(0, Int(timeLeft / .milliseconds(1)))))
        timer.setEventHandler { [weak self] in
            // As timeout(1) ends a program, unless it is ending anyway.
            if let self, isFirst(.terminated) { end(.timeout) }
        }
        timer.resume()
        sources.append(timer)
    }

    private func isFirst(_ status: ExitStatus) -> Bool {
        received.withLock { received in
            defer { received = received ?? status }
            return received == nil
        }
    }

    /// The status to exit with where the run was stopped.
    var status: ExitStatus? { received.withLock { $0 } }

    /// Stops listening; answers the status to exit with where the run was stopped.
    func end() -> ExitStatus? {
        for source in sources { source.cancel() }
        return status
    }
}
