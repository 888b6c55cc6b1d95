internal import Vocabulary

/// A JSON object (RFC 8259) that is written member by member: where there are 200,000 of them, an encoder would cost more than the listing.
struct JSONRow {
    private(set) var bytes: [UInt8] = [UInt8(ascii: "{")]

    init() { bytes.reserveCapacity(320) }

    /// The whole object.
    var finished: [UInt8] { bytes + [UInt8(ascii: "}")] }

    /// Adds a text; none is left out.
    mutating func add(_ name: StaticString, _ value: String?) {
        guard var value else { return }
        begin(name)
        value.withUTF8 { append(quoted: $0) }
    }

    /// Adds a key's bytes as a text.
    mutating func add(_ name: StaticString, _ value: Key) {
        begin(name)
        value.bytes.withUnsafeBufferPointer { append(quoted: $0) }
    }

    /// Adds a number; none is left out.
    mutating func add(_ name: StaticString, _ value: Int64?) {
        guard let value else { return }
        begin(name)
        bytes.append(contentsOf: String(value).utf8)
    }

    /// Adds a truth.
    mutating func add(_ name: StaticString, _ value: Bool) {
        begin(name)
        bytes.append(contentsOf: (value ? "true" : "false").utf8)
    }

    /// Adds texts by their names, in the order of these.
    mutating func add(_ name: StaticString, _ values: [String: String]) {
        begin(name)
        bytes.append(UInt8(ascii: "{"))
        for (at, pair) in values.sorted(by: { $0.key < $1.key }).enumerated() {
            if at > 0 { bytes.append(UInt8(ascii: ",")) }
            var (key, value) = pair
            key.withUTF8 { append(quoted: $0) }
            bytes.append(UInt8(ascii: ":"))
            value.withUTF8 { append(quoted: $0) }
        }
        bytes.append(UInt8(ascii: "}"))
    }

    private mutating func begin(_ name: StaticString) {
        if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
        bytes.append(UInt8(ascii: "\""))
        bytes.append(contentsOf: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
        bytes.append(UInt8(ascii: "\""))
        bytes.append(UInt8(ascii: ":"))
    }

    private mutating func append(quoted text: UnsafeBufferPointer<UInt8>) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            case 0..<0x20, 0x7f:
                let digits = Array("0123456789abcdef".utf8)
                bytes.append(contentsOf: "\\u00".utf8)
                bytes.append(digits[Int(byte >> 4)])
                bytes.append(digits[Int(byte & 15)])
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
