/// A JSON text as a tree that keeps positions, the order of members, and members of the same name (RFC 8259). Names are compared by nobody
/// here: Foundation's reader would take NFC and NFD spellings of one path for the same and drop one of them.
public struct JSONText {
    /// A value and the bytes that it stands in.
    public struct Node: Sendable {
        /// What it is.
        public indirect enum Content: Sendable {
            /// Members with their names and the byte offsets of those.
            case object([(name: String, offset: Int, value: Node)])
            /// Values.
            case array([Node])
            /// Text, its escapes replaced.
            case string(String)
            /// A number, `true`, `false` or `null`, as it is written.
            case word(String)
        }

        /// What it is.
        public let content: Content
        /// The byte offset at which it begins.
        public let offset: Int
        /// The byte offset behind it.
        public let end: Int

        /// True for `null`.
        public var isNull: Bool {
            if case .word("null") = content { true } else { false }
        }

        /// The value of the first member of that name; nil where there is none, or where this is no object.
        public subscript(_ name: String) -> Node? {
            guard case .object(let members) = content else { return nil }
            return members.first { $0.name == name }?.value
        }

        /// The text, where it is one.
        public var text: String? {
            if case .string(let text) = content { text } else { nil }
        }
    }

    /// Why a text is none.
    public struct Failure: Error {
        /// The byte offset of the problem.
        public let offset: Int
        /// The problem, to stand behind a colon.
        public let problem: String
    }

    private static let maximumDepth = 64

    private let bytes: [UInt8]
    private var at = 0

    /// Reads a text that holds one value and nothing else but blanks.
    public static func parse(_ bytes: [UInt8]) throws(Failure) -> Node {
        var text = JSONText(bytes: bytes)
        let root = try text.value(depth: 0)
        text.skipBlanks()
        guard text.at == bytes.count else { throw Failure(offset: text.at, problem: "text behind the end of the JSON value") }
        return root
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private var current: UInt8? { at < bytes.count ? bytes[at] : nil }

    private func failure(_ problem: String) -> Failure { Failure(offset: at, problem: problem) }

    private mutating func skipBlanks() {
        while let byte = current, [9, 10, 13, 32].contains(byte) { at += 1 }
    }

    private mutating func value(depth: Int) throws(Failure) -> Node {
        guard depth < Self.maximumDepth else { throw failure("nested more than \(Self.maximumDepth) deep") }
        skipBlanks()
        let start = at
        switch current {
        case UInt8(ascii: "{"):
            let members = try members(depth)
            return Node(content: .object(members), offset: start, end: at)
        case UInt8(ascii: "["):
            let items = try items(depth)
            return Node(content: .array(items), offset: start, end: at)
        case UInt8(ascii: "\""):
            let text = try string()
            return Node(content: .string(text), offset: start, end: at)
        default:
            while let byte = current, 48...57 ~= byte || 97...122 ~= byte || "+-.E".utf8.contains(byte) { at += 1 }
            let word = String(decoding: bytes[start..<at], as: UTF8.self)
            guard ["true", "false", "null"].contains(word) || Self.isNumber(word) else {
                at = start
                throw failure("no JSON value")
            }
            return Node(content: .word(word), offset: start, end: at)
        }
    }

    /// Swift reads `0x1`, `+1`, `nan` and `-infinity`, too; JSON does not.
    private static func isNumber(_ word: String) -> Bool {
        guard let first = word.utf8.first, first == UInt8(ascii: "-") || 48...57 ~= first else { return false }
        return Double(word) != nil && word.utf8.allSatisfy { 48...57 ~= $0 || "+-.eE".utf8.contains($0) }
    }

    private mutating func items(_ depth: Int) throws(Failure) -> [Node] {
        var items: [Node] = []
        at += 1
        skipBlanks()
        while current != UInt8(ascii: "]") {
            items.append(try value(depth: depth + 1))
            try separator(before: UInt8(ascii: "]"))
        }
        at += 1
        return items
    }

    private mutating func members(_ depth: Int) throws(Failure) -> [(name: String, offset: Int, value: Node)] {
        var members: [(String, Int, Node)] = []
        at += 1
        skipBlanks()
        while current != UInt8(ascii: "}") {
            let start = at
            guard current == UInt8(ascii: "\"") else { throw failure("no member's name in quotation marks") }
            let name = try string()
            skipBlanks()
            guard current == UInt8(ascii: ":") else { throw failure("no colon behind a member's name") }
            at += 1
            members.append((name, start, try value(depth: depth + 1)))
            try separator(before: UInt8(ascii: "}"))
        }
        at += 1
        return members
    }

    /// A comma and something behind it, or the end of the list.
    private mutating func separator(before end: UInt8) throws(Failure) {
        skipBlanks()
        if current == end { return }
        guard current == UInt8(ascii: ",") else { throw failure("no comma between two values") }
        at += 1
        skipBlanks()
        if current == end { throw failure("a comma before the end of a list") }
    }

    private mutating func string() throws(Failure) -> String {
        let start = at
        var value: [UInt8] = []
        at += 1
        while let byte = current {
            switch byte {
            case UInt8(ascii: "\""):
                at += 1
                guard let text = String(validating: value, as: UTF8.self) else {
                    throw Failure(offset: start, problem: "a text that is not UTF-8")
                }
                return text
            case UInt8(ascii: "\\"):
                at += 1
                try escape(into: &value)
            case 0..<32: throw failure("a control character within a text")
            default:
                value.append(byte)
                at += 1
            }
        }
        throw Failure(offset: start, problem: "a text that is never closed")
    }

    private mutating func escape(into value: inout [UInt8]) throws(Failure) {
        let simple: [UInt8: UInt8] = [
            UInt8(ascii: "\""): 34, UInt8(ascii: "\\"): 92, UInt8(ascii: "/"): 47, UInt8(ascii: "b"): 8, UInt8(ascii: "f"): 12,
            UInt8(ascii: "n"): 10, UInt8(ascii: "r"): 13, UInt8(ascii: "t"): 9,
        ]
        if let byte = current, let meant = simple[byte] {
            value.append(meant)
            at += 1
            return
        }
        guard current == UInt8(ascii: "u") else { throw failure("an escape that JSON does not have") }
        at += 1
        var code = try hex()
        // RFC 8259 §7: what lies beyond the basic plane is written as a pair of surrogates.
        if 0xD800...0xDBFF ~= code {
            guard bytes[at...].starts(with: "\\u".utf8) else { throw failure("half of a surrogate pair") }
            at += 2
            let low = try hex()
            guard 0xDC00...0xDFFF ~= low else { throw failure("half of a surrogate pair") }
            code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
        }
        guard let scalar = Unicode.Scalar(code) else { throw failure("half of a surrogate pair") }
        value += String(Character(scalar)).utf8
    }

    private mutating func hex() throws(Failure) -> UInt32 {
        let digits = bytes[at...].prefix(4)
        guard digits.count == 4, digits.allSatisfy({ 48...57 ~= $0 || 97...102 ~= $0 | 0x20 }),
            let code = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
        else { throw failure("an escape that JSON does not have") }
        at += 4
        return code
    }
}
