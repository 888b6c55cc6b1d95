/// A set of file name extensions. Every file is asked several times over whose it is: nothing is hashed or allocated for that.
public struct ExtensionSet: Sendable, ExpressibleByArrayLiteral {
    /// The extensions of one to eight bytes, as numbers.
    private let short: [UInt64]
    private let long: Set<String>

    /// A set of extensions in lower case, without their dots.
    public init(_ extensions: some Sequence<String>) {
        short = extensions.filter { !$0.isEmpty && $0.utf8.count <= 8 }.map { Self.number($0.utf8) }
        long = Set(extensions.filter { $0.utf8.count > 8 })
    }

    /// A set of extensions in lower case, without their dots.
    public init(arrayLiteral extensions: String...) { self.init(extensions) }

    /// True where the name of `key` ends in one of them, in any case of letters.
    public func contains(_ key: Key) -> Bool {
        let found = key.extensionBytes
        // Without the zeros that it begins with, a number is that of a shorter name.
        guard let first = found.first, first != 0 else { return false }
        if found.count > 8 { return !long.isEmpty && long.contains(key.pathExtension) }
        let number = Self.number(found.lazy.map(Key.lowercased))
        for each in short where each == number { return true }
        return false
    }

    private static func number(_ bytes: some Sequence<UInt8>) -> UInt64 { bytes.reduce(0) { $0 << 8 | UInt64($1) } }
}
