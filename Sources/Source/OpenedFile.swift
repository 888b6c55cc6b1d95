internal import Glibc
public import Vocabulary

/// Why a file of the source could not be deployed.
public enum SourceError: Error, Sendable, CustomStringConvertible {
    /// The system refused to open or read it.
    case unreadable(SystemCause)
    /// It was there during the walk and is gone.
    case vanished
    /// It is no regular file any more.
    case notAFile
    /// Its size, times or inode changed while it was deployed.
    case changed
    /// The disk, or the server of a network drive, has not answered for so long.
    case stalled(Duration)
    /// An image's name on an empty file: an interrupted copy, most likely.
    case emptyImage
    /// An image's name on a Git LFS pointer: a checkout without the photos.
    case lfsPointer
    /// No picture could be made of the photo, for the library's reason.
    case unrenderable(String)

    /// Why, and what to do next.
    public var description: String {
        switch self {
        case .unreadable(let cause): "cannot be read: \(cause)"
        case .vanished: "vanished while the deploy was running; run again"
        case .notAFile: "is no longer a regular file; run again"
        case .changed: "changed while it was being deployed; run again when nothing writes to it"
        case .stalled(let limit):
            "could not be read for \(limit.components.seconds) s: its disk or network drive does not answer; look after that and run again"
        case .emptyImage: "is named like an image but is empty; it was not sent and replaces nothing. Restore it and run again"
        case .lfsPointer:
            "is a Git LFS pointer, not the image; it was not sent and replaces nothing. Run `git lfs pull` (in CI: check out with lfs: true)"
        case .unrenderable(let reason):
            "could not be made (\(reason)); the photo itself is deployed all the same. Replace the photo, or leave it out of `derivatives`"
        }
    }
}

/// A file of the source, open for reading only.
public final class OpenedFile: ByteSource {
    /// What `fstat` said when it was opened.
    public let status: FileStatus
    private let descriptor: Int32
    private let mark: ReadMark

    /// Opens `path` below `folder`; `mark` tells when a call that may block is under way.
    public init(_ path: Key, in folder: SourceFolder, mark: ReadMark = ReadMark()) throws(SourceError) {
        self.mark = mark
        // O_NONBLOCK: should a FIFO have taken the file's place, opening it must not wait for a writer.
        descriptor = withCPath(path.bytes) { path in
            mark.around { openat(folder.descriptor, path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK) }
        }
        guard descriptor >= 0 else {
            let cause = SystemCause.last
            throw cause.code == ENOENT || cause.code == ENOTDIR ? .vanished : .unreadable(cause)
        }
        var s = stat()
        guard fstat(descriptor, &s) == 0 else {
            let cause = SystemCause.last
            close(descriptor)
            throw .unreadable(cause)
        }
        guard s.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw .notAFile
        }
        status = FileStatus(s)
    }

    deinit { close(descriptor) }

    /// The size in bytes at the time of opening.
    public var size: Int64 { status.size }

    /// Reads bytes at `offset`; never past the size at the time of opening.
    public func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int64) throws -> Int {
        let count = min(Int64(buffer.count), size - offset)
        guard count > 0, offset >= 0 else { return 0 }
        while true {
            let n = mark.around { pread(descriptor, buffer.baseAddress, Int(count), off_t(offset)) }
            if n >= 0 { return n }
            if errno != EINTR { throw SourceError.unreadable(.last) }
        }
    }

    /// True where the open file's size, times and inode are still what they were when it was opened.
    public var isUnchanged: Bool {
        var s = stat()
        return fstat(descriptor, &s) == 0 && FileStatus(s) == status
    }

    /// Tells the system that the file will be read from front to back.
    func willReadSequentially() {
        _ = posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL)
    }
}
