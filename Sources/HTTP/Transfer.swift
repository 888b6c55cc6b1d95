internal import Vocabulary

/// One request on its way through the event loop.
///
/// `@unchecked Sendable` is sound: the constants never change, and the variables belong to the loop's thread, but for `continuation`, which is set
/// before the transfer is posted to the loop.
final class Transfer: @unchecked Sendable {
    /// What the caller is told.
    typealias Result = Swift.Result<HTTPResponse, HTTPError>

    /// What the request's content looks like to libcurl.
    enum Content {
        /// No body.
        case none
        /// Bytes in memory, handed to libcurl by address. The array is kept here, unchanged, until the transfer is over, so that its storage
        /// stays where it is.
        case bytes([UInt8])
        /// Bytes read while they are sent.
        case window(BodyWindow)
    }

    /// The request's head as libcurl takes it.
    enum Head {
        /// Target and fields in one text.
        case verbatim(VerbatimHead)
        /// The fields; the target is in the URL.
        case fields(HeaderBlock)
    }

    let request: HTTPRequest
    private let userAgent: String
    let content: Content
    /// Where the answer's body goes, if not into memory.
    let sink: ResponseSink?
    /// The size of the content in bytes.
    let size: Int64
    /// The target and the header fields.
    private(set) var head: Head
    /// True where libcurl adds `Expect: 100-continue` of its own accord.
    private(set) var expects: Bool

    /// Who waits for the result.
    var continuation: UnsafeContinuation<Result, Never>?
    /// Set where a cancellation arrived, which may be before the start did.
    var isCancelled = false
    /// The handle that carries the transfer, while one does.
    var handle: EasyHandle?

    /// Lays out `request`, which has been checked; `isDirect` where no proxy stands between, which would be told another target.
    init(_ request: HTTPRequest, userAgent: String, isDirect: Bool, expectFrom: Int64, readers: BodyReaders, inbox: Inbox) {
        self.request = request
        self.userAgent = userAgent
        sink = request.onReceive.map { ResponseSink($0, readers: readers, inbox: inbox) }
        var suppressed: [String] = []
        switch request.body {
        case .source(let source) where source.size > 0:
            size = source.size
            content = .window(BodyWindow(source, readers: readers, inbox: inbox))
            // libcurl adds Expect to every upload; below the limit it costs a round trip and saves nothing.
            expects = size >= expectFrom
            if !expects { suppressed.append("Expect") }
        case .bytes(let bytes) where !bytes.isEmpty:
            size = Int64(bytes.count)
            content = .bytes(bytes)
            // To fields it adds Expect from 1 MiB on.
            expects = size >= expectFrom
            if !expects, size > 1 << 20 { suppressed.append("Expect") }
            suppressed.append("Content-Type")
        case .none, .bytes, .source:
            size = 0
            expects = false
            content = request.method == .put || request.method == .post ? .bytes([]) : .none
            if case .bytes = content { suppressed.append("Content-Type") }
        }
        if isDirect, let verbatim = VerbatimHead(request, userAgent: userAgent) {
            head = .verbatim(verbatim)
        } else {
            head = .fields(HeaderBlock(request.headers, userAgent: userAgent, suppressed: suppressed))
        }
    }

    /// Prepares to be sent again without `Expect`, which the server refuses (RFC 9110 §15.5.18); false where it was not sent.
    ///
    /// libcurl does this by itself, but not where the refusal also closes the connection.
    func dropExpect() -> Bool {
        guard expects else { return false }
        expects = false
        if case .fields = head {
            head = .fields(HeaderBlock(request.headers, userAgent: userAgent, suppressed: ["Expect", "Content-Type"]))
        }
        return true
    }

    /// Tells the caller, once the sink has all; the first result counts.
    func finish(_ result: Result) {
        if case .window(let window) = content { window.close() }
        guard let continuation else { return }
        self.continuation = nil
        guard let sink else { return continuation.resume(returning: result) }
        var isCancelled = false
        if case .failure(.cancelled) = result { isCancelled = true }
        sink.end(abandoned: isCancelled) { failure in
            continuation.resume(returning: failure.map { .failure(.sinkFailed($0)) } ?? result)
        }
    }
}
