public import HTTP
public import S3
internal import Vocabulary

/// Sends requests to the interface of a content delivery network, and again where that may help.
public struct CDNClient: Sendable {
    let transport: any HTTPTransport
    let clock: S3Clock
    let retry: RetryPolicy

    /// The most tries of one request: what does not help by then is remembered for the next run.
    public static let attempts = 6

    /// A client; of the policy the waits and the budget are used.
    public init(transport: any HTTPTransport, clock: S3Clock, retry: RetryPolicy) {
        self.transport = transport
        self.clock = clock
        var retry = retry
        retry.attempts = min(retry.attempts, Self.attempts)
        self.retry = retry
    }

    /// Sends what `make` makes, anew for each try, and answers a 2xx.
    ///
    /// - Parameters:
    ///   - network: how the network is called in errors.
    ///   - secrets: what is cut out of what it says.
    ///   - explain: what an answer that is no success says; true where it may be tried again.
    func send(
        to network: String, hiding secrets: [String], explain: (HTTPResponse) -> (message: String, isPassing: Bool) = { _ in ("", false) },
        _ make: () async throws(CDNError) -> HTTPRequest
    ) async throws(CDNError) -> HTTPResponse {
        var attempt = 1
        while true {
            let request = try await make()
            var wait: Duration?
            let failure: CDNError
            let result: Result<HTTPResponse, HTTPError>
            do throws(HTTPError) { result = .success(try await transport.perform(request)) } catch { result = .failure(error) }
            switch result {
            case .success(let response):
                if 200..<300 ~= response.status { return response }
                let (message, isPassing) = explain(response)
                failure = .refused(network: network, status: response.status, message: Self.shown(message, hiding: secrets))
                guard isPassing || [408, 425, 429, 500, 502, 503, 504].contains(response.status) else { throw failure }
                wait = response.header("Retry-After").flatMap { Int64($0) }.map { .seconds(max(0, $0)) }
            case .failure(let error):
                if case .cancelled = error { throw .cancelled(network: network) }
                failure = .unreachable(network: network, error)
                guard case .again(let limit, _) = retry.verdict(on: error, reached: false), attempt < limit else { throw failure }
            }
            if let wait, wait > retry.maximumRetryAfter { throw failure }
            guard attempt < retry.attempts else { throw failure }
            do { try await clock.sleep(retry.delay(after: attempt, retryAfter: wait)) } catch { throw .cancelled(network: network) }
            attempt += 1
        }
    }

    /// What a server said, in one line that may be shown.
    static func shown(_ message: String, hiding secrets: [String]) -> String {
        var text = String(message.prefix(300))
        for secret in secrets where secret.utf8.count >= 4 { text = text.replacing(secret, with: "[cut]") }
        return text.escapedForTerminal
    }
}
