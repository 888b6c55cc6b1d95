public import Vocabulary

/// Gives files that share a key but for its number their numbers: the next that no key has, in the order in which the files come.
public struct LayoutNumbers: Sendable {
    private var next: [Key: Int] = [:]

    /// No numbers are given yet.
    public init() {}

    /// The next number of `group` whose key is not `reserved`.
    public mutating func next(in group: Key, isReserved: (Int) throws(LayoutGap) -> Bool) throws(LayoutGap) -> Int {
        var number = next[group] ?? 0
        while try isReserved(number) { number += 1 }
        next[group] = number + 1
        return number
    }
}
