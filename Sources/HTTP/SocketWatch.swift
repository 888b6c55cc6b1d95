internal import CCurl
internal import Glibc

/// What libcurl wants to know of its sockets, laid over epoll.
///
/// libcurl withdraws its interest in a connection after each request and renews it with the next. Told to the kernel at once that would be two to
/// four system calls a request; told just before waiting, and not at all for a connection that is only idle, it is none.
struct SocketWatch {
    private struct Interest {
        var wanted: UInt32 = 0
        var registered: UInt32 = 0
        /// True for sockets whose closing libcurl announces to us. Others (the resolver's) it closes silently, after withdrawing its interest.
        var isConnection = false
        var isDirty = false
    }

    /// The epoll descriptor.
    let descriptor: CInt
    private var interests: [Interest] = []
    private var dirty: [CInt] = []

    /// Creates an epoll set in which `wakeDescriptor` is watched edge-triggered; nil where no descriptor is to be had.
    init?(wakeDescriptor: CInt) {
        descriptor = epoll_create1(CInt(EPOLL_CLOEXEC))
        if descriptor < 0 { return nil }
        var event = epoll_event(events: EPOLLIN.rawValue | EPOLLET.rawValue, data: epoll_data_t(fd: wakeDescriptor))
        if epoll_ctl(descriptor, EPOLL_CTL_ADD, wakeDescriptor, &event) != 0 {
            Glibc.close(descriptor)
            return nil
        }
    }

    /// Notes what libcurl wants of `socket` (CURLMOPT_SOCKETFUNCTION(3)).
    mutating func want(_ what: CInt, of socket: CInt) {
        grow(to: socket)
        let wanted: UInt32 =
            switch what {
            case CURL_POLL_IN: EPOLLIN.rawValue
            case CURL_POLL_OUT: EPOLLOUT.rawValue
            case CURL_POLL_INOUT: EPOLLIN.rawValue | EPOLLOUT.rawValue
            default: 0
            }
        interests[Int(socket)].wanted = wanted
        if wanted == 0, !interests[Int(socket)].isConnection {
            apply(0, to: socket)
        } else if !interests[Int(socket)].isDirty {
            interests[Int(socket)].isDirty = true
            dirty.append(socket)
        }
    }

    /// Notes a new connection's socket.
    mutating func opened(_ socket: CInt) {
        grow(to: socket)
        interests[Int(socket)].registered = 0
        interests[Int(socket)].isConnection = true
    }

    /// Closes a connection's socket, which takes it out of the epoll set.
    mutating func close(_ socket: CInt) -> CInt {
        grow(to: socket)
        interests[Int(socket)].wanted = 0
        interests[Int(socket)].registered = 0
        interests[Int(socket)].isConnection = false
        return Glibc.close(socket)
    }

    /// Tells the kernel what has changed. An idle connection stays registered for reading: the next request will want that again.
    mutating func flush() {
        for socket in dirty {
            interests[Int(socket)].isDirty = false
            let interest = interests[Int(socket)]
            if interest.wanted != 0 {
                apply(interest.wanted, to: socket)
            } else if interest.registered & EPOLLOUT.rawValue != 0 {
                apply(EPOLLIN.rawValue, to: socket)
            }
        }
        dirty.removeAll(keepingCapacity: true)
    }

    /// Whether libcurl is to hear of an event on `socket`. If not, an idle connection was closed by the peer, which libcurl finds out by itself; it
    /// is taken out of the set, since a level-triggered event would come again and again.
    mutating func isWanted(_ socket: CInt) -> Bool {
        guard Int(socket) < interests.count else { return false }
        if interests[Int(socket)].wanted != 0 { return true }
        apply(0, to: socket)
        return false
    }

    /// Closes the epoll set.
    func closeSet() { Glibc.close(descriptor) }

    private mutating func apply(_ events: UInt32, to socket: CInt) {
        let registered = interests[Int(socket)].registered
        if registered == events { return }
        var event = epoll_event(events: events, data: epoll_data_t(fd: socket))
        let operation = events == 0 ? EPOLL_CTL_DEL : registered == 0 ? EPOLL_CTL_ADD : EPOLL_CTL_MOD
        epoll_ctl(descriptor, operation, socket, &event)
        interests[Int(socket)].registered = events
    }

    private mutating func grow(to socket: CInt) {
        while interests.count <= Int(socket) { interests.append(Interest()) }
    }
}
