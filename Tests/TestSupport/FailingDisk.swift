internal import Foundation

/// A disk on which calls that are about certain files or folders fail or stand still, for a program that is started with its environment (Tests/Servers/disk.c).
package struct FailingDisk {
    /// What becomes of a call.
    package enum Fault: String, CaseIterable, Sendable {
        /// It answers EIO.
        case fail
        /// It never answers.
        case stall
    }

    /// What loads it into a program.
    package let environment: [String: String]
    private let note: String

    /// True once a call has met the fault.
    package var wasMet: Bool { FileManager.default.fileExists(atPath: note) }

    /// Makes the disk in `folder`; `files` says for names, slashes before them left out, how many reads go through first.
    package init(_ fault: Fault, of files: [String: Int], in folder: TemporaryFolder) async throws {
        try await self.init(
            fault, ["DISK_FILES": files.map { "\($0.key):\($0.value)" }.sorted().joined(separator: ",")], in: folder)
    }

    /// The same of folders and links: each of `calls` is `open`, `list` or `stat`, a colon and the end of the path.
    package init(_ fault: Fault, ofFolders calls: [String], in folder: TemporaryFolder) async throws {
        try await self.init(fault, ["DISK_FOLDERS": calls.joined(separator: ",")], in: folder)
    }

    private init(_ fault: Fault, _ places: [String: String], in folder: TemporaryFolder) async throws {
        let library = try await Self.library("disk", in: folder)
        note = folder.path("disk.met")
        environment = ["LD_PRELOAD": library, "DISK_FAULT": fault.rawValue, "DISK_NOTE": note].merging(places) { $1 }
    }

    /// Compiles `Tests/Servers/NAME.c` to a library that ld.so(8) can load before others; its path.
    static func library(_ name: String, in folder: TemporaryFolder) async throws -> String {
        let library = folder.path("\(name).so")
        let run = try await Program.run(
            [try compiler(), "-shared", "-fPIC", "-O1", "-o", library, PackageFolder.path("Tests/Servers/\(name).c")])
        guard run.status == 0 else { throw Failure(what: "\(name).c cannot be compiled: \(run)") }
        return library
    }

    private struct Failure: Error {
        let what: String
    }

    /// The system's C compiler; else the one that comes with Swift.
    private static func compiler() throws -> String {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        for name in ["cc", "gcc", "clang"] {
            for folder in folders where FileManager.default.isExecutableFile(atPath: "\(folder)/\(name)") { return "\(folder)/\(name)" }
        }
        throw Failure(what: "no C compiler: neither cc nor Swift's clang is in PATH")
    }
}
