public import Vocabulary

/// How two manifests differ: what the second has that the first has not, and the other way round.
public struct ManifestDiff: Sendable, Hashable {
    /// What is different of one object.
    public enum Difference: String, Sendable, Hashable, CaseIterable {
        /// Its bytes.
        case content
        /// Its headers, and not its bytes.
        case headers
        /// What is told of it: size in pixels, capture time, address.
        case facts
    }

    /// One object that is not the same in both.
    public enum Change: Sendable, Hashable {
        /// Only the second has it.
        case added(Key, size: Int64)
        /// Only the first has it.
        case removed(Key, size: Int64)
        /// Both have it, and not alike.
        case changed(Key, Difference, from: Int64, to: Int64)
    }

    /// The changes, in byte order of the keys.
    public private(set) var changes: [Change] = []
    /// How many objects are alike.
    public private(set) var sameCount = 0

    /// Compares two lists in ascending order of their keys. A manifest that tells no headers of an object is not taken to differ in those.
    public init(from old: [ManifestEntry], to new: [ManifestEntry]) {
        var (a, b) = (old[...], new[...])
        while let pairing = Pairing(local: a.first?.key, remote: b.first?.key) {
            switch pairing {
            case .onlyLocal: if let entry = a.popFirst() { changes.append(.removed(entry.key, size: entry.size)) }
            case .onlyRemote: if let entry = b.popFirst() { changes.append(.added(entry.key, size: entry.size)) }
            case .both:
                guard let x = a.popFirst(), let y = b.popFirst() else { return }
                if let difference = Self.difference(x, y) {
                    changes.append(.changed(x.key, difference, from: x.size, to: y.size))
                } else {
                    sameCount += 1
                }
            }
        }
    }

    private static func difference(_ a: ManifestEntry, _ b: ManifestEntry) -> Difference? {
        if a.size != b.size || a.sha256 != b.sha256 { return .content }
        if a.headers.isEmpty || b.headers.isEmpty { return nil }
        if a.headers != b.headers || a.type != b.type { return .headers }
        return a == b ? nil : .facts
    }
}
