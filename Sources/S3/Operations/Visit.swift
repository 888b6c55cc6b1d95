public import HTTP

extension S3Client {
    /// Sends a request as a visitor does, without credentials, over this client's transport; passing faults are tried again a few times.
    ///
    /// Redirects are answered, not followed. The request goes where its URL says, and carries nothing that is secret.
    public func visit(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        var attempt = 0
        while true {
            attempt += 1
            let isLast = attempt >= Self.visits
            var retryAfter: Duration?
            do throws(HTTPError) {
                let response = try await parts.transport.perform(request)
                guard !isLast, [429, 500, 502, 503, 504].contains(response.status) else { return response }
                retryAfter = response.header("Retry-After").flatMap { Int64($0) }.map { .seconds(min(max($0, 0), 5)) }
            } catch {
                switch error {
                case .connectionLost, .timedOut: if isLast { throw error }
                default: throw error
                }
            }
            do { try await parts.clock.sleep(parts.retry.delay(after: attempt, retryAfter: retryAfter)) } catch { throw .cancelled }
        }
    }

    /// How often a visitor's request is sent at most.
    private static let visits = 3

    /// The time of day in seconds since 1970, by this client's clock: for a query that no cache has seen.
    public var now: Int64 { parts.clock.now() }
}
