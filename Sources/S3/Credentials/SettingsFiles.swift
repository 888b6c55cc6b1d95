internal import Glibc

/// How files with settings are read: injected, so that tests need no home directory and a run reads nothing unasked.
public struct SettingsFiles: Sendable {
    /// What became of reading a file.
    public enum Reading: Sendable, Hashable {
        /// Its bytes, and its permission bits (`st_mode & 0o777`).
        case file([UInt8], mode: UInt32)
        /// There is none.
        case missing
        /// It exists, or may, but cannot be read: why.
        case unreadable(String)
    }

    private let reader: @Sendable (String) -> Reading
    private let modes: @Sendable (String) -> UInt32?

    /// Reads through `reader`, which is given an absolute or relative path.
    public init(_ reader: @escaping @Sendable (String) -> Reading) {
        self.init(reader) { path in
            if case .file(_, let mode) = reader(path) { mode } else { nil }
        }
    }

    private init(_ reader: @escaping @Sendable (String) -> Reading, modes: @escaping @Sendable (String) -> UInt32?) {
        self.reader = reader
        self.modes = modes
    }

    /// The file at `path`.
    public func read(_ path: String) -> Reading { reader(path) }

    /// The permission bits (`st_mode & 0o777`) of the regular file at `path`, which is not read; nil where there is none.
    public func mode(_ path: String) -> UInt32? { modes(path) }

    /// The real disk. A file larger than 4 MiB is refused: it is surely not one of settings.
    public static let disk = SettingsFiles { path in
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            let code = errno
            return code == ENOENT || code == ENOTDIR ? .missing : .unreadable(String(cString: strerror(code)))
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return .unreadable(String(cString: strerror(errno))) }
        guard status.st_mode & S_IFMT != S_IFDIR else { return .unreadable(String(cString: strerror(EISDIR))) }
        // Not the size that stat tells: the file may be a pipe, as a shell's <(…) is.
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            if count < 0 { return .unreadable(String(cString: strerror(errno))) }
            if count == 0 { break }
            bytes += chunk[..<count]
            if bytes.count > 4 << 20 { return .unreadable("it is larger than 4 MiB") }
        }
        return .file(bytes, mode: UInt32(status.st_mode) & 0o777)
    } modes: { path in
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        return UInt32(status.st_mode) & 0o777
    }
}

/// `~` and `$NAME` or `${NAME}` in a path, as botocore expands them (`os.path.expanduser`, `os.path.expandvars`); unknown names stay as they are.
func expandedPath(_ path: String, environment: [String: String]) -> String {
    var result = ""
    var rest = path[...]
    while let dollar = rest.firstIndex(of: "$") {
        result += rest[..<dollar]
        let after = rest[rest.index(after: dollar)...]
        let braced = after.hasPrefix("{")
        let name =
            braced ? after.dropFirst().prefix { $0 != "}" } : after.prefix { $0 == "_" || ($0.isASCII && ($0.isLetter || $0.isNumber)) }
        let closed = !braced || name.endIndex < rest.endIndex
        let end = braced && closed ? rest.index(after: name.endIndex) : name.endIndex
        if closed, !name.isEmpty, let value = environment[String(name)] { result += value } else { result += rest[dollar..<end] }
        rest = rest[end...]
    }
    result += rest
    guard result == "~" || result.hasPrefix("~/"), let home = environment["HOME"], !home.isEmpty else { return result }
    return (home.hasSuffix("/") ? String(home.dropLast()) : home) + result.dropFirst()
}

extension SettingsFiles {
    /// The text of a file that holds one value, without white space at its ends.
    func text(_ path: String) throws(CredentialError) -> String {
        switch read(path) {
        case .file(let bytes, _):
            guard let text = String(validating: bytes, as: UTF8.self)?.trimmingASCIISpace, !text.isEmpty,
                text.utf8.allSatisfy({ $0 >= 32 && $0 < 127 })
            else { throw .malformedFile(path: path, line: nil, reason: "it holds no token of one line") }
            return text
        case .missing: throw .unreadable(path: path, reason: "no such file")
        case .unreadable(let reason): throw .unreadable(path: path, reason: reason)
        }
    }
}
