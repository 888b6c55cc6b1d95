/// Sends requests. `HTTPClient` is the real one; tests of retry rules script their own.
public protocol HTTPTransport: Sendable {
    /// Sends `request` and answers the response, whatever its status; throws where there is none.
    /// Task cancellation ends the request with `HTTPError.cancelled`.
    func perform(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse
}
