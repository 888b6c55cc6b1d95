internal import Foundation
internal import Glibc

/// A fresh folder, removed with everything in it when nothing refers to it any more.
package final class TemporaryFolder: Sendable {
    /// Its absolute path.
    package let path: String

    /// Makes the folder.
    package init(_ name: String = "test") throws {
        path = Self.freshPath(name)
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// The path of something in it.
    package func path(_ relative: String) -> String { "\(path)/\(relative)" }

    /// Writes a file, making the folders on the way.
    package func write(_ bytes: some Sequence<UInt8>, to relative: String) throws {
        let url = URL(filePath: path(relative))
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: url)
    }

    /// Writes a text file.
    package func write(_ text: String, to relative: String) throws { try write(text.utf8, to: relative) }

    /// Writes a text file whose name's bytes are exactly those given: Foundation may normalise a name.
    package func writeByBytes(_ text: String, to relative: String) throws {
        let path = path(relative)
        for slash in path.utf8.indices where path.utf8[slash] == UInt8(ascii: "/") { mkdir(String(path[..<slash]), 0o755) }
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw CocoaError(.fileWriteUnknown) }
        defer { close(descriptor) }
        let bytes = [UInt8](text.utf8)
        guard Glibc.write(descriptor, bytes, bytes.count) == bytes.count else { throw CocoaError(.fileWriteUnknown) }
    }

    /// Removes a file.
    package func remove(_ relative: String) throws { try FileManager.default.removeItem(atPath: path(relative)) }

    /// The path that a new folder below the system's temporary folder may have.
    static func freshPath(_ name: String) -> String {
        "\(FileManager.default.temporaryDirectory.path)/galleria-\(name)-\(UUID().uuidString.prefix(12).lowercased())"
    }
}
