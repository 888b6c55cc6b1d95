internal import Vocabulary

/// What libcurl would send without a word and must not: the reasons why a request is refused before anything is sent.
enum RequestCheck {
    /// Throws `HTTPError.invalidRequest` unless the request is one that can be sent as it stands.
    static func check(_ request: HTTPRequest) throws(HTTPError) {
        try checkURL(request.url)
        for header in request.headers { try check(header) }
    }

    /// The URL must be absolute http or https, visible ASCII, without user name (which would become an Authorization field) and fragment.
    private static func checkURL(_ url: String) throws(HTTPError) {
        let utf8 = url.utf8
        guard let scheme = ["http://", "https://"].first(where: { url.hasPrefix($0) }) else {
            throw .invalidRequest("the URL \(url) does not begin with http:// or https://")
        }
        guard all(utf8, { $0 > 0x20 && $0 < 0x7f && $0 != UInt8(ascii: "#") }) else {
            throw .invalidRequest("the URL \(url) has a character that must be percent-encoded")
        }
        let authority = utf8.dropFirst(scheme.utf8.count).prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") }
        guard !authority.isEmpty, !authority.contains(UInt8(ascii: "@")) else {
            throw .invalidRequest("the URL \(url) has no host, or a user name")
        }
    }

    /// A name must be a token (RFC 9110 §5.6.2); a value must not hold CR, LF or NUL (§5.5), which libcurl would send as they are.
    private static func check(_ header: HTTPHeader) throws(HTTPError) {
        guard !header.name.isEmpty, all(header.name.utf8, isTokenCharacter) else {
            throw .invalidRequest("\(header.name) is not a header field's name")
        }
        guard all(header.value.utf8, { $0 != 0x0d && $0 != 0x0a && $0 != 0 }) else {
            throw .invalidRequest("the value of the header field \(header.name) has a line break or a NUL")
        }
        guard !isEqualIgnoringCase(header.name.utf8, "Transfer-Encoding".utf8) else {
            throw .invalidRequest("Transfer-Encoding is the transport's own")
        }
    }

    /// Looks at each byte, where the string has them in a row without asking it for one after the other: every request's header passes here.
    private static func all(_ utf8: String.UTF8View, _ isAllowed: (UInt8) -> Bool) -> Bool {
        utf8.withContiguousStorageIfAvailable { $0.allSatisfy(isAllowed) } ?? utf8.allSatisfy(isAllowed)
    }

    private static func isTokenCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "-"), UInt8(ascii: "_"): true
        default: byte < 0x80 && "!#$%&'*+.^`|~".utf8.contains(byte)
        }
    }
}
