internal import Configuration
internal import HTTP
internal import S3
internal import Vocabulary

/// The one client of a command: transport, credentials, clock and retry rules put together for a place.
struct Connection {
    let store: S3Client
    /// The provider of the keys that requests are signed with.
    let credentials: any CredentialProvider
    private let transport: HTTPClient
    /// For the machine's own metadata, which no proxy may answer for; the same as `transport` where it is not asked.
    private let local: HTTPClient

    /// - Parameters:
    ///   - address: the bucket; nil where only the keys are asked for.
    ///   - place: the server and who asks.
    ///   - jobs: the most requests at once.
    ///   - environment: the command's environment, for the private authority's certificates and started programs.
    ///   - skipsVerification: whether any certificate is taken for the server's. Only the command line can say so.
    ///   - log: where requests and answers are shown, for `-vv`; nil for nowhere.
    ///   - customerKey: the key that objects are encrypted by.
    ///   - timeouts: how long connecting may take and a request may stand still.
    ///   - bytesPerSecond: the most that is sent in a second; nil for no limit.
    ///   - bufferMemory: the most content held in memory on its way, in bytes; nil for the usual.
    init(
        to address: BucketAddress?, at place: Place, jobs: JobLimit, environment: [String: String], skipsVerification: Bool = false,
        bytesPerSecond: Int? = nil, bufferMemory: Int? = nil, log: (@Sendable (String) -> Void)? = nil,
        customerKey: CustomerKey? = nil,
        timeouts: Timeouts = Timeouts()
    ) throws {
        var configuration = HTTPClientConfiguration()
        configuration.maximumConnections = jobs.ceiling
        configuration.sendBytesPerSecond = bytesPerSecond
        configuration.connectTimeout = timeouts.connect
        configuration.stallTimeout = timeouts.stall
        configuration.bodyReadTimeout = timeouts.read
        if let bufferMemory { configuration.bodyMemory = bufferMemory }
        configuration.userAgent = "galleria-deploy/\(Version.text)"
        configuration.caFile = environment["AWS_CA_BUNDLE"].flatMap { $0 == "" ? nil : $0 }
        configuration.verifyTLS = !skipsVerification
        do throws(HTTPError) {
            transport = try HTTPClient(configuration)
            if place.asksLocalMetadata {
                configuration.proxy = .none
                configuration.maximumConnections = 1
                local = try HTTPClient(configuration)
            } else {
                local = transport
            }
        } catch {
            throw Fault(.configuration, "the HTTP transport cannot be set up: \(error)")
        }
        let numbers = LoggedTransport.Numbers()
        func shown(_ transport: HTTPClient, _ bodies: LoggedTransport.Bodies) -> any HTTPTransport {
            log.map { LoggedTransport(transport, bodies: bodies, numbers: numbers, write: $0) } ?? transport
        }
        credentials = place.credentialProvider(
            CredentialParts(transport: shown(transport, .hidden), local: shown(local, .hidden), environment: environment))
        store = S3Client(
            bucket: address?.bucket ?? "", endpoint: place.endpoint.value, region: place.region.value,
            parts: S3Client.Parts(
                transport: shown(transport, .excerpts), credentials: credentials, clock: .system,
                retry: RetryPolicy(budget: RetryBudget(jobs: jobs.ceiling)), slots: RequestSlots(jobs), customerKey: customerKey))
    }

    /// Ends the event loop and waits for it.
    func close() {
        transport.shutdown()
        if local !== transport { local.shutdown() }
    }

    /// Finds out the place that a command talks to.
    static func place(_ arguments: ConnectionArguments, destination: String?, environment: [String: String]) throws -> Place {
        let flags = PlaceRequest(
            destination: destination, endpointURL: arguments.endpointURL, region: arguments.region, profile: arguments.profile,
            style: arguments.pathStyle ? .path : arguments.virtualHostStyle ? .virtualHost : nil)
        do throws(PlaceError) {
            return try PlaceResolver.resolve(flags: flags, environment: environment)
        } catch {
            if case .destination(_, .flag) = error { throw Fault(.usage, error.description) }
            throw Fault(.configuration, error.description)
        }
    }
}
