import Glibc

extension FaultServer {
    /// One accepted connection, on a thread of its own.
    struct Connection {
        let socket: CInt
        let number: Int
        private var pending: [UInt8] = []
        private var expectedBody = 0

        init(socket: CInt, number: Int) {
            self.socket = socket
            self.number = number
        }

        /// Follows `steps` and tells of each request that has arrived in full; ends early where the client does.
        mutating func run(_ steps: [Step], received: (Received) -> Void) {
            for step in steps {
                switch step {
                case .request:
                    guard let head = readHead(), let body = read(expectedBody) else { return }
                    received(Received(head: head, body: body, connection: number))
                case .head:
                    guard let head = readHead() else { return }
                    received(Received(head: head, body: [], connection: number))
                case .body(let count):
                    if read(count) == nil { return }
                case .drain:
                    while more() {}
                case .send(let text):
                    send([UInt8](text.utf8))
                case .zeros(let count):
                    send([UInt8](repeating: 0, count: count))
                case .pattern(let count):
                    send(PatternBytes(size: Int64(count)).array)
                case .open(let gate):
                    gate.open()
                case .wait(let gate):
                    gate.wait()
                case .stall:
                    // Readable without reading: an end of stream that arrives behind unread bytes is seen as POLLRDHUP.
                    var poll = pollfd(fd: socket, events: Int16(0x2000), revents: 0)
                    while Glibc.poll(&poll, 1, -1) < 0, errno == EINTR {}
                    return
                case .reset:
                    var linger = linger(l_onoff: 1, l_linger: 0)
                    setsockopt(socket, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout.size(ofValue: linger)))
                    return
                case .shutdown:
                    Glibc.shutdown(socket, CInt(SHUT_WR))
                }
            }
        }

        private mutating func readHead() -> String? {
            while true {
                if let end = pending.firstRange(of: [13, 10, 13, 10]) {
                    let head = String(decoding: pending[..<end.upperBound], as: UTF8.self)
                    pending.removeSubrange(..<end.upperBound)
                    let length = head.split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-length:") }
                    expectedBody = length.flatMap { Int($0.dropFirst(15).filter(\.isNumber)) } ?? 0
                    return head
                }
                if !more() { return nil }
            }
        }

        private mutating func read(_ count: Int) -> [UInt8]? {
            while pending.count < count { if !more() { return nil } }
            defer { pending.removeSubrange(..<count) }
            return [UInt8](pending[..<count])
        }

        private mutating func more() -> Bool {
            var buffer = [UInt8](repeating: 0, count: 1 << 16)
            let count = recv(socket, &buffer, buffer.count, 0)
            if count > 0 { pending += buffer[..<count] }
            return count > 0
        }

        private func send(_ bytes: [UInt8]) {
            var sent = 0
            while sent < bytes.count {
                let count = bytes.withUnsafeBytes {
                    Glibc.send(socket, $0.baseAddress.map { $0 + sent }, $0.count - sent, CInt(MSG_NOSIGNAL))
                }
                if count <= 0 { return }
                sent += count
            }
        }
    }
}
