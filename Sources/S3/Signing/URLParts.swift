/// Where the parts of an absolute URL stand, found in the URL that is sent, so that what is signed is what is sent (RFC 3986 §3).
struct URLParts {
    /// The bytes of the whole URL.
    let bytes: [UInt8]
    /// The host with its port, the port left out where it is the scheme's own: what a client sends as `Host`.
    let host: Range<Int>
    /// The path, with its first slash; empty where the URL has none.
    let path: Range<Int>
    /// The query without its question mark; empty where the URL has none.
    let query: Range<Int>

    /// Finds the parts; nil where the text is not `scheme://host…`.
    init?(_ url: String) {
        bytes = [UInt8](url.utf8)
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), colon + 2 < bytes.count, bytes[colon + 1] == UInt8(ascii: "/"),
            bytes[colon + 2] == UInt8(ascii: "/")
        else { return nil }
        let start = colon + 3
        var end = start
        while end < bytes.count, bytes[end] != UInt8(ascii: "/"), bytes[end] != UInt8(ascii: "?"), bytes[end] != UInt8(ascii: "#") {
            end += 1
        }
        guard end > start else { return nil }
        let port: StaticString = bytes[..<colon].elementsEqual("https".utf8) ? ":443" : ":80"
        let portBytes = UnsafeBufferPointer(start: port.utf8Start, count: port.utf8CodeUnitCount)
        let authority = bytes[start..<end]
        host =
            start..<(authority.count > portBytes.count && authority.suffix(portBytes.count).elementsEqual(portBytes)
            ? end - portBytes.count : end)
        var pathEnd = end
        while pathEnd < bytes.count, bytes[pathEnd] != UInt8(ascii: "?"), bytes[pathEnd] != UInt8(ascii: "#") { pathEnd += 1 }
        path = end..<pathEnd
        var queryEnd = pathEnd
        if pathEnd < bytes.count, bytes[pathEnd] == UInt8(ascii: "?") {
            while queryEnd < bytes.count, bytes[queryEnd] != UInt8(ascii: "#") { queryEnd += 1 }
            query = pathEnd + 1..<queryEnd
        } else {
            query = pathEnd..<pathEnd
        }
    }
}
