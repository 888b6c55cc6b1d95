internal import Foundation

/// Where the tests run.
package enum PackageFolder {
    /// The folder of Package.swift.
    package static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .path

    /// The absolute path of a file of the project.
    package static func path(_ relative: String) -> String { "\(root)/\(relative)" }
}
