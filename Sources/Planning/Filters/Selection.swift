public import Vocabulary

/// What of a source is deployed, and which keys a deploy answers for: everything that leaves something out, together.
public struct Selection: Sendable {
    /// The names that are never published unless asked for.
    public var exclusions: DefaultExclusions
    /// The user's filters.
    public var filter: PathFilter
    /// Where it is set, nothing but these paths.
    public var filesFrom: FilesFrom?
    /// How small and how large a file may be.
    public var sizes: SizeLimits
    /// True where objects that the filters, the hidden names or the size limits leave out are deleted like those without a file
    /// (rsync(1), `--delete-excluded`). This tool's own names are protected all the same.
    public var deletesExcluded: Bool
    /// True where symbolic links that lead out of the source are left out (rsync(1), `--safe-links`).
    public var followsSafeLinksOnly = false

    /// Creates a selection: by default everything but the names that are never published and what `.galleria-ignore` files leave out.
    public init(
        exclusions: DefaultExclusions, filter: PathFilter = PathFilter(), filesFrom: FilesFrom? = nil, sizes: SizeLimits = SizeLimits(),
        deletesExcluded: Bool = false
    ) {
        self.exclusions = exclusions
        self.filter = filter
        self.filesFrom = filesFrom
        self.sizes = sizes
        self.deletesExcluded = deletesExcluded
    }

    /// True where the default exclusions keep a deploy away from the object with this path below the destination.
    public func protectsByName(_ path: Key) -> Bool {
        guard let exclusion = exclusions.exclusion(ofPath: path) else { return false }
        return !deletesExcluded || exclusion == .ownFile
    }
}
