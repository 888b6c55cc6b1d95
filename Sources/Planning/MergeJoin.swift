public import Vocabulary

/// One step of the merge of two streams that ascend in byte order of their keys.
public enum Pairing: Sendable, Hashable {
    /// A file without an object.
    case onlyLocal
    /// An object without a file.
    case onlyRemote
    /// A file and an object of the same key.
    case both

    /// Which of two heads of streams comes next; nil where both streams have ended.
    public init?(local: Key?, remote: Key?) {
        switch (local, remote) {
        case (nil, nil): return nil
        case (_?, nil): self = .onlyLocal
        case (nil, _?): self = .onlyRemote
        case (let a?, let b?): self = a == b ? .both : a < b ? .onlyLocal : .onlyRemote
        }
    }
}

/// Watches that a stream of keys ascends strictly, which the merge and every deletion rest upon.
public struct AscentGuard: Sendable {
    private var last: Key?

    /// Nothing was seen yet.
    public init() {}

    /// Notes the next key; answers false where it does not come after the one before.
    public mutating func follows(_ key: Key) -> Bool {
        defer { last = key }
        guard let last else { return true }
        return last < key
    }
}
