internal import Glibc

/// Sends requests over libcurl, all on one event-loop thread, with connections and handles reused.
///
/// The executable must ignore SIGPIPE, and call `shutdown()` before it exits.
public final class HTTPClient: HTTPTransport {
    private let configuration: HTTPClientConfiguration
    private let readers: BodyReaders
    private let inbox: Inbox
    private let thread: Locked<pthread_t?>

    /// Starts the event loop. Throws `HTTPError.other` where no descriptor, handle or thread is to be had, and `HTTPError.invalidRequest` for a
    /// User-Agent with a line break.
    public init(_ configuration: HTTPClientConfiguration = HTTPClientConfiguration()) throws(HTTPError) {
        try RequestCheck.check(HTTPHeader("User-Agent", configuration.userAgent))
        let configuration = configuration.resolvingProxy
        self.configuration = configuration
        readers = BodyReaders(configuration)
        let loop = try EventLoop(configuration, readers: readers)
        inbox = loop.inbox
        guard let thread = startThread(named: "http loop", { loop.run() }) else {
            throw .other(code: Int(errno), "no thread for the event loop")
        }
        self.thread = Locked(thread)
    }

    /// Sends `request` and answers the response, whatever its status; throws where there is none.
    public func perform(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        try RequestCheck.check(request)
        if Task.isCancelled { throw .cancelled }
        let transfer = Transfer(
            request, userAgent: configuration.userAgent, isDirect: configuration.isDirect, expectFrom: configuration.expectFrom,
            readers: readers, inbox: inbox)
        let result = await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                transfer.continuation = continuation
                if !inbox.post(.start(transfer)) { transfer.finish(.failure(.cancelled)) }
            }
        } onCancel: {
            inbox.post(.cancel(transfer))
        }
        return try result.get()
    }

    /// Ends all requests with `HTTPError.cancelled`, closes the connections and waits for the event loop's thread. Later requests are refused in the
    /// same way. Must not be called from `onSend` or another callback.
    public func shutdown() {
        inbox.post(.stop)
        thread.withLock { thread in
            if let thread { pthread_join(thread, nil) }
            thread = nil
        }
        readers.stop()
    }

    deinit {
        inbox.post(.stop)
        readers.stop()
        // Not joined: the last reference may go away on the loop's own thread.
        thread.withLock { if let thread = $0 { pthread_detach(thread) } }
    }
}
