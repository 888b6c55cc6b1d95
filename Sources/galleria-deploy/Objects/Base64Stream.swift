internal import Foundation

/// Writes bytes as base64 (RFC 4648 §4) that come in pieces of any length: one text without line breaks.
struct Base64Encoding {
    private var rest: [UInt8] = []

    /// The text of all that came so far and is not told yet, but for what waits for its group of three.
    mutating func encode(_ bytes: [UInt8]) -> [UInt8] {
        let all = rest + bytes
        let whole = all.count - all.count % 3
        rest = Array(all[whole...])
        return Array(Data(all[..<whole]).base64EncodedData())
    }

    /// The end of the text.
    mutating func finish() -> [UInt8] {
        defer { rest = [] }
        return Array(Data(rest).base64EncodedData())
    }
}

/// Reads base64 that comes in pieces of any length. Line breaks and blanks do not count; anything else that is no base64 is a fault.
struct Base64Decoding {
    private var rest: [UInt8] = []
    private var hasEnded = false

    /// The bytes of all that came so far and is not told yet; nil where it is no base64.
    mutating func decode(_ text: [UInt8]) -> [UInt8]? {
        let letters = text.filter { ![9, 10, 13, 32].contains($0) }
        guard !letters.isEmpty else { return [] }
        let all = rest + letters
        let whole = all.count - all.count % 4
        rest = Array(all[whole...])
        guard whole > 0 else { return [] }
        guard !hasEnded else { return nil }
        hasEnded = all[whole - 1] == UInt8(ascii: "=")
        return Data(base64Encoded: Data(all[..<whole])).map { Array($0) }
    }

    /// True where nothing is missing at the end.
    var isComplete: Bool { rest.isEmpty }
}
