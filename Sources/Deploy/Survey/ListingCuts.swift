internal import Vocabulary

/// Where a listing may be cut into ranges, in key order: so many keys apart as a page holds rows.
///
/// They are guesses. A cut in a wrong place costs a request or two, never a row.
struct ListingCuts {
    /// The rows of a page on most servers (Amazon S3 API Reference, ListObjectsV2, `MaxKeys`).
    static let step = 1000

    private let prefix: Prefix
    private var known: ArraySlice<Key>
    private let files: SourceFiles?
    private var upcoming: Key?
    private var hasBegun = false

    /// Cuts at keys below `prefix` that the state knows, or, where it knows too few, at those of the files that the walk is about to yield.
    init(below prefix: Prefix, known: [Key], else files: SourceFiles) {
        self.prefix = prefix
        self.known = known[...]
        self.files = known.isEmpty ? files : nil
    }

    /// The next cut that is of use to who has everything up to `key`, and the one after it: the last that does not come after `key`, or the
    /// first that does. Nil where there is none left.
    mutating func next(from key: Key) -> (start: Key, end: Key?)? {
        if !hasBegun {
            hasBegun = true
            upcoming = pull()
        }
        while let start = upcoming {
            upcoming = pull()
            if let upcoming, upcoming <= key { continue }
            return (start, upcoming)
        }
        return nil
    }

    private mutating func pull() -> Key? {
        (files.map { $0.cut(every: Self.step) } ?? known.popFirst()).map { prefix.key(for: $0) }
    }
}
