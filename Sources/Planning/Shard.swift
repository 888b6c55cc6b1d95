public import Vocabulary

/// One of several parts of a gallery that are deployed apart, by machines that need know nothing of one another: which part a path belongs
/// to follows from its bytes alone.
public struct Shard: Sendable, Hashable, CustomStringConvertible {
    /// Its number, from 1.
    public let number: Int
    /// How many parts there are.
    public let count: Int

    /// The whole gallery.
    public static let whole = Shard(number: 1, count: 1)

    private init(number: Int, count: Int) { (self.number, self.count) = (number, count) }

    /// Parses `I/N`, such as `2/7`; nil for anything else. There are at most 10,000 parts.
    public init?(_ text: String) {
        let words = text.split(separator: "/", omittingEmptySubsequences: false)
        guard words.count == 2, words.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }), let number = Int(words[0]),
            let count = Int(words[1]), (1...10_000).contains(count), (1...count).contains(number)
        else { return nil }
        self.init(number: number, count: count)
    }

    /// True where a path below the source, or below the destination's prefix, belongs to this part.
    public func contains(_ path: Key) -> Bool { count == 1 || Self.hash(path.bytes) % UInt64(count) == UInt64(number - 1) }

    /// `I/N`.
    public var description: String { "\(number)/\(count)" }

    /// FNV-1a of 64 bits (draft-eastlake-fnv), mixed as MurmurHash3 ends, so that its low digits serve as well as any. It must never change:
    /// machines of different versions may share a gallery.
    private static func hash(_ bytes: [UInt8]) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        hash = (hash ^ hash >> 33) &* 0xff51_afd7_ed55_8ccd
        hash = (hash ^ hash >> 33) &* 0xc4ce_b9fe_1a85_ec53
        return hash ^ hash >> 33
    }
}
