internal import Configuration
internal import HTTP

/// Tells a healthcheck service how a run fares, in the way of healthchecks.io: `/start`, nothing, or `/` and the exit status behind its address.
struct Ping: Sendable {
    let address: PingAddress
    let transport: any HTTPTransport

    /// What the service is told.
    enum Signal: Sendable, Hashable {
        case start
        case end(ExitStatus)

        /// What is appended to the address; nil for nothing.
        var component: String? {
            switch self {
            case .start: "start"
            case .end(.done): nil
            case .end(let status): "\(status.rawValue)"
            }
        }

        fileprivate var words: String { self == .start ? "the start" : "the end" }
    }

    /// How long one attempt may take.
    static let patience = Duration.seconds(10)
    private static let attempts = 2

    /// Tells it, twice where the first attempt fails; answers the warning where neither succeeds. It never holds a deploy up for longer than
    /// twenty seconds, and never fails it.
    func tell(_ signal: Signal) async -> String? {
        var cause = ""
        for _ in 0..<Self.attempts {
            do throws(HTTPError) {
                let answer = try await transport.perform(
                    HTTPRequest(method: .get, url: address.url(appending: signal.component), maximumResponseBytes: 64 << 10))
                if 200..<300 ~= answer.status { return nil }
                cause = "it answered with status \(answer.status)"
                // What it refuses it will refuse again.
                if 400..<500 ~= answer.status, answer.status != 429 { break }
            } catch {
                cause = Self.words(error)
            }
        }
        return "warning: the healthcheck service at \(address) was not told of \(signal.words) of the run: \(cause)."
    }

    /// The transport used for it: short limits, certificates as everywhere.
    static func transport(environment: [String: String]) -> (any HTTPTransport)? {
        var configuration = HTTPClientConfiguration()
        configuration.connectTimeout = .seconds(5)
        configuration.requestTimeout = patience
        configuration.userAgent = "galleria-deploy/\(Version.text)"
        configuration.caFile = environment["AWS_CA_BUNDLE"].flatMap { $0.isEmpty ? nil : $0 }
        return try? HTTPClient(configuration)
    }

    /// Why, without the address.
    private static func words(_ error: HTTPError) -> String {
        switch error {
        case .invalidRequest: "its address is not acceptable"
        case .unresolved(let host, _): "the name \(host) was not found"
        case .notConnected: "it cannot be reached"
        case .tls(let why): "TLS failed (\(why))"
        case .timedOut: "it did not answer in time"
        case .cancelled: "the program ended"
        case .connectionLost, .malformedResponse, .responseTooLarge: "it did not answer as it should"
        case .bodyUnreadable, .bodyShort, .sinkFailed, .other: "the request failed"
        }
    }
}
