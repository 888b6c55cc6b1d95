internal import Foundation
internal import Glibc

/// A file's size and modification time, to the nanosecond.
package struct FileTimes: Sendable, Hashable {
    /// The size in bytes.
    package let size: Int
    private let seconds: Int
    private let nanoseconds: Int

    /// Reads them.
    package init(of path: String) throws {
        var status = stat()
        guard stat(path, &status) == 0 else { throw CocoaError(.fileReadUnknown) }
        size = Int(status.st_size)
        seconds = status.st_mtim.tv_sec
        nanoseconds = status.st_mtim.tv_nsec
    }

    /// Gives a file this modification time.
    package func restore(to path: String) throws { try Self.set(path, timespec(tv_sec: seconds, tv_nsec: nanoseconds)) }

    /// Gives a file another modification time, `seconds` after 1970.
    package static func touch(_ path: String, at seconds: Int) throws { try set(path, timespec(tv_sec: seconds, tv_nsec: 123_456_789)) }

    private static func set(_ path: String, _ time: timespec) throws {
        let times = [time, time]
        guard utimensat(AT_FDCWD, path, times, 0) == 0 else { throw CocoaError(.fileWriteUnknown) }
    }
}
