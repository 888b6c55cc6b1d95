internal import Dispatch

/// Calls something again and again until it is ended.
///
/// `@unchecked`: Dispatch's timers are safe to use from any thread but not marked so.
final class Ticker: @unchecked Sendable {
    private let timer: any DispatchSourceTimer
    private let queue = DispatchQueue(label: "ticker")

    /// Calls `body` after each `interval`, never twice at once.
    init(every interval: Duration, _ body: @escaping @Sendable () -> Void) {
        let timer = DispatchSource.makeTimerSource(queue: queue)
        let milliseconds = Int(interval / .milliseconds(1))
        timer.schedule(deadline: .now() + .milliseconds(milliseconds), repeating: .milliseconds(milliseconds))
        timer.setEventHandler(handler: body)
        timer.resume()
        self.timer = timer
    }

    /// No further call begins, and one that has begun is waited for. Must not be called from there.
    func end() {
        timer.cancel()
        queue.sync {}
    }

    deinit { timer.cancel() }
}
