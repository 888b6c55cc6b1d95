public import HTTP
internal import Synchronization
public import Vocabulary

/// Speaks S3 with one bucket: signs, sends, tries again, reads answers strictly. Operations are extensions in `Operations/`.
public final class S3Client: Sendable {
    /// What a client is made of; everything that reaches outside is put in.
    public struct Parts: Sendable {
        /// Sends requests.
        public var transport: any HTTPTransport
        /// Gives credentials.
        public var credentials: any CredentialProvider
        /// Time.
        public var clock: S3Clock
        /// When to try again.
        public var retry: RetryPolicy
        /// Hears of every try.
        public var observer: (any TrafficObserver)?
        /// The places for requests in flight.
        public var slots: RequestSlots
        /// The key that objects are encrypted by; nil where the store sees to it, or nobody.
        public var customerKey: CustomerKey?

        /// Puts the parts together.
        public init(
            transport: any HTTPTransport, credentials: any CredentialProvider, clock: S3Clock, retry: RetryPolicy = RetryPolicy(),
            observer: (any TrafficObserver)? = nil, slots: RequestSlots = RequestSlots(.fixed(JobLimit.range.upperBound)),
            customerKey: CustomerKey? = nil
        ) {
            self.transport = transport
            self.credentials = credentials
            self.clock = clock
            self.retry = retry
            self.observer = observer
            self.slots = slots
            self.customerKey = customerKey
        }
    }

    /// The bucket.
    public let bucket: String
    let parts: Parts
    private let target: Mutex<RequestTarget>
    /// Whether the server has answered anything yet.
    let reached = Atomic(false)
    private let provider: Mutex<ProviderProfile>
    private let tags = Mutex(ETagExperience())
    /// Whether the server was found to know no access control lists of objects.
    let lacksObjectACL = Atomic(false)

    /// A client for `bucket` at `endpoint`; `region` is what requests are signed for until the server tells another.
    public init(bucket: String, endpoint: Endpoint, region: String, parts: Parts) {
        self.bucket = bucket
        self.parts = parts
        target = Mutex(RequestTarget(endpoint: endpoint, bucket: bucket, region: region))
        provider = Mutex(.guessed(from: endpoint))
        // Such objects have tags of their own (Amazon S3 API Reference, Object, ETag).
        if parts.customerKey != nil { correct { $0.etag = .opaque } }
    }

    /// A client for another bucket of the same store, with the same credentials, places for requests and transport.
    public func client(for bucket: String) -> S3Client {
        let target = currentTarget
        return S3Client(bucket: bucket, endpoint: target.endpoint, region: target.region, parts: parts)
    }

    /// The endpoint in use, after any redirect.
    public var endpoint: Endpoint { target.withLock { $0.endpoint } }

    /// The region in use, after any redirect.
    public var region: String { target.withLock { $0.region } }

    /// How many seconds the server's clock was found to be ahead of the local one; 0 where the local one serves.
    public var clockDifference: Int64 { target.withLock { $0.clockDifference } }

    /// What is known of the store's ways, by its host and by what it has answered so far.
    public var profile: ProviderProfile { provider.withLock { $0 } }

    /// Takes over what an answer shows of the store's ways.
    func correct(_ change: (inout ProviderProfile) -> Void) { provider.withLock { change(&$0) } }

    /// Recognizes the store by the header fields of an answer, where its host told nothing.
    func recognize(_ header: (String) -> String?) {
        guard let found = ProviderProfile.recognized(by: header) else { return }
        provider.withLock { if $0.name == ProviderProfile.unknown.name { $0 = found } }
    }

    /// Notes whether an entity tag that looks like the MD5 of an object's content was it. Where none of many was, none is taken for one any more.
    public func noteETag(isMD5: Bool) {
        if tags.withLock({ $0.note(isMD5: isMD5) }) { correct { $0.etag = .opaque } }
    }

    /// How many requests may be in flight now.
    public var requestLimit: Int { parts.slots.limit }

    var currentTarget: RequestTarget { target.withLock { $0 } }

    /// Takes over a region for all further requests. True where a request that was signed for `used` should be tried again.
    func adopt(region: String, used: String) -> Bool {
        target.withLock { target in
            // Another request in flight may have taken it over already.
            if target.region != used { return true }
            return target.adopt(region: region)
        }
    }

    /// Takes over the server's clock for all further requests. True where a request that was signed with `used` should be tried again.
    func adopt(clockDifference: Int64, used: Int64) -> Bool {
        target.withLock { target in
            if target.clockDifference != used { return true }
            target.clockDifference = clockDifference
            return clockDifference != used
        }
    }

    /// An error of this bucket.
    func error(_ call: Call, _ cause: S3Error.Cause, attempts: Int = 1, budgetExhausted: Bool = false) -> S3Error {
        S3Error(
            operation: call.operation, bucket: bucket, key: call.key, endpoint: endpoint.description, cause: cause, attempts: attempts,
            budgetExhausted: budgetExhausted, asked: WriteRequest.all(in: call.headers), provider: profile)
    }
}
