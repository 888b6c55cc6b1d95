internal import Glibc

/// How an `HTTPClient` connects, waits and reads.
public struct HTTPClientConfiguration: Sendable {
    /// Which proxy requests go through.
    public enum Proxy: Sendable {
        /// What `http_proxy`, `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY` say, read by libcurl itself.
        case environment
        /// None, whatever the environment says.
        case none
        /// This one.
        case url(String)
    }

    /// The longest that resolving, connecting and the TLS handshake may take together.
    public var connectTimeout: Duration = .seconds(10)
    /// How long a request may stay below `stallBytesPerSecond`, both directions together, before it fails. Time spent waiting for the
    /// request's own body to be read does not count.
    public var stallTimeout: Duration = .seconds(60)
    /// The least number of bytes a second that counts as moving; bytes count once the peer has acknowledged them.
    public var stallBytesPerSecond = 1
    /// The longest a whole request may take, without the time spent waiting for its own body to be read; nil for no limit.
    public var requestTimeout: Duration?
    /// The longest a single read of a request's body may keep the transfer waiting.
    public var bodyReadTimeout: Duration = .seconds(120)
    /// How long a body of `expectFrom` bytes or more waits for `100 Continue` before it is sent all the same.
    public var expectTimeout: Duration = .milliseconds(500)
    /// The body size, in bytes, from which on `Expect: 100-continue` is sent.
    public var expectFrom: Int64 = 1 << 20
    /// The most connections that are open, and so the most requests under way; further ones wait their turn.
    public var maximumConnections = 64
    /// The most body bytes sent a second by all requests together; nil for no limit.
    public var sendBytesPerSecond: Int?
    /// The User-Agent field.
    public var userAgent = "galleria-deploy"
    /// A file of PEM certificates to trust instead of the system's.
    public var caFile: String?
    /// A directory of hashed PEM certificates to trust instead of the system's.
    public var caPath: String?
    /// Whether certificates and host names are verified.
    public var verifyTLS = true
    /// The proxy.
    public var proxy: Proxy = .environment
    /// The most bytes that one system call sends of a streamed body of `expectFrom` bytes or more; libcurl allows 16 KiB to 2 MiB.
    public var uploadBuffer = 256 << 10
    /// The size in bytes of one read of a streamed body.
    public var bodyChunk = 256 << 10
    /// The most bytes that are read ahead for one streamed body.
    public var bodyWindow = 512 << 10
    /// The most bytes that are read ahead for all streamed bodies together; each has one chunk at least.
    public var bodyMemory = 64 << 20
    /// The most threads that read bodies; they are started when needed.
    public var readerThreads = 8

    /// Creates the default configuration.
    public init() {}

    /// The same without a proxy where the environment names none, in one of the variables that libcurl reads (CURLOPT_PROXY(3)): libcurl would look through
    /// them for each request.
    var resolvingProxy: HTTPClientConfiguration {
        var resolved = self
        let isNamed = ["http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"].contains { (name: String) in
            getenv(name).map { $0.pointee != 0 } ?? false
        }
        if case .environment = proxy, !isNamed { resolved.proxy = .none }
        return resolved
    }

    /// True where requests go straight to their servers.
    var isDirect: Bool { if case .none = proxy { true } else { false } }
}
