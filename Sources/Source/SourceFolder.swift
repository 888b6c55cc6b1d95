internal import Glibc
public import Vocabulary

/// Why the source cannot be deployed at all.
public enum SourceFolderError: Error, Sendable, CustomStringConvertible {
    /// There is no such folder, or it cannot be entered.
    case unavailable(path: String, SystemCause)
    /// It is a file.
    case notAFolder(path: String)
    /// Its disk, or the server of a network drive, has not answered for so long.
    case stalled(path: String, Duration)

    /// What failed, why, and what to do next.
    public var description: String {
        switch self {
        case .unavailable(let path, let cause):
            "cannot open the source folder \(path.escapedForTerminal): \(cause). Check the path and its permissions."
        case .notAFolder(let path):
            "\(path.escapedForTerminal) is a file, and SOURCE is the gallery's folder. Name the folder that holds it."
        case .stalled(let path, let limit):
            "the source folder \(path.escapedForTerminal) could not be opened for \(limit.components.seconds) s: its disk or network drive "
                + "does not answer. Look after that and run again."
        }
    }
}

/// The gallery's folder, held open so that it stays the same folder for the whole run. Nothing in it is ever opened for writing.
///
/// Whatever is asked of it is given up where a single call takes longer than a limit; the place is then not asked again.
public final class SourceFolder: Sendable {
    /// The path as the user gave it.
    public let path: String
    /// What has stood still.
    let stalls = Stalls()
    let descriptor: Int32
    private let watch: StallWatch

    /// Opens the folder at `path`; `stallLimit` is how long a single call to the system may take.
    public init(_ path: String, stallLimit: Duration = .seconds(120)) throws(SourceFolderError) {
        self.path = path
        watch = StallWatch(limit: stallLimit)
        let opened: Result<Int32, SystemCause>
        do throws(Stall) {
            opened = try watch.run { mark in
                let descriptor = Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
                guard descriptor >= 0 else { return .failure(.last) }
                if mark.isAbandoned { close(descriptor) }
                return .success(descriptor)
            }
        } catch {
            throw .stalled(path: path, error.waited)
        }
        do throws(SystemCause) { descriptor = try opened.get() } catch {
            throw error.code == ENOTDIR ? .notAFolder(path: path) : .unavailable(path: path, error)
        }
    }

    deinit { close(descriptor) }

    /// True where nothing of the folder is asked any more, because too much of it has stood still.
    public var isStalled: Bool { stalls.isWhole }

    /// The path below the folder that stood still first; nil where nothing has.
    public var firstStall: [UInt8]? { stalls.first }

    /// How long a single call to the system may take.
    var stallLimit: Duration { watch.limit }

    /// Has `work` done, which is about what lies at `path` below the folder, and answers what it answers; throws where that stands still, or has before.
    func watched<Value: Sendable>(_ path: [UInt8], _ work: @escaping @Sendable (StallMark) -> Value) throws(Stall) -> Value {
        if stalls.cover(path) { throw Stall(waited: watch.limit) }
        do throws(Stall) { return try watch.run(work) } catch {
            // Given up before its time: the task is cancelled.
            stalls.note(
                error.link.map { path + (path.isEmpty ? [] : [UInt8(ascii: "/")]) + $0 } ?? path, isLast: error.waited <= watch.limit)
            throw error
        }
    }

    /// False where the folder was removed since it was opened, its path leads nowhere, or a file system was unmounted from it: what was not found
    /// in it may then still exist. A link that was turned to another folder meanwhile does no harm. Throws `stalled` alone.
    public func isStillThere() throws(SourceError) -> Bool {
        do throws(Stall) {
            return try watched([]) { [self] _ in
                var (held, named) = (Glibc.stat(), Glibc.stat())
                return fstat(descriptor, &held) == 0 && held.st_nlink > 0 && stat(path, &named) == 0 && named.st_dev == held.st_dev
            }
        } catch {
            throw .stalled(error.waited)
        }
    }
}

extension SourceFolder {
    /// False for a path that a key may have and no file: one with an empty component, `.`, `..` or a NUL byte. It would lead elsewhere.
    public static func mayHold(_ path: some Collection<UInt8>) -> Bool {
        path.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).allSatisfy { component in
            !component.isEmpty && !component.contains(0) && !component.elementsEqual(".".utf8) && !component.elementsEqual("..".utf8)
        }
    }

    /// What lies at `path` below the folder, links followed: its status, and whether it is a folder; nil where there is nothing. Throws `stalled` alone:
    /// then nobody knows.
    public func entry(at path: Key) throws(SourceError) -> (status: FileStatus, isFolder: Bool)? {
        guard path.bytes.isEmpty || Self.mayHold(path.bytes) else { return nil }
        do throws(Stall) {
            return try watched(path.bytes) { [self] _ in
                var s = stat()
                let answer = withCPath(path.bytes.isEmpty ? Array(".".utf8) : path.bytes) { fstatat(descriptor, $0, &s, 0) }
                return answer == 0 ? (FileStatus(s), s.st_mode & S_IFMT == S_IFDIR) : nil
            }
        } catch {
            throw .stalled(error.waited)
        }
    }

    /// The bytes of a small file at `path`; nil where there is none.
    /// - Parameter limit: The most bytes; a larger file fails with `EFBIG`.
    public func smallFile(at path: [UInt8], limit: Int) throws(SmallFileError) -> [UInt8]? {
        let read: Result<[UInt8]?, SystemCause>
        do throws(Stall) {
            read = try watched(path) { [self] mark in
                do throws(SystemCause) { return .success(try bytes(of: path, limit: limit, mark)) } catch { return .failure(error) }
            }
        } catch {
            throw .stalled(error.waited)
        }
        do throws(SystemCause) { return try read.get() } catch { throw .unreadable(error) }
    }

    private func bytes(of path: [UInt8], limit: Int, _ mark: StallMark) throws(SystemCause) -> [UInt8]? {
        // O_NONBLOCK: a FIFO must not make the walk wait for a writer; reading a folder fails by itself.
        let file = withCPath(path) { openat(descriptor, $0, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK) }
        guard file >= 0 else {
            let cause = SystemCause.last
            switch cause.code {
            // A name too long to exist; a folder that may not be searched: what lies in there is not reached either.
            case ENOENT, ENOTDIR, ENAMETOOLONG: return nil
            case EACCES where !isSearchable(path): return nil
            default: throw cause
            }
        }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: limit + 1)
        var count = 0
        while count < bytes.count, !mark.isAbandoned {
            mark.step()
            let n = bytes.withUnsafeMutableBytes { read(file, $0.baseAddress?.advanced(by: count), $0.count - count) }
            if n == 0 { break }
            if n > 0 { count += n } else if errno != EINTR { throw SystemCause.last }
        }
        guard count <= limit else { throw SystemCause(EFBIG) }
        return Array(bytes.prefix(count))
    }

    /// True where the folder of `path` lets its entries be looked up.
    private func isSearchable(_ path: [UInt8]) -> Bool {
        var s = stat()
        return withCPath(path) { fstatat(descriptor, $0, &s, 0) } == 0
    }
}

extension FileStatus {
    init(_ s: stat) {
        self.init(
            size: Int64(s.st_size), modified: Int64(s.st_mtim.tv_sec) * 1_000_000_000 + Int64(s.st_mtim.tv_nsec),
            changed: Int64(s.st_ctim.tv_sec) * 1_000_000_000 + Int64(s.st_ctim.tv_nsec), inode: UInt64(s.st_ino), device: UInt64(s.st_dev))
    }

    /// What `stat` says of the file at `path`; nil where there is none.
    public init?(path: String) {
        var s = stat()
        guard stat(path, &s) == 0 else { return nil }
        self.init(s)
    }
}
