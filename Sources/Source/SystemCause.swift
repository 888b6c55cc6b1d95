internal import Glibc

/// The reason that the system gave for a failed call: its number and its words.
public struct SystemCause: Error, Sendable, Hashable, CustomStringConvertible {
    /// The value of `errno`.
    public let code: Int32

    /// Wraps a value of `errno`.
    public init(_ code: Int32) { self.code = code }

    /// The reason that the last call on this thread left behind.
    static var last: SystemCause { SystemCause(errno) }

    /// The system's words, such as "Permission denied".
    public var description: String {
        var buffer = [CChar](repeating: 0, count: 128)
        guard strerror_r(code, &buffer, buffer.count) == 0 else { return "error \(code)" }
        return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
