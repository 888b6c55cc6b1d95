internal import HTTP
internal import Vocabulary

/// Requests to those who give credentials out: with a deadline, tried again where that helps, bounded in size.
struct CredentialRequest {
    let parts: CredentialParts
    /// The transport, one of the parts'.
    let transport: any HTTPTransport
    /// Who is asked, for errors.
    let source: String
    /// The longest that one try may take.
    let deadline: Duration
    /// How many tries there are, a second apart; only failures to connect and answers of 429 and 5xx are tried again.
    var tries = 1

    /// The answer, whatever its status.
    func send(_ request: HTTPRequest) async throws(CredentialError) -> HTTPResponse {
        var request = request
        request.maximumResponseBytes = 1 << 20
        var left = tries
        while true {
            left -= 1
            let reason: String
            switch await once(request) {
            case .success(let response) where left == 0 || !(response.status == 429 || response.status >= 500): return response
            case .success(let response): reason = "status \(response.status)"
            case .failure(.cancelled) where Task.isCancelled: throw .cancelled
            case .failure(let error): reason = Self.words(error)
            }
            if left == 0 { throw .unreachable(source: source, reason: reason) }
            do { try await parts.clock.sleep(.seconds(1)) } catch { throw .cancelled }
        }
    }

    /// One try; a request that is not done by the deadline is cancelled.
    private func once(_ request: HTTPRequest) async -> Result<HTTPResponse, HTTPError> {
        await withTaskGroup(of: Result<HTTPResponse, HTTPError>?.self) { group in
            group.addTask { [transport] in
                do throws(HTTPError) { return .success(try await transport.perform(request)) } catch { return .failure(error) }
            }
            group.addTask { [clock = parts.clock, deadline] in
                try? await clock.sleep(deadline)
                return nil
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            if let first { return first }
            return .failure(Task.isCancelled ? .cancelled : .timedOut("no answer within \(deadline)", bodySent: true))
        }
    }

    private static func words(_ error: HTTPError) -> String {
        switch error {
        case .invalidRequest(let text), .notConnected(let text), .tls(let text), .connectionLost(let text, _), .timedOut(let text, _),
            .malformedResponse(let text), .other(_, let text):
            text
        case .unresolved(let host, let text): "\(host): \(text)"
        case .responseTooLarge: "the answer is larger than 1 MiB"
        case .cancelled: "cancelled"
        case .bodyUnreadable, .bodyShort, .sinkFailed: "the request was cut short"
        }
    }
}
