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
