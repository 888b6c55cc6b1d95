import Glibc
import Synchronization
import Testing
import Vocabulary

@testable import HTTP

@Suite struct LeakTests {
    /// Counts how many of it are alive.
    final class Token: Sendable {
        static let alive = Atomic<Int>(0)
        init() { Self.alive.add(1, ordering: .relaxed) }
        deinit { Self.alive.subtract(1, ordering: .relaxed) }
        func touch() {}
    }

    /// Bytes that hold a token.
    struct TokenBytes: ByteSource {
        let token = Token()
        let size: Int64 = 3000
        func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int64) -> Int {
            PatternBytes(size: size).read(into: buffer, at: offset)
        }
    }

    /// Ten thousand requests of all kinds, a hundredth of them reset: nothing that belongs to a request outlives it, and no descriptor is left.
    @Test func tenThousandRequestsLeaveNothing() async throws {
        let count = 10_000
        let jobs = 16
        let ok = FaultServer.Step.send("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc")
        let server = try FaultServer { _ in [FaultServer.Step](repeating: .request, count: 100).flatMap { [$0, ok] } + [.request, .reset] }
        try await withClient(server, { $0.maximumConnections = jobs }) { client in
            await withTaskGroup(of: Void.self) { group in
                for job in 0..<jobs {
                    group.addTask {
                        for i in stride(from: job, to: count, by: jobs) {
                            let token = Token()
                            let body: HTTPBody = [.none, .bytes([UInt8](repeating: 1, count: 3000)), .source(TokenBytes())][i % 3]
                            let outcome = await client.outcome(
                                HTTPRequest(
                                    method: [.get, .put, .put][i % 3], url: server.url("/\(i)"), body: body, onSend: { _ in token.touch() })
                            )
                            #expect(outcome == .status(200))
                        }
                    }
                }
            }
            #expect(descriptors(connectedTo: server.port) <= jobs)
            client.shutdown()
            #expect(descriptors(connectedTo: server.port) == 0)
        }
        #expect(Token.alive.load(ordering: .relaxed) == 0)
        // Those that were reset were repeated, each with its whole body.
        #expect(server.received.count > count)
        let streamed = PatternBytes(size: 3000).array
        for received in server.received where received.body.count > 0 {
            #expect(received.body == streamed || received.body == [UInt8](repeating: 1, count: 3000))
        }
    }

    @Test func shutDownClientsLeaveNothing() async throws {
        let count = 1000
        let before = eventDescriptors()
        for _ in 0..<count { try await withClient { _ in } }
        // Other tests have clients of their own at the same time, but not nearly as many.
        #expect(eventDescriptors() - before < count / 3)
    }

    /// The open sockets of this process whose peer is that port of loopback.
    private func descriptors(connectedTo port: UInt16) -> Int {
        openDescriptors().filter { descriptor in
            var address = sockaddr_in()
            var length = socklen_t(MemoryLayout<sockaddr_in>.size)
            let result = withUnsafeMutablePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getpeername(descriptor, $0, &length) }
            }
            return result == 0 && UInt16(bigEndian: address.sin_port) == port
        }.count
    }

    /// The open epoll sets and eventfds of this process.
    private func eventDescriptors() -> Int {
        openDescriptors().filter { descriptor in
            var target = [CChar](repeating: 0, count: 64)
            let count = readlink("/proc/self/fd/\(descriptor)", &target, target.count)
            return count > 0
                && String(decoding: target[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self).hasPrefix("anon_inode:[event")
        }.count
    }

    private func openDescriptors() -> [CInt] {
        guard let folder = opendir("/proc/self/fd") else { return [] }
        defer { closedir(folder) }
        var result: [CInt] = []
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
            if let descriptor = CInt(name) { result.append(descriptor) }
        }
        return result
    }
}
