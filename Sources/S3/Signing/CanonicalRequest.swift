internal import Glibc
internal import HTTP
internal import Vocabulary

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
        signedHeaders = Self.appendHeaders(headers, host: parts.bytes[parts.host], to: &buffer)
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

    /// A signed header: where its name in lower case stands in a scratch buffer, and its number; -1 stands for the Host that the client adds by itself.
    private struct Signed {
        let start: Int
        let count: Int
        let header: Int
    }

    /// The headers that are signed, in the order of their names.
    private struct SignedHeaders {
        /// Their names in lower case, one behind the other.
        let names: UnsafeMutableBufferPointer<UInt8>
        let signed: UnsafeMutableBufferPointer<Signed>
        private(set) var count = 0
        private var used = 0
        private var hasHost = false

        /// Sorts `headers`, and a Host where they have none; `names` has room for all names and four bytes, `signed` for one more than there are.
        init(_ headers: [HTTPHeader], _ names: UnsafeMutableBufferPointer<UInt8>, _ signed: UnsafeMutableBufferPointer<Signed>) {
            self.names = names
            self.signed = signed
            for i in headers.indices {
                let isDone: Void? = headers[i].name.utf8.withContiguousStorageIfAvailable { insert($0, i) }
                if isDone == nil { insert(headers[i].name.utf8, i) }
            }
            if !hasHost { insert("host".utf8, -1) }
        }

        private mutating func insert(_ name: some Sequence<UInt8>, _ header: Int) {
            var end = used
            for byte in name {
                names[end] = folded(byte)
                end += 1
            }
            let new = Signed(start: used, count: end - used, header: header)
            let text = self.name(of: new)
            if isUnsigned(text) { return }
            if text.elementsEqual("host".utf8) { hasHost = true }
            used = end
            // Few, and given nearly in order. Equal names stay in the order in which they are sent.
            var at = count
            while at > 0, precedes(new, signed[at - 1]) {
                signed[at] = signed[at - 1]
                at -= 1
            }
            signed[at] = new
            count += 1
        }

        func name(of header: Signed) -> UnsafeRawBufferPointer {
            UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(names)[header.start..<header.start + header.count])
        }

        /// True where the header's name is that of the one before.
        func isNamedAsTheLast(_ i: Int) -> Bool {
            i > 0 && signed[i].count == signed[i - 1].count && !precedes(signed[i - 1], signed[i])
        }

        /// Whether one name comes before another in byte order.
        private func precedes(_ a: Signed, _ b: Signed) -> Bool {
            guard let base = names.baseAddress else { return false }
            let difference = memcmp(base + a.start, base + b.start, min(a.count, b.count))
            return difference == 0 ? a.count < b.count : difference < 0
        }
    }

    /// Appends the header lines, an empty one, and the names of the signed headers; answers where those stand. Nothing but `buffer` is allocated.
    private static func appendHeaders(_ headers: [HTTPHeader], host: ArraySlice<UInt8>, to buffer: inout [UInt8]) -> Range<Int> {
        let size = headers.reduce(4) { $0 + $1.name.utf8.count }
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: size) { names in
            withUnsafeTemporaryAllocation(of: Signed.self, capacity: headers.count + 1) { signed in
                let sorted = SignedHeaders(headers, names, signed)
                for i in 0..<sorted.count {
                    if sorted.isNamedAsTheLast(i) {
                        buffer[buffer.count - 1] = UInt8(ascii: ",")
                    } else {
                        buffer.append(contentsOf: sorted.name(of: signed[i]))
                        buffer.append(UInt8(ascii: ":"))
                    }
                    let header = signed[i].header
                    if header < 0 { buffer.append(contentsOf: host) } else { appendTrimmed(headers[header].value, to: &buffer) }
                    buffer.append(newline)
                }
                buffer.append(newline)
                let start = buffer.count
                for i in 0..<sorted.count where !sorted.isNamedAsTheLast(i) {
                    if i > 0 { buffer.append(UInt8(ascii: ";")) }
                    buffer.append(contentsOf: sorted.name(of: signed[i]))
                }
                return start..<buffer.count
            }
        }
    }

    /// Appends a value without white space at its ends and with one space for each run of it within.
    private static func appendTrimmed(_ value: String, to buffer: inout [UInt8]) {
        let start = buffer.count
        buffer.append(contentsOf: value.utf8)
        let count = buffer.withUnsafeMutableBufferPointer { bytes in
            // Nearly every value is as it is to be.
            let added = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[start...])
            if !ByteScan.contains(added, where: { ByteScan.hasByte($0, below: 0x21) }) { return bytes.count }
            var to = start
            var pending = false
            for from in start..<bytes.count {
                let byte = bytes[from]
                if isSpace(byte) {
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

/// Headers that clients and proxies set or change on the way; `name` in lower case.
private func isUnsigned(_ name: UnsafeRawBufferPointer) -> Bool {
    switch name.count {
    case 6: name.elementsEqual("expect".utf8)
    case 10: name.elementsEqual("user-agent".utf8) || name.elementsEqual("connection".utf8)
    case 13: name.elementsEqual("authorization".utf8)
    case 15: name.elementsEqual("accept-encoding".utf8) || name.elementsEqual("x-amzn-trace-id".utf8)
    case 17: name.elementsEqual("transfer-encoding".utf8)
    default: false
    }
}

private func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (byte >= 0x09 && byte <= 0x0d) }

private func folded(_ byte: UInt8) -> UInt8 { byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte }
