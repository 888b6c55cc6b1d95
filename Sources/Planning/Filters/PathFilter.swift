/// What becomes of a path.
public enum FilterVerdict: Sendable, Hashable {
    /// It is deployed. The rule, where one took it in again.
    case included(by: FilterRule?)
    /// It is left out, by this rule; where the rule is about a folder above it, by that.
    case excluded(by: FilterRule)

    /// True where it is left out.
    public var isExcluded: Bool {
        if case .excluded = self { true } else { false }
    }
}

/// Which paths below the source, and which keys below the destination, a deploy is about.
///
/// Rules are judged as gitignore(5) does it. From the highest rank: the command line, the `.galleria-ignore` files from the path's own folder
/// upwards, the configuration file. Within each the last rule that matches wins. What lies in a folder that is left out is left out, whatever
/// rules say of it: `*` and then `!*.jpg` takes in the photos of the top folder only, `*/` taken in as well those of all folders.
public struct PathFilter: Sendable, Hashable {
    /// The rules of the command line, in order.
    public let rules: [FilterRule]
    /// The rules of the configuration file, in order.
    public let settings: [FilterRule]
    /// True where `.galleria-ignore` files count.
    public let readsFilterFiles: Bool

    /// Creates a filter; the default one reads `.galleria-ignore` files and has no other rules.
    public init(rules: [FilterRule] = [], settings: [FilterRule] = [], readsFilterFiles: Bool = true) {
        self.rules = rules
        self.settings = settings
        self.readsFilterFiles = readsFilterFiles
    }

    /// A cursor over a stream of paths.
    /// - Parameter rules: Reads the `.galleria-ignore` of a folder: its path below the source, "" for the source itself; empty where there is
    ///   none. It is asked once for each folder that a stream enters, and never below a folder that is left out.
    public func cursor<Failure: Error>(
        reading rules: @escaping (_ folder: ArraySlice<UInt8>) throws(Failure) -> [FilterRule]
    ) -> FilterCursor<Failure> {
        FilterCursor(self, read: rules)
    }
}
