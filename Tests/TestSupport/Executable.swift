internal import Foundation

/// The built `galleria-deploy`.
package enum Executable {
    /// The program: `GALLERIA_EXECUTABLE` (the Makefile sets the release build), else the one built beside the tests.
    package static let path: String =
        ProcessInfo.processInfo.environment["GALLERIA_EXECUTABLE"]
        ?? URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent().appending(path: "galleria-deploy").path
}
