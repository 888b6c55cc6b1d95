extension XMLScanner {
    /// Where something stands: `start ..< end` in bytes.
    struct Slice: Hashable {
        var start: Int
        var end: Int
    }

    /// What came next.
    enum Event: Hashable {
        /// A start tag; the name is without its namespace prefix. An empty-element tag is a start and an end.
        case start(Slice)
        /// An end tag.
        case end
        /// Text within an element; it may come in several pieces. `hasReferences` where `XMLText.decode` must be applied.
        case text(Slice, hasReferences: Bool)
        /// The end of a complete document.
        case done
    }
}
