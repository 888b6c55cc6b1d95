internal import CCurl
internal import Glibc

/// A libcurl easy handle, set up once and used for one request after another. Everything here belongs to the loop's thread.
final class EasyHandle {
    let easy: UnsafeMutableRawPointer
    private let errorText: UnsafeMutablePointer<CChar>
    private unowned let loop: EventLoop
    private let expectFrom: Int64
    private let largeUploadBuffer: Int

    /// The transfer that is under way.
    private(set) var transfer: Transfer?
    private var head = AnswerHead()
    private var body: [UInt8] = []
    /// Why a callback broke the transfer off.
    private var failure: HTTPError?
    /// How often libcurl has begun to send the request.
    private var attempts = 0
    /// How many body bytes libcurl has been given in this attempt.
    private var given: Int64 = 0
    /// How many body bytes `onSend` has been told of.
    private var reported: Int64 = 0
    /// True while libcurl is paused for want of body bytes.
    private(set) var isWaitingForBody = false
    /// True while libcurl is paused because the sink has no room.
    private(set) var isWaitingForSink = false
    /// True while libcurl is paused because the limit on bytes a second is used up.
    private(set) var isThrottled = false
    /// Whether the answer's body goes to the sink, once known.
    private var feedsSink: Bool?
    /// The socket in use, for what the kernel knows of it.
    var socket: CInt = -1
    var stallWatch = StallWatch(now: 0)

    /// Scheme and authority of CURLOPT_URL; empty where it is a whole URL.
    private var origin: [UInt8] = []
    private var method: HTTPMethod?
    private var uploadBuffer = 0
    private var receiveBuffer = 0

    /// Creates a handle with the options that never change.
    init(_ configuration: HTTPClientConfiguration, loop: EventLoop, share: UnsafeMutableRawPointer?) throws(HTTPError) {
        guard let easy = curl_easy_init() else { throw .other(code: Int(CURLE_OUT_OF_MEMORY.rawValue), "no libcurl handle") }
        self.easy = easy
        self.loop = loop
        errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        expectFrom = configuration.expectFrom
        largeUploadBuffer = configuration.uploadBuffer
        try setUp(configuration, share: share)
        try setCallbacks()
    }

    private func setUp(_ configuration: HTTPClientConfiguration, share: UnsafeMutableRawPointer?) throws(HTTPError) {
        try set(CURLOPT_ERRORBUFFER, UnsafeRawPointer(errorText))
        try set(CURLOPT_SHARE, share.map { UnsafeRawPointer($0) })
        try set(CURLOPT_NOSIGNAL, 1)
        // On leaving, a resolver thread that hangs is not waited for.
        try set(CURLOPT_QUICK_EXIT, 1)
        try set(CURLOPT_PROTOCOLS_STR, "http,https")
        // With ALPN libcurl would take HTTP/2, whose single connection is slower for uploads and whose errors are others.
        try set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
        // Keys may have "." and ".." between slashes.
        try set(CURLOPT_PATH_AS_IS, 1)
        try set(CURLOPT_FOLLOWLOCATION, 0)
        try set(CURLOPT_HTTP_CONTENT_DECODING, 0)
        try set(CURLOPT_TCP_NODELAY, 1)
        try set(CURLOPT_TCP_KEEPALIVE, 1)
        try set(CURLOPT_CONNECTTIMEOUT_MS, configuration.connectTimeout.milliseconds)
        try set(CURLOPT_EXPECT_100_TIMEOUT_MS, configuration.expectTimeout.milliseconds)
        try set(CURLOPT_SSL_VERIFYPEER, configuration.verifyTLS ? 1 : 0)
        try set(CURLOPT_SSL_VERIFYHOST, configuration.verifyTLS ? 2 : 0)
        if let file = configuration.caFile { try set(CURLOPT_CAINFO, file) }
        if let path = configuration.caPath { try set(CURLOPT_CAPATH, path) }
        switch configuration.proxy {
        case .environment: break
        case .none:
            try set(CURLOPT_PROXY, "")
            // It would be looked up in the environment for each request.
            try set(CURLOPT_NOPROXY, "")
        case .url(let url): try set(CURLOPT_PROXY, url)
        }
    }

    private func setCallbacks() throws(HTTPError) {
        let this = UnsafeRawPointer(Unmanaged.passUnretained(self).toOpaque())
        for option in [
            CURLOPT_PRIVATE, CURLOPT_WRITEDATA, CURLOPT_HEADERDATA, CURLOPT_READDATA, CURLOPT_SEEKDATA, CURLOPT_PREREQDATA,
            CURLOPT_XFERINFODATA,
        ] {
            try set(option, this)
        }
        for option in [CURLOPT_SOCKOPTDATA, CURLOPT_CLOSESOCKETDATA] {
            try set(option, UnsafeRawPointer(Unmanaged.passUnretained(loop).toOpaque()))
        }
        try check(galleria_easy_set_transfer_callback(easy, CURLOPT_WRITEFUNCTION, receivedBody))
        try check(galleria_easy_set_transfer_callback(easy, CURLOPT_HEADERFUNCTION, receivedHead))
        try check(galleria_easy_set_transfer_callback(easy, CURLOPT_READFUNCTION, wantsBody))
        try check(galleria_easy_set_seek_callback(easy, seeksBody))
        try check(galleria_easy_set_attempt_callback(easy, beginsAttempt))
        try check(galleria_easy_set_progress_callback(easy, progressed))
        try check(galleria_easy_set_open_callback(easy, openedSocket))
        try check(galleria_easy_set_close_callback(easy, closesSocket))
    }

    /// Takes up `transfer` and sets what differs from request to request.
    func begin(_ transfer: Transfer, now: Int64) throws(HTTPError) {
        self.transfer = transfer
        transfer.handle = self
        head.clear()
        body = []
        failure = nil
        attempts = 0
        given = 0
        reported = 0
        isWaitingForBody = false
        isWaitingForSink = false
        isThrottled = false
        feedsSink = nil
        socket = -1
        stallWatch = StallWatch(now: now)
        errorText[0] = 0

        let request = transfer.request
        try setHead(transfer)
        // libcurl allocates the buffer for each transfer: a large one only pays where much is to come. The answer to an upload is a header.
        try setReceiveBuffer(transfer.sink != nil ? 1 << 17 : transfer.request.method == .put ? 1 << 12 : 1 << 14)
        // A small body is reported once, at its end.
        try set(CURLOPT_NOPROGRESS, request.onSend != nil && transfer.size > 1 << 16 ? 0 : 1)
        switch transfer.content {
        case .none:
            if request.method == method { break }
            try set(CURLOPT_HTTPGET, 1)
            if request.method == .head { try set(CURLOPT_NOBODY, 1) }
        case .bytes(let bytes):
            // As a POST of fields: up to 64 KiB libcurl sends head and body with one system call, straight from here.
            try set(CURLOPT_POST, 1)
            try check(galleria_easy_set_offset(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(transfer.size)))
            try set(CURLOPT_POSTFIELDS, bytes.withUnsafeBytes { $0.baseAddress ?? UnsafeRawPointer(errorText) })
            try setUploadBuffer(1 << 16)
        case .window:
            // Left behind from another request, fields keep libcurl from rewinding an upload.
            try set(CURLOPT_POSTFIELDS, UnsafeRawPointer?.none)
            try set(CURLOPT_UPLOAD, 1)
            try check(galleria_easy_set_offset(easy, CURLOPT_INFILESIZE_LARGE, curl_off_t(transfer.size)))
            try setUploadBuffer(transfer.size >= expectFrom ? largeUploadBuffer : 1 << 16)
        }
        if request.method != method {
            method = request.method
            try set(CURLOPT_CUSTOMREQUEST, request.method == .head || request.method == .get ? nil : request.method.rawValue)
        }
        if case .window(let window) = transfer.content { window.open() }
    }

    /// Lets go of the transfer and answers what became of it; `code` is libcurl's verdict.
    func end(_ code: CURLcode) -> Transfer.Result {
        defer {
            transfer?.handle = nil
            transfer = nil
        }
        guard let transfer else { return .failure(.cancelled) }
        let sent = offset(CURLINFO_SIZE_UPLOAD_T)
        report(sent)
        if let failure { return .failure(failure) }
        guard code == CURLE_OK else {
            var requestSize = 0
            galleria_easy_get_long(easy, CURLINFO_REQUEST_SIZE, &requestSize)
            let text = errorText[0] == 0 ? String(cString: curl_easy_strerror(code)) : String(cString: errorText)
            let fault = CurlFault(
                code: code, text: text, url: transfer.request.url, isConnected: isConnected,
                bodySent: requestSize > 0 && sent >= transfer.size)
            return .failure(fault.error)
        }
        guard head.isComplete else {
            // libcurl is content with a connection that ends within the header.
            return .failure(.connectionLost("the connection was closed within the answer's header", bodySent: sent >= transfer.size))
        }
        return .success(HTTPResponse(status: status, head: [UInt8](head.lines), body: body))
    }

    /// Whether the handle may carry another transfer. libcurl counts repetitions on a new connection over a handle's whole life and refuses the
    /// sixth, and a handle that ends paused stays so.
    var isReusable: Bool { attempts <= 1 && !isPaused }

    /// True while libcurl is paused.
    private var isPaused: Bool { isWaitingForBody || isWaitingForSink || isThrottled }

    /// Whether the connection stands, TLS included.
    var isConnected: Bool { offset(CURLINFO_PRETRANSFER_TIME_T) > 0 }

    /// The bytes that went out and came in.
    var moved: (sent: Int64, received: Int64) {
        (offset(CURLINFO_SIZE_UPLOAD_T), offset(CURLINFO_SIZE_DOWNLOAD_T) + Int64(head.lines.count))
    }

    /// Whether a request's body was sent in full.
    var isBodySent: Bool { isConnected && offset(CURLINFO_SIZE_UPLOAD_T) >= (transfer?.size ?? 0) }

    private var status: Int {
        var value = 0
        galleria_easy_get_long(easy, CURLINFO_RESPONSE_CODE, &value)
        return value
    }

    private func offset(_ info: CURLINFO) -> Int64 {
        var value: curl_off_t = 0
        galleria_easy_get_offset(easy, info, &value)
        return Int64(value)
    }

    deinit {
        curl_easy_cleanup(easy)
        errorText.deallocate()
    }
}

// MARK: - What libcurl calls

extension EasyHandle {
    /// Takes a line of a header: of the answer, of an interim answer before it, or of a trailer, which is dropped.
    func receiveHead(_ line: UnsafeRawBufferPointer) -> Bool {
        if head.take(line) { return true }
        failure = .malformedResponse("the answer's header is larger than \(AnswerHead.maximumSize) bytes")
        return false
    }

    /// Takes a piece of the answer's body; answers how many bytes were taken, or that libcurl is to pause.
    func receiveBody(_ bytes: UnsafeRawBufferPointer) -> Int {
        guard let transfer else { return 0 }
        if let sink = transfer.sink, isForSink {
            switch sink.give(bytes, for: transfer) {
            case .taken: return bytes.count
            case .refused: return 0
            case .full:
                isWaitingForSink = true
                return Int(CURL_WRITEFUNC_PAUSE)
            }
        }
        guard body.count + bytes.count <= transfer.request.maximumResponseBytes else {
            failure = .responseTooLarge(limit: transfer.request.maximumResponseBytes)
            return 0
        }
        body.append(contentsOf: bytes)
        return bytes.count
    }

    private var isForSink: Bool {
        if let feedsSink { return feedsSink }
        let isSuccess = (200..<300).contains(status)
        feedsSink = isSuccess
        return isSuccess
    }

    /// Gives libcurl bytes to send, or has it pause.
    func giveBody(_ buffer: UnsafeMutableRawBufferPointer) -> Int {
        guard let transfer, case .window(let window) = transfer.content else { return 0 }
        guard let allowance = loop.sendLimit.allowance(for: transfer) else {
            isThrottled = true
            return Int(CURL_READFUNC_PAUSE)
        }
        let room = UnsafeMutableRawBufferPointer(rebasing: buffer[..<min(buffer.count, allowance)])
        switch window.take(into: room, for: transfer) {
        case .bytes(let count):
            loop.sendLimit.charge(count)
            given += Int64(count)
            return count
        case .nothingYet:
            isWaitingForBody = true
            return Int(CURL_READFUNC_PAUSE)
        case .failed(let error):
            failure = error
            return Int(CURL_READFUNC_ABORT)
        }
    }

    /// Begins to send the request, on this connection or, where that was dead, on another.
    ///
    /// libcurl rewinds the body for another attempt only where some of it was sent; what was given and not sent would be left out.
    func beginAttempt() {
        attempts += 1
        if given > 0 { _ = seekBody(to: 0) }
    }

    /// Goes back in the body, where libcurl repeats a request on a new connection.
    func seekBody(to offset: Int64) -> Bool {
        guard let transfer, case .window(let window) = transfer.content else { return false }
        window.seek(to: offset)
        given = offset
        return true
    }

    /// Tells `onSend` how far the body has got.
    func report(_ sent: Int64) {
        guard sent != reported, let onSend = transfer?.request.onSend else { return }
        onSend(sent - reported)
        reported = sent
    }

    /// What became of an attempt to go on.
    enum Resumption {
        case done
        /// Between two connections, when a request is repeated because the first was dead, libcurl refuses to go on but stays paused.
        case notYet
        /// The transfer is over: libcurl handed over what it had kept, which was refused, and does not notice that by itself.
        case failed(CURLcode)
    }

    /// Has libcurl go on with what it was paused for.
    func resume() -> Resumption {
        guard isPaused else { return .done }
        // Before the call, in which libcurl may call back and be told to wait again.
        let before = (isWaitingForBody, isWaitingForSink, isThrottled)
        (isWaitingForBody, isWaitingForSink, isThrottled) = (false, false, false)
        switch curl_easy_pause(easy, CURLPAUSE_CONT) {
        case CURLE_OK:
            return .done
        case CURLE_BAD_FUNCTION_ARGUMENT:
            (isWaitingForBody, isWaitingForSink, isThrottled) = before
            return .notYet
        case let code:
            return .failed(code)
        }
    }
}

// MARK: - Options

extension EasyHandle {
    /// Sets where `transfer` goes, and its header fields.
    private func setHead(_ transfer: Transfer) throws(HTTPError) {
        let url = transfer.request.url
        switch transfer.head {
        case .verbatim(let head):
            // The rest of the URL is in the text: most requests go where the last one went.
            let origin = url.utf8.prefix(head.originLength)
            if !self.origin.elementsEqual(origin) {
                self.origin = []
                try set(CURLOPT_URL, String(decoding: origin, as: UTF8.self) + "/")
                self.origin = [UInt8](origin)
            }
            try set(CURLOPT_REQUEST_TARGET, UnsafeRawPointer(head.text))
            try set(CURLOPT_HTTPHEADER, UnsafeRawPointer(VerbatimHead.leftOut(expects: transfer.expects)))
        case .fields(let fields):
            origin = []
            try set(CURLOPT_URL, url)
            try set(CURLOPT_REQUEST_TARGET, UnsafeRawPointer?.none)
            try set(CURLOPT_HTTPHEADER, UnsafeRawPointer(fields.first))
        }
    }

    private func setUploadBuffer(_ size: Int) throws(HTTPError) {
        if size == uploadBuffer { return }
        uploadBuffer = size
        try set(CURLOPT_UPLOAD_BUFFERSIZE, size)
    }

    private func setReceiveBuffer(_ size: Int) throws(HTTPError) {
        if size == receiveBuffer { return }
        receiveBuffer = size
        try set(CURLOPT_BUFFERSIZE, size)
    }

    private func set(_ option: CURLoption, _ value: Int) throws(HTTPError) { try check(galleria_easy_set_long(easy, option, value)) }

    private func set(_ option: CURLoption, _ value: UnsafeRawPointer?) throws(HTTPError) {
        try check(galleria_easy_set_pointer(easy, option, value))
    }

    private func set(_ option: CURLoption, _ value: String?) throws(HTTPError) {
        guard let value else { return try set(option, UnsafeRawPointer?.none) }
        try check(value.withCString { galleria_easy_set_string(easy, option, $0) })
    }

    private func check(_ code: CURLcode) throws(HTTPError) {
        if code != CURLE_OK { throw .other(code: Int(code.rawValue), String(cString: curl_easy_strerror(code))) }
    }
}
