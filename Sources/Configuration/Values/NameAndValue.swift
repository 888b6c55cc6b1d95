/// A name and a value, written `NAME=VALUE`.
public struct NameAndValue: Sendable, Hashable, CustomStringConvertible {
    /// What stands before the first equals sign.
    public let name: String
    /// What stands behind it.
    public let value: String

    /// Takes the parts of `NAME=VALUE`; nil where there is no name or no equals sign.
    init?(_ text: String) {
        guard let equals = text.utf8.firstIndex(of: UInt8(ascii: "=")), equals > text.startIndex else { return nil }
        name = String(text[..<equals])
        value = String(text[text.utf8.index(after: equals)...])
    }

    private init(name: String, value: String) {
        self.name = name
        self.value = value
    }

    /// `NAME=VALUE`.
    public var description: String { name + "=" + value }

    /// The same with its name in lower case, as header names are compared.
    var lowercased: NameAndValue { NameAndValue(name: name.lowercased(), value: value) }
}
