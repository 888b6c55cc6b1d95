public import Vocabulary

/// A request method (RFC 9110 §9).
public enum HTTPMethod: String, Sendable {
    case get = "GET"
    case head = "HEAD"
    case put = "PUT"
    case post = "POST"
    case delete = "DELETE"
    case options = "OPTIONS"
}

/// One header field.
public struct HTTPHeader: Sendable, Hashable {
    /// The field's name, as it is to be sent.
    public let name: String
    /// The field's value, without CR, LF or NUL.
    public let value: String

    /// Creates a header field.
    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

/// What is sent as a request's content.
public enum HTTPBody: Sendable {
    /// No content, no Content-Length (PUT and POST send `Content-Length: 0`).
    case none
    /// Content held in memory.
    case bytes([UInt8])
    /// Content read while it is sent, outside the event-loop thread, through a bounded window; its size is the Content-Length.
    case source(any ByteSource)
}

/// One request. The URL is sent as it stands: it must be absolute and percent-encoded already, and `.` and `..` in its path stay.
public struct HTTPRequest: Sendable {
    /// The method.
    public var method: HTTPMethod
    /// The absolute, percent-encoded URL.
    public var url: String
    /// Header fields, sent in this order. Host, Content-Length and Connection are the transport's own, unless given here.
    public var headers: [HTTPHeader]
    /// The content.
    public var body: HTTPBody
    /// The most bytes of a response body that are kept; a longer one is `HTTPError.responseTooLarge`.
    public var maximumResponseBytes: Int
    /// Told on any thread how many further body bytes went out; negative where they are sent again after a retry within libcurl.
    public var onSend: (@Sendable (Int64) -> Void)?

    /// Given the body of a 2xx answer piece by piece, in order, instead of its being kept, and without `maximumResponseBytes`; called on a thread
    /// that may block, never after the request has ended. Its error ends the request with `HTTPError.sinkFailed`. A request that fails may have
    /// handed over part of the body.
    public var onReceive: (@Sendable (UnsafeRawBufferPointer) throws -> Void)?

    /// Creates a request.
    public init(
        method: HTTPMethod, url: String, headers: [HTTPHeader] = [], body: HTTPBody = .none,
        maximumResponseBytes: Int = 16 << 20, onSend: (@Sendable (Int64) -> Void)? = nil,
        onReceive: (@Sendable (UnsafeRawBufferPointer) throws -> Void)? = nil
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.maximumResponseBytes = maximumResponseBytes
        self.onSend = onSend
        self.onReceive = onReceive
    }
}
