import HTTP
import S3
import Synchronization

/// Answers what it was told to, in order, and keeps the requests. Retry rules are tested on it, since no server fails on command.
final class ScriptedTransport: HTTPTransport {
    enum Step: Sendable {
        case answer(Int, [HTTPHeader] = [], String = "")
        case fail(HTTPError)
    }

    private struct State {
        var steps: [Step]
        var requests: [HTTPRequest] = []
    }

    private let state: Mutex<State>
    private let last: Step?

    /// Answers `steps`, then `last` for ever, or nothing more.
    init(_ steps: [Step], then last: Step? = nil) {
        state = Mutex(State(steps: steps))
        self.last = last
    }

    var requests: [HTTPRequest] { state.withLock { $0.requests } }

    func perform(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        let step = state.withLock { state in
            state.requests.append(request)
            return state.steps.isEmpty ? last : state.steps.removeFirst()
        }
        switch step {
        case .answer(let status, let headers, let body)?: return HTTPResponse(status: status, headers: headers, body: [UInt8](body.utf8))
        case .fail(let error)?: throw error
        case nil: throw .invalidRequest("the script has ended")
        }
    }
}

extension ScriptedTransport.Step {
    /// An S3 error document.
    static func error(_ status: Int, _ code: String, _ headers: [HTTPHeader] = [], inside extra: String = "") -> Self {
        .answer(status, headers, "<Error><Code>\(code)</Code><Message>m</Message><RequestId>R</RequestId>\(extra)</Error>")
    }
}

extension HTTPRequest {
    /// The value of a header field.
    func header(_ name: String) -> String? { headers.first { $0.name.lowercased() == name.lowercased() }?.value }
}

/// A client over a script, with a clock that never waits and a record of what happened.
struct Stage: Sendable {
    /// The moment the stage's clock shows: 2024-06-15T10:30:45Z.
    static let now: Int64 = 1_718_447_445

    final class Record: TrafficObserver {
        let waits = Mutex<[Duration]>([])
        let signals = Mutex<[TrafficSignal]>([])
        func note(_ signal: TrafficSignal, of operation: S3Operation) { signals.withLock { $0.append(signal) } }
    }

    /// Credentials that change when they are said to be expired.
    final class Renewable: CredentialProvider {
        private let generation = Mutex(0)
        let renews: Bool
        init(renews: Bool) { self.renews = renews }
        func credentials() async throws(CredentialError) -> Credentials {
            Credentials(accessKeyID: "AKID\(generation.withLock { $0 })", secretAccessKey: "TOPSECRET", sessionToken: "TOKENTOKEN")
        }
        func invalidate(_ credentials: Credentials) async { if renews { generation.withLock { $0 += 1 } } }
    }

    let transport: ScriptedTransport
    let record = Record()
    let client: S3Client

    init(
        _ steps: [ScriptedTransport.Step], then last: ScriptedTransport.Step? = nil, endpoint: String = "http://127.0.0.1:9000",
        region: String = "us-east-1", budget: RetryBudget = RetryBudget(), random: Double = 0.5,
        credentials: any CredentialProvider = StaticCredentials(Credentials(accessKeyID: "AKID", secretAccessKey: "TOPSECRET"))
    ) throws {
        let transport = ScriptedTransport(steps, then: last)
        let record = record
        self.transport = transport
        client = S3Client(
            bucket: "photos", endpoint: try Endpoint(parsing: endpoint), region: region,
            parts: .init(
                transport: transport, credentials: credentials,
                clock: S3Clock(now: { Self.now }, sleep: { wait in record.waits.withLock { $0.append(wait) } }),
                retry: RetryPolicy(budget: budget, random: { random }), observer: record))
    }

    var waits: [Duration] { record.waits.withLock { $0 } }
    var signals: [TrafficSignal] { record.signals.withLock { $0 } }
}
