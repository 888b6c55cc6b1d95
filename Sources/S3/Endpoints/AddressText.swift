extension StringProtocol {
    /// The text without ASCII white space at its ends.
    var trimmingASCIISpace: String {
        func isSpace(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }
        var rest = Substring(self).utf8
        while let first = rest.first, isSpace(first) { rest.removeFirst() }
        while let last = rest.last, isSpace(last) { rest.removeLast() }
        return String(Substring(rest))
    }
}

/// True for an IPv6 address in RFC 4291 §2.2's forms, without brackets and zone.
func isIPv6(_ text: String) -> Bool {
    let halves = text.split(separator: "::", maxSplits: 2, omittingEmptySubsequences: false)
    guard halves.count <= 2 else { return false }
    var groups = 0
    for (half, part) in halves.enumerated() {
        if part.isEmpty {
            if halves.count == 1 { return false }
            continue
        }
        let pieces = part.split(separator: ":", omittingEmptySubsequences: false)
        for (index, piece) in pieces.enumerated() {
            if half == halves.count - 1, index == pieces.count - 1, isIPv4(String(piece)) {
                groups += 2
            } else if (1...4).contains(piece.utf8.count), parseHexDigits(piece) {
                groups += 1
            } else {
                return false
            }
        }
    }
    return halves.count == 2 ? groups <= 7 : groups == 8
}

private func parseHexDigits(_ text: Substring) -> Bool {
    text.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) || (65...70).contains($0) }
}

/// The bytes of a URL's path segment with `%XX` decoded; nil where a percent sign is not followed by two hexadecimal digits.
func percentDecoded(_ text: some Sequence<UInt8>) -> [UInt8]? {
    func nibble(_ c: UInt8?) -> UInt8? {
        switch c {
        case .some(let c) where (48...57).contains(c): c - 48
        case .some(let c) where (65...70).contains(c): c - 55
        case .some(let c) where (97...102).contains(c): c - 87
        default: nil
        }
    }
    var result: [UInt8] = []
    var bytes = text.makeIterator()
    while let byte = bytes.next() {
        guard byte == UInt8(ascii: "%") else {
            result.append(byte)
            continue
        }
        guard let high = nibble(bytes.next()), let low = nibble(bytes.next()) else { return nil }
        result.append(high << 4 | low)
    }
    return result
}
