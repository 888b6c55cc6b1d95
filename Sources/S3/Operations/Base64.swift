/// Base64 (RFC 4648 §4), as Content-MD5 wants it.
func base64(_ bytes: [UInt8]) -> String {
    let digits = [UInt8]("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var result: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
        let group = bytes[start..<min(start + 3, bytes.count)]
        var bits: UInt32 = 0
        for (i, byte) in group.enumerated() { bits |= UInt32(byte) << (16 - 8 * i) }
        for i in 0..<4 { result.append(i <= group.count ? digits[Int(bits >> (18 - 6 * i) & 63)] : UInt8(ascii: "=")) }
    }
    return String(decoding: result, as: UTF8.self)
}

/// The bytes of base64 text with its padding; nil for anything else.
func base64Decoded(_ text: String) -> [UInt8]? {
    let digits = [UInt8](text.utf8)
    guard !digits.isEmpty, digits.count % 4 == 0 else { return nil }
    let padding = digits.reversed().prefix { $0 == UInt8(ascii: "=") }.count
    guard padding <= 2 else { return nil }
    var bits: UInt32 = 0
    var result: [UInt8] = []
    for (i, digit) in digits.enumerated() {
        let value: UInt8
        switch digit {
        case 65...90: value = digit - 65
        case 97...122: value = digit - 71
        case 48...57: value = digit + 4
        case UInt8(ascii: "+"): value = 62
        case UInt8(ascii: "/"): value = 63
        case UInt8(ascii: "=") where i >= digits.count - padding: value = 0
        default: return nil
        }
        bits = bits << 6 | UInt32(value)
        if i % 4 == 3 {
            result += [UInt8(truncatingIfNeeded: bits >> 16), UInt8(truncatingIfNeeded: bits >> 8), UInt8(truncatingIfNeeded: bits)]
            bits = 0
        }
    }
    result.removeLast(padding)
    return result
}
