public import Vocabulary

/// The manifest that a deploy publishes last.
public struct ManifestSetting: Sendable, Hashable {
    /// What is left out because it is nobody's business, unless it is asked for.
    public enum Extra: String, Sendable, Hashable, CaseIterable {
        /// The capture time as the camera wrote it.
        case captureTimeBefore = "capture-time-before"
        /// SHA-256 of the source files.
        case sourceHash = "source-sha256"
    }

    /// Its path below the deployed folder.
    public var path: Key
    /// What else it tells.
    public var extras: Set<Extra>
    /// The address of the deployed folder, with a slash at its end; nil where visitors have none.
    public var base: String?

    /// What keeps a text from being a path below a destination, or a folder of the bucket; nil for nothing.
    public static func problem(ofPath text: String) -> String? {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        let isPath =
            !text.isEmpty && !parts.contains("") && !parts.contains(".") && !parts.contains("..") && text.utf8.count <= 512
            && text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
        return isPath ? nil : "“\(text)” is no path of the bucket. Write one such as gallery.json, without a slash in front or at the end."
    }

    /// A manifest at a path.
    public init(path: Key, extras: Set<Extra> = [], base: String? = nil) {
        self.path = path
        self.extras = extras
        self.base = base
    }
}
