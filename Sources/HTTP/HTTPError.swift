/// Why there is no response.
public enum HTTPError: Error, Sendable {
    /// The URL, a header or an option is not acceptable; nothing was sent.
    case invalidRequest(String)
    /// The host's name was not resolved.
    case unresolved(host: String, String)
    /// No connection was made: refused, unreachable, or timed out while connecting.
    case notConnected(String)
    /// TLS failed: an unknown issuer, a wrong name, a protocol error.
    case tls(String)
    /// The connection ended or broke off before the response was complete. `bodySent` tells whether the request's body had gone out in full,
    /// in which case the server may have acted on it.
    case connectionLost(String, bodySent: Bool)
    /// Nothing moved for the stall limit, or the whole request took longer than its limit, and not because our own read was slow.
    case timedOut(String, bodySent: Bool)
    /// The request's body could not be read.
    case bodyUnreadable(any Error)
    /// The request's body ended before its announced size.
    case bodyShort(expected: Int64, got: Int64)
    /// The response's body is larger than the request allows.
    case responseTooLarge(limit: Int)
    /// The request's own sink did not take the answer's body.
    case sinkFailed(any Error)
    /// The answer is not HTTP.
    case malformedResponse(String)
    /// The task was cancelled, or the client shut down.
    case cancelled
    /// Anything else that libcurl reports, with its number.
    case other(code: Int, String)
}
