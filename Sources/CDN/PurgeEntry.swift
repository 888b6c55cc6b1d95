public import Vocabulary

/// Something that a content delivery network is to fetch anew.
public struct PurgeEntry: Sendable, Hashable, Comparable {
    /// The path below the deployed folder. It may be empty or end in a slash, as the addresses of folders do.
    public let path: Key
    /// True where all that begins with the path is meant: everything in a folder.
    public let isFolder: Bool

    /// A single address.
    public init(_ path: Key) {
        self.path = path
        isFolder = false
    }

    /// Everything below a folder, whose path is empty or ends in a slash.
    public init(folder: Key) {
        path = folder
        isFolder = true
    }

    /// Everything that was deployed.
    public static let everything = PurgeEntry(folder: Key(""))

    /// In byte order; a folder follows the address that is spelt alike.
    public static func < (a: PurgeEntry, b: PurgeEntry) -> Bool { a.path == b.path ? !a.isFolder && b.isFolder : a.path < b.path }
}
