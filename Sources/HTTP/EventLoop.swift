internal import CCurl
internal import Glibc

/// The one thread that owns libcurl's handles. It sleeps in epoll until a socket is ready, a timer is due or there is mail, and touches neither the
/// disk nor a lock that is held for long.
///
/// `@unchecked Sendable` is sound: other threads use only `inbox` and the constants; every variable belongs to the loop's thread, or to the one that
/// creates the loop before that thread starts.
final class EventLoop: @unchecked Sendable {
    let inbox: Inbox
    private let configuration: HTTPClientConfiguration
    private let limits: StallWatch.Limits
    private let readers: BodyReaders
    private let multi: UnsafeMutableRawPointer
    private let share: UnsafeMutableRawPointer?

    var watch: SocketWatch
    private var timer: Int64?
    private var nextSweep = Int64.max
    private var idle: [EasyHandle] = []
    private var active: [ObjectIdentifier: EasyHandle] = [:]
    private var queued: [Transfer] = []
    private var unresumed: [Transfer] = []
    var sendLimit: SendLimit
    private var isStopping = false

    init(_ configuration: HTTPClientConfiguration, readers: BodyReaders) throws(HTTPError) {
        _ = Self.libcurl
        guard let inbox = Inbox(), let watch = SocketWatch(wakeDescriptor: inbox.wakeDescriptor) else {
            throw .other(code: Int(errno), "no descriptor for the event loop")
        }
        guard let multi = curl_multi_init() else {
            watch.closeSet()
            throw .other(code: Int(CURLE_OUT_OF_MEMORY.rawValue), "no libcurl multi handle")
        }
        self.inbox = inbox
        self.watch = watch
        self.multi = multi
        self.configuration = configuration
        self.readers = readers
        limits = StallWatch.Limits(
            stall: configuration.stallTimeout.nanoseconds, bytesPerSecond: Int64(configuration.stallBytesPerSecond),
            request: configuration.requestTimeout?.nanoseconds, bodyRead: configuration.bodyReadTimeout.nanoseconds)
        sendLimit = SendLimit(bytesPerSecond: configuration.sendBytesPerSecond)
        // TLS sessions are resumed across handles; all are used by one thread, so that the share needs no locks.
        share = curl_share_init()
        _ = galleria_share_set_long(share, CURLSHOPT_SHARE, Int(CURL_LOCK_DATA_SSL_SESSION.rawValue))

        let this = Unmanaged.passUnretained(self).toOpaque()
        galleria_multi_set_long(multi, CURLMOPT_MAXCONNECTS, configuration.maximumConnections)
        galleria_multi_set_pointer(multi, CURLMOPT_SOCKETDATA, this)
        galleria_multi_set_socket_callback(multi, wantsSocket)
        galleria_multi_set_pointer(multi, CURLMOPT_TIMERDATA, this)
        galleria_multi_set_timer_callback(multi, wantsTimer)
    }

    /// Runs until it is told to stop. On the loop's own thread.
    func run() {
        var mail: [Inbox.Message] = []
        var events = [epoll_event](repeating: epoll_event(), count: 128)
        while true {
            inbox.take(into: &mail)
            for message in mail { receive(message) }
            if isStopping { break }
            fireTimer()
            resumeAgain()
            release()
            reap()
            watch.flush()
            let count = epoll_wait(watch.descriptor, &events, CInt(events.count), inbox.prepareToSleep() ? sleepMilliseconds : CInt(0))
            for event in events.prefix(Int(max(count, 0))) { react(to: event) }
            if nextSweep != .max { sweep() }
        }
        tearDown()
    }

    private func receive(_ message: Inbox.Message) {
        switch message {
        case .start(let transfer): start(transfer)
        case .resume(let transfer): resume(transfer)
        case .stop: isStopping = true
        case .cancel(let transfer):
            transfer.isCancelled = true
            if let handle = transfer.handle {
                finish(handle, with: .failure(.cancelled))
            } else if let index = queued.firstIndex(where: { $0 === transfer }) {
                queued.remove(at: index)
                transfer.finish(.failure(.cancelled))
            }
        }
    }

    // MARK: - Transfers

    private func start(_ transfer: Transfer) {
        if transfer.isCancelled { return transfer.finish(.failure(.cancelled)) }
        if !hasRoom(for: transfer) { return queued.append(transfer) }
        do throws(HTTPError) {
            let handle = try idleHandle()
            let now = monotonicNanoseconds()
            active[ObjectIdentifier(handle)] = handle
            if nextSweep == .max { nextSweep = now + limits.interval }
            do throws(HTTPError) {
                try handle.begin(transfer, now: now)
                if case .bytes(let bytes) = transfer.content { sendLimit.charge(bytes.count) }
                let code = curl_multi_add_handle(multi, handle.easy)
                guard code == CURLM_OK else { throw .other(code: Int(code.rawValue), String(cString: curl_multi_strerror(code))) }
            } catch {
                finish(handle, with: .failure(error))
            }
        } catch {
            transfer.finish(.failure(error))
        }
    }

    private func idleHandle() throws(HTTPError) -> EasyHandle {
        if let handle = idle.popLast() { return handle }
        return try EasyHandle(configuration, loop: self, share: share)
    }

    private func resume(_ transfer: Transfer) {
        guard let handle = transfer.handle else { return }
        switch handle.resume() {
        case .done: break
        case .notYet: unresumed.append(transfer)
        case .failed(let code): finish(handle, code)
        }
    }

    private func resumeAgain() {
        if unresumed.isEmpty { return }
        let transfers = unresumed
        unresumed = []
        for transfer in transfers { resume(transfer) }
    }

    /// Takes finished transfers out of libcurl.
    private func reap() {
        var left: CInt = 0
        while let message = curl_multi_info_read(multi, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle else { continue }
            let code = galleria_message_result(message)
            var owner: UnsafeMutableRawPointer?
            galleria_easy_get_private(easy, &owner)
            if let owner { finish(Unmanaged<EasyHandle>.fromOpaque(owner).takeUnretainedValue(), code) }
        }
    }

    /// Ends a transfer as libcurl has it.
    private func finish(_ handle: EasyHandle, _ code: CURLcode) {
        let transfer = handle.transfer
        release(handle)
        let result = handle.end(code)
        keep(handle)
        if case .success(let response) = result, response.status == 417, let transfer, transfer.dropExpect() {
            start(transfer)
        } else {
            transfer?.finish(result)
            startQueued()
        }
    }

    /// Breaks a transfer off.
    private func finish(_ handle: EasyHandle, with result: Transfer.Result) {
        let transfer = handle.transfer
        release(handle)
        _ = handle.end(CURLE_ABORTED_BY_CALLBACK)
        keep(handle)
        transfer?.finish(result)
        startQueued()
    }

    private func release(_ handle: EasyHandle) {
        curl_multi_remove_handle(multi, handle.easy)
        active[ObjectIdentifier(handle)] = nil
        if active.isEmpty { nextSweep = .max }
    }

    private func keep(_ handle: EasyHandle) {
        if handle.isReusable { idle.append(handle) }
    }

    private var maximumActive: Int { max(configuration.maximumConnections, 1) }

    private func hasRoom(for transfer: Transfer) -> Bool { active.count < maximumActive && sendLimit.mayStart(transfer) }

    /// Lets go on what the limit on bytes a second held back.
    private func release() {
        guard let transfers = sendLimit.release() else { return }
        for transfer in transfers { resume(transfer) }
        startQueued()
    }

    private func startQueued() {
        if isStopping { return }
        while active.count < maximumActive, let index = queued.firstIndex(where: { hasRoom(for: $0) }) { start(queued.remove(at: index)) }
    }

    /// Looks for transfers that stand still, once in a while.
    private func sweep() {
        let now = monotonicNanoseconds()
        if now < nextSweep { return }
        nextSweep = now + limits.interval
        for handle in [EasyHandle](active.values) {
            let (sent, received) = handle.moved
            // What lies in the socket's queue has not moved yet.
            var unsent: CInt = 0
            if handle.socket >= 0 { _ = ioctl(handle.socket, UInt(TIOCOUTQ), &unsent) }
            let verdict = handle.stallWatch.observe(
                now: now, moved: sent + received - Int64(unsent), isConnected: handle.isConnected,
                isWaitingForBody: handle.isWaitingForBody, isHeldBack: handle.isWaitingForSink || handle.isThrottled,
                limits: limits)
            switch verdict {
            case .fine: break
            case .stalled:
                let limit = "\(configuration.stallBytesPerSecond) bytes a second for \(configuration.stallTimeout)"
                finish(handle, with: .failure(.timedOut("slower than \(limit)", bodySent: handle.isBodySent)))
            case .tooLong:
                finish(handle, with: .failure(.timedOut("not complete after \(limits.request ?? 0)", bodySent: handle.isBodySent)))
            case .bodyStalled:
                readers.readerStuck()
                finish(handle, with: .failure(.bodyUnreadable(BodyReadTimeout(limit: configuration.bodyReadTimeout))))
            }
        }
    }

    // MARK: - Sockets and timers

    private func react(to event: epoll_event) {
        let socket = event.data.fd
        if socket == inbox.wakeDescriptor || !watch.isWanted(socket) { return }
        var what: CInt = 0
        if event.events & EPOLLIN.rawValue != 0 { what |= CURL_CSELECT_IN }
        // Before it sends on, libcurl is to look for an answer: a server that refuses a body answers first and then resets the connection.
        if event.events & EPOLLOUT.rawValue != 0 { what |= CURL_CSELECT_OUT | CURL_CSELECT_IN }
        // Told of an error alone, libcurl gives up without reading why, and does not repeat the request on another connection.
        if event.events & (EPOLLERR.rawValue | EPOLLHUP.rawValue) != 0 { what |= CURL_CSELECT_IN | CURL_CSELECT_OUT }
        var running: CInt = 0
        curl_multi_socket_action(multi, socket, what, &running)
    }

    /// Notes when libcurl wants to be called without a socket being ready (CURLMOPT_TIMERFUNCTION(3)); -1 for not at all.
    func setTimer(milliseconds: Int) {
        timer = milliseconds < 0 ? nil : milliseconds == 0 ? 0 : monotonicNanoseconds() + Int64(milliseconds) * 1_000_000
    }

    private func fireTimer() {
        guard let due = timer, due == 0 || due <= monotonicNanoseconds() else { return }
        timer = nil
        var running: CInt = 0
        curl_multi_socket_action(multi, CURL_SOCKET_TIMEOUT, 0, &running)
        if timer == nil {
            // libcurl announces changes only: where it found itself called too early, it says nothing.
            var milliseconds = -1
            curl_multi_timeout(multi, &milliseconds)
            setTimer(milliseconds: milliseconds)
        }
    }

    private var sleepMilliseconds: CInt {
        if timer == 0 { return 0 }
        let next = min(timer ?? .max, nextSweep, sendLimit.nextRelease)
        if next == .max { return -1 }
        return CInt(clamping: max(0, (next - monotonicNanoseconds() + 999_999) / 1_000_000))
    }

    // MARK: - The end

    private func tearDown() {
        for handle in [EasyHandle](active.values) { finish(handle, with: .failure(.cancelled)) }
        for transfer in queued { transfer.finish(.failure(.cancelled)) }
        queued = []
        unresumed = []
        idle = []
        curl_multi_cleanup(multi)
        curl_share_cleanup(share)
        watch.closeSet()
    }

    /// libcurl's own set-up, once in a process.
    private static let libcurl: Bool = curl_global_init(Int(CURL_GLOBAL_ALL)) == CURLE_OK
}
