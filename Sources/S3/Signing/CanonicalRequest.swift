internal import HTTP

/// The canonical request of Signature Version 4, built in one pass into one buffer (AWS General Reference, "Create a canonical request").
struct CanonicalRequest {
    /// Method, path, query, headers, names of signed headers and payload hash, a line each.
    let bytes: [UInt8]
    /// Where the names of the signed headers stand in `bytes`: `host;x-amz-date`.
    let signedHeaders: Range<Int>

    /// Builds the canonical form of a request as it will be sent. `url` is found in `parts`; a Host header is taken from there unless given.
    init(
        method: HTTPMethod, parts: URLParts, extraQuery: [(name: String, value: String)] = [], headers: [HTTPHeader], payload: String,
        path: SigV4.PathRule
    ) {
        var buffer: [UInt8] = []
        buffer.reserveCapacity(parts.bytes.count + 512)
        buffer.append(contentsOf: method.rawValue.utf8)
        buffer.append(newline)
        Self.appendPath(parts.bytes[parts.path], rule: path, to: &buffer)
        buffer.append(newline)
        Self.appendQuery(parts.bytes[parts.query], extra: extraQuery, to: &buffer)
        buffer.append(newline)
        let names = Self.appendHeaders(headers, host: parts.bytes[parts.host], to: &buffer)
        buffer.append(newline)
        let start = buffer.count
        for (i, name) in names.enumerated() {
            if i > 0 { buffer.append(UInt8(ascii: ";")) }
            appendLowercased(name, to: &buffer)
        }
        signedHeaders = start..<buffer.count
        buffer.append(newline)
        buffer.append(contentsOf: payload.utf8)
        bytes = buffer
    }

    /// The names of the signed headers as text.
    var signedHeaderNames: String { String(decoding: bytes[signedHeaders], as: UTF8.self) }

    // MARK: Path

    private static func appendPath(_ path: ArraySlice<UInt8>, rule: SigV4.PathRule, to buffer: inout [UInt8]) {
        switch rule {
        case .asSent:
            if path.isEmpty { buffer.append(slash) } else { buffer.append(contentsOf: path) }
        case .encodedAgain(let normalized):
            if normalized {
                PercentEncoding.append(normalize(path), to: &buffer, keepingSlashes: true)
            } else if path.isEmpty {
                buffer.append(slash)
            } else {
                PercentEncoding.append(path, to: &buffer, keepingSlashes: true)
            }
        }
    }

    /// Removes empty and dot segments (RFC 3986 §5.2.4, and runs of slashes become one): for every service but S3, whose keys hold them.
    private static func normalize(_ path: ArraySlice<UInt8>) -> [UInt8] {
        var segments: [ArraySlice<UInt8>] = []
        for segment in path.split(separator: slash) where !segment.elementsEqual(".".utf8) {
            if segment.elementsEqual("..".utf8) { _ = segments.popLast() } else { segments.append(segment) }
        }
        if segments.isEmpty { return [slash] }
        var result: [UInt8] = []
        for segment in segments { result += [slash] + segment }
        if path.last == slash { result.append(slash) }
        return result
    }

    // MARK: Query

    /// Appends the parameters sorted by encoded name, then value; each has an equals sign, also where the URL leaves it out.
    private static func appendQuery(_ query: ArraySlice<UInt8>, extra: [(name: String, value: String)], to buffer: inout [UInt8]) {
        if query.isEmpty && extra.isEmpty { return }
        var parameters: [(name: [UInt8], value: [UInt8])] = query.split(separator: UInt8(ascii: "&")).map { part in
            let equals = part.firstIndex(of: UInt8(ascii: "=")) ?? part.endIndex
            return (encoded(part[..<equals]), encoded(part[min(equals + 1, part.endIndex)...]))
        }
        for (name, value) in extra {
            parameters.append(([UInt8](PercentEncoding.query(name).utf8), [UInt8](PercentEncoding.query(value).utf8)))
        }
        parameters.sort { a, b in
            a.name == b.name ? a.value.lexicographicallyPrecedes(b.value) : a.name.lexicographicallyPrecedes(b.name)
        }
        for (i, parameter) in parameters.enumerated() {
            if i > 0 { buffer.append(UInt8(ascii: "&")) }
            buffer += parameter.name
            buffer.append(UInt8(ascii: "="))
            buffer += parameter.value
        }
    }

    /// A part of the query with what is not encoded yet encoded; `%XX` stays.
    private static func encoded(_ part: ArraySlice<UInt8>) -> [UInt8] {
        if part.allSatisfy({ PercentEncoding.isUnreserved($0) || $0 == UInt8(ascii: "%") }) { return [UInt8](part) }
        var result: [UInt8] = []
        for byte in part {
            if byte == UInt8(ascii: "%") {
                result.append(byte)
            } else {
                PercentEncoding.append(CollectionOfOne(byte), to: &result, keepingSlashes: false)
            }
        }
        return result
    }

    // MARK: Headers

    /// Appends the header lines and answers the names of the signed ones in order, each once.
    private static func appendHeaders(_ headers: [HTTPHeader], host: ArraySlice<UInt8>, to buffer: inout [UInt8]) -> [String] {
        var order: [Int] = []
        order.reserveCapacity(headers.count + 1)
        var hasHost = false
        for (i, header) in headers.enumerated() where !isUnsigned(header.name) {
            if equalFolded(header.name, "host") { hasHost = true }
            order.append(i)
        }
        // -1 stands for the Host that the client adds by itself.
        if !hasHost { order.append(-1) }
        func name(_ i: Int) -> String { i < 0 ? "host" : headers[i].name }
        order.sort { a, b in
            let difference = compareFolded(name(a), name(b))
            return difference == 0 ? a < b : difference < 0
        }
        var names: [String] = []
        names.reserveCapacity(order.count)
        for i in order {
            if let last = names.last, equalFolded(last, name(i)) {
                buffer[buffer.count - 1] = UInt8(ascii: ",")
            } else {
                names.append(name(i))
                appendLowercased(name(i), to: &buffer)
                buffer.append(UInt8(ascii: ":"))
            }
            if i < 0 { buffer.append(contentsOf: host) } else { appendTrimmed(headers[i].value, to: &buffer) }
            buffer.append(newline)
        }
        return names
    }

    /// Headers that clients and proxies set or change on the way.
    private static func isUnsigned(_ name: String) -> Bool {
        switch name.utf8.count {
        case 6: equalFolded(name, "expect")
        case 10: equalFolded(name, "user-agent") || equalFolded(name, "connection")
        case 13: equalFolded(name, "authorization")
        case 15: equalFolded(name, "accept-encoding") || equalFolded(name, "x-amzn-trace-id")
        case 17: equalFolded(name, "transfer-encoding")
        default: false
        }
    }

    /// Appends a value without white space at its ends and with one space for each run of it within.
    private static func appendTrimmed(_ value: String, to buffer: inout [UInt8]) {
        let start = buffer.count
        buffer.append(contentsOf: value.utf8)
        let count = buffer.withUnsafeMutableBufferPointer { bytes in
            var to = start
            var pending = false
            for from in start..<bytes.count {
                let byte = bytes[from]
                if byte == 0x20 || (byte >= 0x09 && byte <= 0x0d) {
                    pending = to > start
                } else {
                    if pending {
                        bytes[to] = 0x20
                        to += 1
                        pending = false
                    }
                    bytes[to] = byte
                    to += 1
                }
            }
            return to
        }
        buffer.removeLast(buffer.count - count)
    }
}

private let newline = UInt8(ascii: "\n")
private let slash = UInt8(ascii: "/")

private func folded(_ byte: UInt8) -> UInt8 { byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte }

private func appendLowercased(_ name: String, to buffer: inout [UInt8]) {
    let start = buffer.count
    buffer.append(contentsOf: name.utf8)
    buffer.withUnsafeMutableBufferPointer { bytes in
        for i in start..<bytes.count { bytes[i] = folded(bytes[i]) }
    }
}

private func compareFolded(_ a: String, _ b: String) -> Int {
    var rest = b.utf8.makeIterator()
    for x in a.utf8 {
        guard let y = rest.next() else { return 1 }
        let difference = Int(folded(x)) - Int(folded(y))
        if difference != 0 { return difference }
    }
    return rest.next() == nil ? 0 : -1
}

private func equalFolded(_ a: String, _ b: String) -> Bool { a.utf8.count == b.utf8.count && compareFolded(a, b) == 0 }
