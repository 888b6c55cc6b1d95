internal import Glibc
internal import Synchronization

/// Reads lines from a descriptor, blocking.
final class LineReader: Sendable {
    private let descriptor: Int32
    private let buffer = Mutex<[UInt8]>([])

    init(_ descriptor: Int32) { self.descriptor = descriptor }

    /// The next line without its newline.
    func next() throws -> String {
        try buffer.withLock { buffer in
            var searched = 0
            while true {
                if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
                    defer { buffer.removeSubrange(...end) }
                    return String(decoding: buffer[..<end], as: UTF8.self)
                }
                searched = buffer.count
                var chunk = [UInt8](repeating: 0, count: 65536)
                let count = read(descriptor, &chunk, chunk.count)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else {
                    throw LineProcess.Broken(description: "the process ended: \(String(decoding: buffer, as: UTF8.self))")
                }
                buffer += chunk[..<count]
            }
        }
    }
}
