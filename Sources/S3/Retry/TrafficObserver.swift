/// What a try of a request tells about how much the server bears.
public enum TrafficSignal: Sendable, Hashable {
    /// An answer that was not throttling.
    case answered
    /// The server asked for less: 429, 503, SlowDown.
    case throttled
    /// No answer came: the connection failed, broke or timed out.
    case unanswered
}

/// Hears of every try, on any thread; a limiter of the number in flight listens here.
public protocol TrafficObserver: Sendable {
    /// Notes one try of `operation`.
    func note(_ signal: TrafficSignal, of operation: S3Operation)
}
