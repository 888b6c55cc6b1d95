internal import Glibc

/// Where the configuration file is found, and how it is read from the disk.
public enum ConfigurationFile {
    /// The names it may have.
    public static let names = ["galleria-deploy.yml", "galleria-deploy.yaml"]

    /// The largest file that is read, in bytes.
    public static let maximumSize = 1 << 20

    /// Finds the file that `--config` names, or else the nearest one in `folder` and the folders above it; nil where there is none.
    ///
    /// A file that another user (not root) put into a folder that others can write to, such as `/tmp`, is refused unless it is named: a
    /// configuration decides what is published and deleted.
    /// - Parameters:
    ///   - folder: The working folder, an absolute path.
    ///   - explicit: The value of `--config`, relative to the working folder.
    /// - Throws: `notFound`, `unreadable`, `ambiguous`, `foreign`.
    public static func find(from folder: String, explicit: String? = nil) throws(ConfigurationError) -> String? {
        if let explicit {
            guard try isFile(explicit.hasPrefix("/") ? explicit : join(folder, explicit)) else { throw .notFound(path: explicit) }
            return explicit.hasPrefix("/") ? explicit : join(folder, explicit)
        }
        var folder = folder
        while true {
            var found: [String] = []
            for name in names where try isFile(join(folder, name)) { found.append(join(folder, name)) }
            if found.count > 1 { throw .ambiguous(folder: folder) }
            if let path = found.first {
                if isForeign(path, in: folder) { throw .foreign(path: path) }
                return path
            }
            guard folder != "/", let slash = folder.utf8.lastIndex(of: UInt8(ascii: "/")) else { return nil }
            folder = slash == folder.startIndex ? "/" : String(folder[..<slash])
        }
    }

    /// Reads a file's bytes, up to one more than `maximumSize`, so that a reader can tell that there are more.
    /// - Throws: `unreadable`.
    public static func read(_ path: String) throws(ConfigurationError) -> [UInt8] {
        try read(path, limit: maximumSize + 1)
    }

    static func read(_ path: String, limit: Int) throws(ConfigurationError) -> [UInt8] {
        func failure() -> ConfigurationError { .unreadable(path: path, cause: String(cString: strerror(errno))) }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure() }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while bytes.count < limit {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count == 0 { break }
            if count < 0 {
                if errno == EINTR { continue }
                throw failure()
            }
            bytes += buffer[..<min(count, limit - bytes.count)]
        }
        return bytes
    }

    static func join(_ folder: String, _ name: String) -> String { folder.hasSuffix("/") ? folder + name : folder + "/" + name }

    /// True for a file; false where there is nothing. A folder of that name, or one that cannot be looked into, is an error.
    private static func isFile(_ path: String) throws(ConfigurationError) -> Bool {
        var status = stat()
        guard stat(path, &status) == 0 else {
            // A folder above that one may not be looked into holds nothing for us.
            if [ENOENT, ENOTDIR, EACCES].contains(errno) { return false }
            throw .unreadable(path: path, cause: String(cString: strerror(errno)))
        }
        guard status.st_mode & S_IFMT != S_IFDIR else { throw .unreadable(path: path, cause: "it is a folder") }
        return true
    }

    private static func isForeign(_ path: String, in folder: String) -> Bool {
        var file = stat()
        var parent = stat()
        guard lstat(path, &file) == 0, stat(folder, &parent) == 0 else { return true }
        return file.st_uid != geteuid() && file.st_uid != 0 && parent.st_mode & (S_IWGRP | S_IWOTH) != 0
    }
}
