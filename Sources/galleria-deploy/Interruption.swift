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

    /// How long requests in flight may go on.
    private static let grace = DispatchTimeInterval.seconds(5)

    init(_ stop: DeployStop, _ cancel: @escaping @Sendable () -> Void) {
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
                if isSecond { _exit(status.rawValue) }
                if stop.request() {
                    queue.asyncAfter(deadline: .now() + Self.grace) { cancel() }
                } else {
                    cancel()
                }
            }
            source.resume()
            sources.append(source)
        }
    }

    /// Stops listening; answers the status to exit with where a signal came.
    func end() -> ExitStatus? {
        for source in sources { source.cancel() }
        return received.withLock { $0 }
    }
}
