internal import CCurl

/// A request's head as one text, for CURLOPT_REQUEST_TARGET(3): "libcurl passes on the verbatim string in its request without any filter or other safe
/// guards. That includes white space and control characters."
///
/// What is given as header fields libcurl formats a character at a time: a fifth of a small upload's instructions, SHA-256 apart. So the
/// target carries the fields behind it, and libcurl adds what only it knows:
///
///     PUT ⟦/key HTTP/1.1␍␊Host: …␍␊Accept: */*␍␊ the fields ␍␊User-Agent: galleria-deploy/1.0⟧ HTTP/1.1␍␊Content-Length: 5␍␊␍␊
///
/// The User-Agent comes last because ` HTTP/1.1` follows, which is one more product there (RFC 9110 §10.1.5). Nothing in a field can end its line:
/// `RequestCheck` refuses line breaks before a request comes here.
///
/// `@unchecked Sendable` is sound: nothing is changed after `init`.
final class VerbatimHead: @unchecked Sendable {
    /// From the target to the name of the program; ends in NUL.
    let text: UnsafeMutablePointer<CChar>
    /// How many bytes of the request's URL are scheme and authority.
    let originLength: Int

    /// Lays out `request`; nil where libcurl must do it: it has a field of libcurl's own or the User-Agent, or a percent sign in its host (a zone, which is
    /// not sent), or there is no name of a program.
    init?(_ request: HTTPRequest, userAgent: String) {
        let headers = request.headers
        guard !userAgent.isEmpty, !headers.indices.contains(where: { Self.isLibcurls(headers[$0].name) }) else { return nil }
        var url = request.url
        let origin = url.withUTF8 { Self.origin(of: $0) }
        guard let origin else { return nil }
        originLength = origin.length

        // The host stands in the URL, too; 64 bytes are more than all that is fixed.
        var room = 2 * url.utf8.count + userAgent.utf8.count + 64
        for index in headers.indices { room += headers[index].name.utf8.count + headers[index].value.utf8.count + 4 }
        text = .allocate(capacity: room)
        var line = CText(at: text)
        url.withUTF8 { url in
            if origin.length == url.count || url[origin.length] != UInt8(ascii: "/") { line.append("/") }
            line.append(UnsafeBufferPointer(rebasing: url[origin.length...]))
            line.append(" HTTP/1.1\r\nHost: ")
            line.append(UnsafeBufferPointer(rebasing: url[origin.host]))
            line.append("\r\n")
        }
        if !headers.indices.contains(where: { Self.isAccept(headers[$0].name) }) { line.append("Accept: */*\r\n") }
        for index in headers.indices {
            line.append(headers[index].name)
            line.append(headers[index].value.isEmpty ? ":" : ": ")
            line.append(headers[index].value)
            line.append("\r\n")
        }
        line.append("User-Agent: ")
        line.append(userAgent)
        line.append("\0")
    }

    deinit { text.deallocate() }

    /// How long scheme and authority of an http or https URL are, and where the host stands that is sent: without a port that is the scheme's own (RFC
    /// 9110 §4.2.3). Nil for a host with a percent sign.
    private static func origin(of url: UnsafeBufferPointer<UInt8>) -> (length: Int, host: Range<Int>)? {
        let isSecure = url[4] == UInt8(ascii: "s")
        let start = isSecure ? 8 : 7
        var end = start
        while end < url.count, url[end] != UInt8(ascii: "/"), url[end] != UInt8(ascii: "?") {
            if url[end] == UInt8(ascii: "%") { return nil }
            end += 1
        }
        let port: StaticString = isSecure ? ":443" : ":80"
        let length = port.utf8CodeUnitCount
        let isOwn = end - start > length && port.withUTF8Buffer { url[end - length..<end].elementsEqual($0) }
        return (end, start..<(isOwn ? end - length : end))
    }

    /// True for the name of a field that libcurl writes itself, or looks for to decide what else to do, and for the User-Agent, which may be signed.
    private static func isLibcurls(_ name: String) -> Bool {
        let own: StaticString
        switch name.utf8.count {
        case 4: own = "Host"
        case 6: own = "Expect"
        case 10: return isEqualIgnoringCase(name.utf8, "Connection".utf8) || isEqualIgnoringCase(name.utf8, "User-Agent".utf8)
        case 14: own = "Content-Length"
        default: return false
        }
        return own.withUTF8Buffer { isEqualIgnoringCase(name.utf8, $0) }
    }

    private static func isAccept(_ name: String) -> Bool { name.utf8.count == 6 && isEqualIgnoringCase(name.utf8, "Accept".utf8) }

    /// What libcurl is to leave out, for CURLOPT_HTTPHEADER: the fields that are in the text, a type it would invent, and `Expect`, unless `expects`.
    static func leftOut(expects: Bool) -> UnsafePointer<curl_slist> {
        expects ? UnsafePointer(suppressed + 1) : UnsafePointer(suppressed)
    }

    /// Made once, and never freed.
    private nonisolated(unsafe) static let suppressed: UnsafeMutablePointer<curl_slist> = {
        let names: [StaticString] = ["Expect:\0", "Host:\0", "Accept:\0", "Content-Type:\0"]
        let nodes = UnsafeMutablePointer<curl_slist>.allocate(capacity: names.count)
        for (index, name) in names.enumerated() {
            let data = UnsafeMutablePointer<CChar>.allocate(capacity: name.utf8CodeUnitCount)
            UnsafeMutableRawPointer(data).copyMemory(from: name.utf8Start, byteCount: name.utf8CodeUnitCount)
            (nodes + index).initialize(to: curl_slist(data: data, next: index + 1 < names.count ? nodes + index + 1 : nil))
        }
        return nodes
    }()
}
