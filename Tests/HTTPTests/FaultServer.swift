import Glibc

@testable import HTTP

/// A server on loopback that follows a script: one list of steps for each connection, in the order in which they are accepted. Connections beyond
/// the script are closed at once.
final class FaultServer: Sendable {
    enum Step: Sendable {
        /// Reads a request's head, and its body as far as Content-Length goes.
        case request
        /// Reads a request's head only.
        case head
        /// Reads that many bytes of the body of the request whose head was read last.
        case body(Int)
        /// Reads until the client closes.
        case drain
        case send(String)
        /// Sends that many zero bytes.
        case zeros(Int)
        /// Sends that many bytes of the pattern.
        case pattern(Int)
        /// Opens a gate for the test.
        case open(Gate)
        /// Waits for the test to open a gate.
        case wait(Gate)
        /// Does nothing until the client closes or the server stops, and reads nothing.
        case stall
        /// Ends the connection with RST.
        case reset
        /// Closes for sending, so that the client sees the end of the stream.
        case shutdown
    }

    /// A request as it arrived.
    struct Received: Sendable {
        var head: String
        var body: [UInt8]
        var connection: Int
    }

    private struct State {
        var received: [Received] = []
        var accepted = 0
        var open: Set<CInt> = []
        var peak = 0
        var isStopped = false
    }

    let port: UInt16
    private let listener: CInt
    private let script: @Sendable (Int) -> [Step]
    private let state = Locked(State())

    /// Starts a server whose nth connection follows `script(n)`.
    init(receiveBuffer: CInt? = nil, _ script: @escaping @Sendable (Int) -> [Step]) throws {
        (listener, port) = try Self.listen(receiveBuffer: receiveBuffer)
        self.script = script
        startTestThread { self.accept() }
    }

    /// Starts a server with a script for each connection.
    convenience init(receiveBuffer: CInt? = nil, _ connections: [Step]...) throws {
        try self.init(receiveBuffer: receiveBuffer) { $0 < connections.count ? connections[$0] : [] }
    }

    /// The requests so far, in the order in which they were complete.
    var received: [Received] { state.withLock { $0.received } }
    /// How many connections were accepted so far.
    var accepted: Int { state.withLock { $0.accepted } }
    /// The most connections that were open at once.
    var peak: Int { state.withLock { $0.peak } }

    func url(_ path: String = "/", scheme: String = "http") -> String { "\(scheme)://127.0.0.1:\(port)\(path)" }

    /// Breaks all connections off and stops listening.
    func stop() {
        let open = state.withLock { state in
            state.isStopped = true
            return state.open
        }
        Glibc.shutdown(listener, CInt(SHUT_RDWR))
        for socket in open { Glibc.shutdown(socket, CInt(SHUT_RDWR)) }
    }

    /// A port of loopback on which nothing listens.
    static func refusingPort() throws -> UInt16 {
        let (socket, port) = try listen(receiveBuffer: nil)
        close(socket)
        return port
    }

    private func accept() {
        while true {
            let socket = Glibc.accept(listener, nil, nil)
            // A program that another test starts must not inherit it: a closed connection would stay open. (Swift's Glibc module hides accept4.)
            if socket >= 0 { _ = fcntl(socket, F_SETFD, FD_CLOEXEC) }
            if socket < 0 {
                if errno == EINTR || errno == ECONNABORTED { continue }
                break
            }
            let number: Int? = state.withLock { state in
                if state.isStopped { return nil }
                state.accepted += 1
                state.open.insert(socket)
                state.peak = max(state.peak, state.open.count)
                return state.accepted - 1
            }
            guard let number else {
                close(socket)
                break
            }
            startTestThread { [script] in
                var connection = Connection(socket: socket, number: number)
                connection.run(script(number)) { received in
                    self.state.withLock { $0.received.append(received) }
                }
                self.state.withLock { _ = $0.open.remove(socket) }
                close(socket)
            }
        }
        close(listener)
    }

    private static func listen(receiveBuffer: CInt?) throws -> (CInt, UInt16) {
        let listener = socket(AF_INET, CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
        if var size = receiveBuffer { setsockopt(listener, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<CInt>.size)) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(listener, address, length) == 0 && Glibc.listen(listener, 1024) == 0 && getsockname(listener, address, &length) == 0
            }
        }
        guard result else { throw CannotListen(code: errno) }
        return (listener, UInt16(bigEndian: address.sin_port))
    }

    struct CannotListen: Error { let code: CInt }
}
