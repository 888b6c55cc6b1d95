internal import Glibc
internal import Source
public import Vocabulary

/// A folder that objects are written to. Whatever their keys are, nothing is written outside of it: each folder on the way is opened by itself and no
/// symbolic link is followed (open(2), O_NOFOLLOW).
public final class OutputFolder: Sendable {
    /// The path as the user gave it.
    public let path: String
    private let descriptor: Int32

    /// Opens the folder at `path`, making it, and those above, where they are missing.
    public init(_ path: String) throws(OutputFault) {
        self.path = path
        var at = path.utf8.startIndex
        while let slash = path.utf8[path.utf8.index(after: at)...].firstIndex(of: UInt8(ascii: "/")), !path.isEmpty {
            at = slash
            mkdir(String(path[..<slash]), 0o777)
            if path.utf8.index(after: at) == path.utf8.endIndex { break }
        }
        if !path.hasSuffix("/") { mkdir(path, 0o777) }
        descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        if descriptor < 0 { throw .system(SystemCause(errno)) }
    }

    deinit { close(descriptor) }

    /// Where the file of that path below the folder is. Missing folders on the way are made where `making` says so.
    public func place(of path: Key, making: Bool = true) throws(OutputFault) -> OutputPlace {
        guard SourceFolder.mayHold(path.bytes) else { throw .unsafeKey }
        var names = path.bytes.split(separator: UInt8(ascii: "/"))
        guard let last = names.popLast() else { throw .unsafeKey }
        var folder = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
        guard folder >= 0 else { throw .system(SystemCause(errno)) }
        for name in names {
            let next = Self.openFolder(name, in: folder, making: making)
            close(folder)
            folder = try next.get()
        }
        return OutputPlace(folder: folder, name: Array(last))
    }

    private static func openFolder(_ name: ArraySlice<UInt8>, in folder: Int32, making: Bool) -> Result<Int32, OutputFault> {
        withCName(name) { name in
            // Two runs may make it at the same time.
            for _ in 0..<2 {
                let next = openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
                if next >= 0 { return .success(next) }
                switch errno {
                case ENOENT where making:
                    if mkdirat(folder, name, 0o777) != 0, errno != EEXIST { return .failure(.system(SystemCause(errno))) }
                case ENOTDIR, ELOOP:
                    var s = stat()
                    let isLink = fstatat(folder, name, &s, AT_SYMLINK_NOFOLLOW) == 0 && s.st_mode & S_IFMT == S_IFLNK
                    return .failure(.inTheWay(isLink ? .link : .file))
                default: return .failure(.system(SystemCause(errno)))
                }
            }
            return .failure(.system(SystemCause(ENOENT)))
        }
    }
}

/// Calls `body` with the bytes of a name and the zero that C wants behind them.
func withCName<R>(_ name: some Collection<UInt8>, _ body: (UnsafePointer<CChar>) -> R) -> R {
    var bytes = name.map { CChar(bitPattern: $0) }
    bytes.append(0)
    return bytes.withUnsafeBufferPointer { buffer in buffer.baseAddress.map(body) ?? "".withCString(body) }
}
