/// A flat JSON object on one line: written and read without a tree, because there may be as many as there are photos.
struct JSONLine {
    /// A member's value.
    enum Value: Hashable {
        case text(String)
        case number(Int64)
        /// `true`, `false`, `null`.
        case word(String)
    }

    private var bytes: [UInt8] = [UInt8(ascii: "{")]

    init() { bytes.reserveCapacity(320) }

    /// The object, closed.
    var closed: [UInt8] { bytes + [UInt8(ascii: "}")] }

    mutating func add(_ name: String, text: String) { add(name, text: text.utf8) }

    mutating func add(_ name: String, text: some Sequence<UInt8>) {
        begin(name)
        Self.append(text, to: &bytes)
    }

    mutating func add(_ name: String, number: Int64) {
        begin(name)
        bytes.append(contentsOf: String(number).utf8)
    }

    private mutating func begin(_ name: String) {
        if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
        bytes.append(UInt8(ascii: "\""))
        bytes.append(contentsOf: name.utf8)
        bytes.append(contentsOf: "\":".utf8)
    }

    /// Appends a string with its quotation marks (RFC 8259 §7): what must be escaped is, and nothing else.
    static func append(_ text: some Sequence<UInt8>, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            case 0..<0x20, 0x7F:
                let hex = String(byte, radix: 16)
                bytes.append(contentsOf: ("\\u00" + (hex.utf8.count == 1 ? "0" : "") + hex).utf8)
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// The members of a flat object; nil for anything else. White space may stand between them.
    static func members(of line: [UInt8]) -> [String: Value]? {
        var scanner = Scanner(rest: line[...])
        return scanner.object()
    }

    private struct Scanner {
        var rest: ArraySlice<UInt8>

        mutating func object() -> [String: Value]? {
            guard take("{") else { return nil }
            var members: [String: Value] = [:]
            if take("}") { return isAtEnd ? members : nil }
            repeat {
                guard let name = string(), take(":"), let value = value(), members.updateValue(value, forKey: name) == nil else {
                    return nil
                }
            } while take(",")
            return take("}") && isAtEnd ? members : nil
        }

        private var isAtEnd: Bool { rest.allSatisfy(Self.isBlank) }

        private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }

        private mutating func take(_ character: Unicode.Scalar) -> Bool {
            rest = rest.drop(while: Self.isBlank)
            guard rest.first == UInt8(ascii: character) else { return false }
            rest = rest.dropFirst()
            return true
        }

        private mutating func value() -> Value? {
            rest = rest.drop(while: Self.isBlank)
            if rest.first == UInt8(ascii: "\"") { return string().map { .text($0) } }
            let word = String(
                decoding: rest.prefix { $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "}") && !Self.isBlank($0) }, as: UTF8.self)
            rest = rest.dropFirst(word.utf8.count)
            if ["true", "false", "null"].contains(word) { return .word(word) }
            return Int64(word).map { .number($0) }
        }

        private mutating func string() -> String? {
            guard take("\"") else { return nil }
            var bytes: [UInt8] = []
            while let byte = rest.popFirst() {
                switch byte {
                case UInt8(ascii: "\""): return String(validating: bytes, as: UTF8.self)
                case UInt8(ascii: "\\"):
                    guard let scalar = escape() else { return nil }
                    bytes.append(contentsOf: String(Character(scalar)).utf8)
                case 0..<0x20: return nil
                default: bytes.append(byte)
                }
            }
            return nil
        }

        private mutating func escape() -> Unicode.Scalar? {
            guard let byte = rest.popFirst() else { return nil }
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
            case UInt8(ascii: "b"): return "\u{8}"
            case UInt8(ascii: "f"): return "\u{C}"
            case UInt8(ascii: "n"): return "\n"
            case UInt8(ascii: "r"): return "\r"
            case UInt8(ascii: "t"): return "\t"
            case UInt8(ascii: "u"):
                guard let unit = unit() else { return nil }
                guard 0xD800..<0xDC00 ~= unit else { return Unicode.Scalar(unit) }
                guard rest.popFirst() == UInt8(ascii: "\\"), rest.popFirst() == UInt8(ascii: "u"), let low = self.unit(),
                    0xDC00..<0xE000 ~= low
                else { return nil }
                return Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
            default: return nil
            }
        }

        private mutating func unit() -> UInt32? {
            guard rest.count >= 4 else { return nil }
            defer { rest = rest.dropFirst(4) }
            return UInt32(String(decoding: rest.prefix(4), as: UTF8.self), radix: 16)
        }
    }
}
