internal import Glibc
internal import Vocabulary

/// Who holds a lock, as the lock itself tells.
public struct LockHolder: Sendable, Hashable {
    /// The process's number.
    public let pid: Int32
    /// When it started to work, in seconds since 1970.
    public let started: Int64
    /// The machine's name.
    public let host: String

    /// Names a holder.
    public init(pid: Int32, started: Int64, host: String) {
        self.pid = pid
        self.started = started
        self.host = host
    }

    /// This process, at work since `started`, in seconds since 1970.
    public static func own(started: Int64) -> LockHolder {
        var name = [CChar](repeating: 0, count: 256)
        let known = gethostname(&name, name.count - 1) == 0
        let host = String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        return LockHolder(pid: getpid(), started: started, host: known ? host : "")
    }

    /// The holder's three fields as a line of text.
    var line: String { "\(pid) \(started) \(host)\n" }

    /// Reads such a line; nil where it is none.
    init?(line: some StringProtocol) {
        let words = line.split(maxSplits: 2, omittingEmptySubsequences: false) { $0 == " " || $0 == "\n" }
        guard words.count == 3, let pid = Int32(words[0]), let started = Int64(words[1]) else { return nil }
        self.init(pid: pid, started: started, host: String(words[2].prefix { $0 != "\n" }))
    }
}

extension LockHolder: CustomStringConvertible {
    /// The holder in words: its process, its machine, and since when, by the local clock.
    public var description: String {
        var text = "process \(pid)"
        if !host.isEmpty { text += " on \(host.escapedForTerminal)" }
        var seconds = time_t(started)
        var fields = tm()
        var buffer = [CChar](repeating: 0, count: 64)
        if localtime_r(&seconds, &fields) != nil, strftime(&buffer, buffer.count, "%Y-%m-%d %H:%M:%S %z", &fields) > 0 {
            text += ", at work since " + String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        }
        return text
    }
}
