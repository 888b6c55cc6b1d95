internal import Vocabulary

/// Why an answer is not the XML document that was expected. Offsets count bytes from the start of the answer.
public enum XMLFault: Error, Sendable, Hashable {
    /// There is nothing but white space.
    case empty
    /// More bytes than an answer of this kind may have.
    case tooLarge(limit: Int)
    /// Bytes that are not UTF-8, or that no XML document may hold.
    case encoding(offset: Int)
    /// The document ends before its root element does.
    case truncated
    /// A document type declaration: entities could be declared there, and no S3 answer has one.
    case doctype(offset: Int)
    /// Elements nested deeper than any answer nests them.
    case tooDeep(limit: Int)
    /// More elements than an answer of this kind may have.
    case tooMany(limit: Int)
    /// Something that is not well-formed (XML 1.0, fifth edition).
    case malformed(String, offset: Int)
    /// The root element is another one.
    case root(expected: String, found: String)
    /// An element that must be there is not, or its text is not what it must be.
    case content(String)
}

extension XMLFault: CustomStringConvertible {
    /// The reason in words.
    public var description: String {
        switch self {
        case .empty: "it is empty"
        case .tooLarge(let limit): "it is larger than \(limit) bytes"
        case .encoding(let offset): "it is not valid UTF-8 text at byte \(offset)"
        case .truncated: "it ends before its last element is closed"
        case .doctype(let offset): "it has a document type declaration at byte \(offset)"
        case .tooDeep(let limit): "its elements are nested more than \(limit) deep"
        case .tooMany(let limit): "it has more than \(limit) elements"
        case .malformed(let what, let offset): "\(what) at byte \(offset)"
        case .root(let expected, let found): "its root element is <\(found.escapedForTerminal)>, not <\(expected)>"
        case .content(let what): what.escapedForTerminal
        }
    }
}
