@testable import HTTP

/// What became of a request, in a form that tables can state.
enum Outcome: Equatable, Sendable {
    case status(Int)
    case invalidRequest
    case unresolved
    case notConnected
    case tls
    case connectionLost(bodySent: Bool)
    case timedOut(bodySent: Bool)
    case bodyUnreadable
    case bodyShort(expected: Int64, got: Int64)
    case responseTooLarge(limit: Int)
    case sinkFailed
    case malformedResponse
    case cancelled
    case other(Int)

    init(_ error: HTTPError) {
        self =
            switch error {
            case .invalidRequest: .invalidRequest
            case .unresolved: .unresolved
            case .notConnected: .notConnected
            case .tls: .tls
            case .connectionLost(_, let bodySent): .connectionLost(bodySent: bodySent)
            case .timedOut(_, let bodySent): .timedOut(bodySent: bodySent)
            case .bodyUnreadable: .bodyUnreadable
            case .bodyShort(let expected, let got): .bodyShort(expected: expected, got: got)
            case .responseTooLarge(let limit): .responseTooLarge(limit: limit)
            case .sinkFailed: .sinkFailed
            case .malformedResponse: .malformedResponse
            case .cancelled: .cancelled
            case .other(let code, _): .other(code)
            }
    }
}

extension HTTPClient {
    /// Sends `request` and answers what became of it.
    func outcome(_ request: HTTPRequest) async -> Outcome {
        do throws(HTTPError) {
            return .status(try await perform(request).status)
        } catch {
            return Outcome(error)
        }
    }
}

/// Runs `body` with a client that is shut down afterwards, and a server that is stopped.
func withClient<R: Sendable>(
    _ server: FaultServer? = nil, _ configure: (inout HTTPClientConfiguration) -> Void = { _ in }, _ body: (HTTPClient) async throws -> R
) async throws -> R {
    var configuration = HTTPClientConfiguration()
    configuration.proxy = .none
    configure(&configuration)
    let client = try HTTPClient(configuration)
    defer {
        client.shutdown()
        server?.stop()
    }
    return try await body(client)
}
