internal import Deploy
internal import Dispatch
internal import Glibc
internal import Synchronization

/// Turns the first SIGINT, SIGTERM or SIGHUP into a stop: nothing new is begun, requests in flight have five seconds, then the run is cancelled.
/// The second ends the process at once.
///
/// `@unchecked`: Dispatch's sources are safe to use from any thread but not marked so; the array is written in `init` only.
final class Interruption: @unchecked Sendable {
    private let received = Mutex<ExitStatus?>(nil)
    private var sources: [any DispatchSourceSignal] = []

    /// How many seconds requests in flight may go on.
    static let grace = 5

    /// - Parameters:
    ///   - stop: is asked at the first signal.
    ///   - waiting: called where requests in flight are given time.
    ///   - leaving: called just before a second signal ends the process.
    ///   - cancel: breaks the run off, when that time is over or where there is nothing worth it.
    init(
        _ stop: DeployStop, waiting: @escaping @Sendable () -> Void, leaving: @escaping @Sendable () -> Void,
        cancel: @escaping @Sendable () -> Void
    ) {
        let queue = DispatchQueue(label: "signals")
        for (number, status) in [(SIGINT, ExitStatus.interrupted), (SIGTERM, .terminated), (SIGHUP, .terminated)] {
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler { [weak self] in
                guard let self else { return }
                let isSecond = received.withLock { received in
                    defer { received = received ?? status }
                    return received != nil
                }
                if isSecond {
                    leaving()
                    _exit(status.rawValue)
                }
                if stop.request() {
                    waiting()
                    queue.asyncAfter(deadline: .now() + .seconds(Self.grace), execute: cancel)
                } else {
                    cancel()
                }
            }
            source.resume()
            sources.append(source)
        }
    }

    /// The status to exit with where a signal came.
    var status: ExitStatus? { received.withLock { $0 } }

    /// Stops listening; answers the status to exit with where a signal came.
    func end() -> ExitStatus? {
        for source in sources { source.cancel() }
        return status
    }
}
