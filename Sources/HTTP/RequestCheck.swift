internal import Vocabulary

/// What libcurl would send without a word and must not: the reasons why a request is refused before anything is sent.
enum RequestCheck {
    /// Throws `HTTPError.invalidRequest` unless the request is one that can be sent as it stands.
    static func check(_ request: HTTPRequest) throws(HTTPError) {
        try checkURL(request.url)
        for index in request.headers.indices { try check(request.headers[index]) }
    }

    /// The URL must be absolute http or https, visible ASCII, without user name (which would become an Authorization field) and fragment.
    private static func checkURL(_ url: String) throws(HTTPError) {
        let utf8 = url.utf8
        guard let scheme = ["http://", "https://"].first(where: { url.hasPrefix($0) }) else {
            throw .invalidRequest("the URL \(url) does not begin with http:// or https://")
        }
        guard
            !contains(
                utf8,
                where: { word in
                    ByteScan.hasByte(word, below: 0x21) | ByteScan.hasHighByte(word) | ByteScan.hasByte(word, 0x7f)
                        | ByteScan.hasByte(word, UInt8(ascii: "#"))
                })
        else {
            throw .invalidRequest("the URL \(url) has a character that must be percent-encoded")
        }
        let authority = utf8.dropFirst(scheme.utf8.count).prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") }
        guard !authority.isEmpty, !authority.contains(UInt8(ascii: "@")) else {
            throw .invalidRequest("the URL \(url) has no host, or a user name")
        }
    }

    /// A name must be a token (RFC 9110 §5.6.2); a value must not hold CR, LF or NUL (§5.5), which libcurl would send as they are.
    static func check(_ header: HTTPHeader) throws(HTTPError) {
        guard !header.name.isEmpty, isToken(header.name) else {
            throw .invalidRequest("\(header.name) is not a header field's name")
        }
        guard !contains(header.value.utf8, where: { ByteScan.hasByte($0, 0x0d) | ByteScan.hasByte($0, 0x0a) | ByteScan.hasByte($0, 0) })
        else {
            throw .invalidRequest("the value of the header field \(header.name) has a line break or a NUL")
        }
        guard header.name.utf8.count != 17 || !isEqualIgnoringCase(header.name.utf8, "Transfer-Encoding".utf8) else {
            throw .invalidRequest("Transfer-Encoding is the transport's own")
        }
    }

    /// True where `isFound` answers other than 0 for a word of the text: every request's header passes here.
    @inline(__always)
    private static func contains(_ utf8: String.UTF8View, where isFound: (UInt64) -> UInt64) -> Bool {
        utf8.withContiguousStorageIfAvailable { ByteScan.contains(UnsafeRawBufferPointer($0), where: isFound) }
            ?? [UInt8](utf8).withUnsafeBytes { ByteScan.contains($0, where: isFound) }
    }

    private static func isToken(_ name: String) -> Bool {
        name.utf8.withContiguousStorageIfAvailable { bytes in
            for byte in bytes where !isTokenCharacter(byte) { return false }
            return true
        } ?? name.utf8.allSatisfy(isTokenCharacter)
    }

    @inline(__always)
    private static func isTokenCharacter(_ byte: UInt8) -> Bool {
        let set = byte < 64 ? tokenCharacters.low : tokenCharacters.high
        return byte < 0x80 && set >> UInt64(byte & 63) & 1 == 1
    }

    /// A bit for each character of ASCII that may stand in a token.
    private static let tokenCharacters: (low: UInt64, high: UInt64) = {
        var set: (low: UInt64, high: UInt64) = (0, 0)
        for byte in "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8 {
            if byte < 64 { set.low |= 1 << UInt64(byte) } else { set.high |= 1 << UInt64(byte - 64) }
        }
        return set
    }()
}
