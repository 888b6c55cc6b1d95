public import Vocabulary

/// Signs that a listing cannot be trusted for deciding what to delete.
public struct ListDisorder: Sendable, Hashable {
    /// How many rows lay outside the prefix that was asked for; they are not among the page's rows.
    public internal(set) var outsideCount = 0
    /// The first row outside the prefix.
    public internal(set) var firstOutside: Key?
    /// The first key that does not come after the one before it in byte order.
    public internal(set) var descending: Key?

    /// No sign.
    public init() {}

    /// True where nothing is wrong.
    public var isSound: Bool { outsideCount == 0 && descending == nil }
}
