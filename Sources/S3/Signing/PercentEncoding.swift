/// Percent-encoding as S3 and Signature Version 4 want it: RFC 3986 §2.3 unreserved bytes stay, all others become `%XX` with capitals
/// (AWS General Reference, "Create a canonical request": `UriEncode`).
package enum PercentEncoding {
    /// Appends `bytes` encoded; a slash stays where `keepingSlashes` says so, as in the path of a key.
    static func append(_ bytes: some Sequence<UInt8>, to buffer: inout [UInt8], keepingSlashes: Bool) {
        for byte in bytes {
            if isUnreserved(byte) || (keepingSlashes && byte == UInt8(ascii: "/")) {
                buffer.append(byte)
            } else {
                buffer.append(UInt8(ascii: "%"))
                buffer.append(hexDigit(byte >> 4))
                buffer.append(hexDigit(byte & 15))
            }
        }
    }

    /// A key as it stands in a URL's path. Segments `.` and `..` and empty ones stay as they are: they are part of the name.
    package static func path(_ key: [UInt8]) -> String {
        var buffer: [UInt8] = []
        buffer.reserveCapacity(key.count + key.count / 4)
        append(key, to: &buffer, keepingSlashes: true)
        return String(decoding: buffer, as: UTF8.self)
    }

    /// One segment of a path, slashes encoded.
    static func segment(_ bytes: [UInt8]) -> String {
        var buffer: [UInt8] = []
        append(bytes, to: &buffer, keepingSlashes: false)
        return String(decoding: buffer, as: UTF8.self)
    }

    /// A query parameter's name or value as it stands in a URL.
    package static func query(_ text: String) -> String {
        if text.utf8.allSatisfy(isUnreserved) { return text }
        var buffer: [UInt8] = []
        append(text.utf8, to: &buffer, keepingSlashes: false)
        return String(decoding: buffer, as: UTF8.self)
    }

    /// A query's or a listing's text decoded; text that is not encoded stays as it is.
    static func decoded(_ text: some StringProtocol) -> String {
        var bytes = Array(text.utf8)
        let count = bytes.withUnsafeMutableBufferPointer { decodeListed($0) }
        return String(decoding: bytes[..<(count ?? bytes.count)], as: UTF8.self)
    }

    /// Decodes a name of a listing with `encoding-type=url` in place and answers its new length; nil where a `%` is not followed by two
    /// hexadecimal digits. Servers write a space as `%20` or `+`, and all of them write a plus sign as `%2B`: so `+` is a space.
    static func decodeListed(_ bytes: UnsafeMutableBufferPointer<UInt8>) -> Int? {
        var from = 0
        while from < bytes.count, bytes[from] != UInt8(ascii: "%"), bytes[from] != UInt8(ascii: "+") { from += 1 }
        var to = from
        while from < bytes.count {
            let byte = bytes[from]
            if byte == UInt8(ascii: "%") {
                guard from + 2 < bytes.count, let high = nibble(bytes[from + 1]), let low = nibble(bytes[from + 2]) else { return nil }
                bytes[to] = high << 4 | low
                from += 3
            } else {
                bytes[to] = byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte
                from += 1
            }
            to += 1
        }
        return to
    }

    /// True for the bytes that are never encoded: letters, digits, `-`, `.`, `_`, `~`.
    static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x41...0x5a, 0x61...0x7a, 0x30...0x39, 0x2d, 0x2e, 0x5f, 0x7e: true
        default: false
        }
    }

    private static func hexDigit(_ n: UInt8) -> UInt8 { n < 10 ? 48 + n : 55 + n }

    private static func nibble(_ c: UInt8) -> UInt8? {
        switch c {
        case 48...57: c - 48
        case 65...70: c - 55
        case 97...102: c - 87
        default: nil
        }
    }
}

extension PercentEncoding {
    /// The path of an address decoded; a plus sign is one, and what is not encoded stays as it is.
    package static func decodedPath(_ text: String) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count >= 2, let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
