internal import Glibc

/// Tells whether symbolic links lead out of a folder. The links' real ends are compared: text alone errs below folders that are links themselves.
struct LinkSafety {
    /// The folder's real path with a slash behind it; nil where the system does not tell.
    private let root: [UInt8]?
    /// `O_PATH` of open(2), which opens anything without reading it; the C library shows it only to those who define _GNU_SOURCE.
    private static let withoutReading: Int32 = 0o10_000_000

    init(below descriptor: Int32) {
        root = Self.path(of: descriptor).map { $0 == [UInt8(ascii: "/")] ? $0 : $0 + [UInt8(ascii: "/")] }
    }

    /// True where the link `name` of the folder `descriptor` leads out, or where that cannot be told. A link that leads nowhere does not.
    func leadsOut(_ name: UnsafePointer<CChar>, of descriptor: Int32) -> Bool {
        let target = openat(descriptor, name, Self.withoutReading | O_CLOEXEC)
        guard target >= 0 else { return errno != ENOENT && errno != ELOOP }
        defer { close(target) }
        guard let root, let path = Self.path(of: target) else { return true }
        return !path.starts(with: root) && path + [UInt8(ascii: "/")] != root
    }

    /// Where an open file really lies (proc(5), /proc/pid/fd).
    private static func path(of descriptor: Int32) -> [UInt8]? {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
        let count = readlink("/proc/self/fd/\(descriptor)", &buffer, buffer.count)
        return count > 0 && count <= Int(PATH_MAX) ? buffer.prefix(count).map(UInt8.init(bitPattern:)) : nil
    }
}
