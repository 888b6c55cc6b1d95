internal import Glibc

/// The answer to a request.
public struct HTTPResponse: Sendable {
    /// The status code.
    public let status: Int
    /// The whole body.
    public let body: [UInt8]
    /// The lines of the final answer's header, each with its line end. Most callers ask for one field or none: nothing is parsed before.
    private let head: [UInt8]

    /// Creates a response.
    public init(status: Int, headers: [HTTPHeader], body: [UInt8]) {
        self.init(status: status, head: headers.flatMap { [UInt8]("\($0.name): \($0.value)\r\n".utf8) }, body: body)
    }

    /// Creates a response from header lines as received, with or without the status line.
    init(status: Int, head: [UInt8], body: [UInt8]) {
        self.status = status
        self.head = head
        self.body = body
    }

    /// The header fields of the final answer, in the order received.
    public var headers: [HTTPHeader] {
        var fields: [HTTPHeader] = []
        head.withUnsafeBytes { head in
            eachField(in: head) { name, value in
                fields.append(HTTPHeader(String(decoding: name, as: UTF8.self), String(decoding: value, as: UTF8.self)))
                return true
            }
        }
        return fields
    }

    /// The first header field of that name, compared without regard to ASCII case.
    public func header(_ name: String) -> String? {
        var name = name
        return name.withUTF8 { name in head.withUnsafeBytes { head in value(of: UnsafeRawBufferPointer(name), in: head) } }
    }
}

/// The trimmed value of the first field called `name`: what `eachField` would find, without a look at more than the first bytes of most lines.
private func value(of name: UnsafeRawBufferPointer, in head: UnsafeRawBufferPointer) -> String? {
    guard let base = head.baseAddress, let wanted = name.baseAddress else { return nil }
    var start = 0
    while start < head.count {
        let line = base + start
        let rest = head.count - start
        let length = memchr(line, 0x0a, rest).map { line.distance(to: UnsafeRawPointer($0)) } ?? rest
        start += length + 1
        guard length > name.count, line.load(fromByteOffset: name.count, as: UInt8.self) == UInt8(ascii: ":"),
            strncasecmp(line.assumingMemoryBound(to: CChar.self), wanted.assumingMemoryBound(to: CChar.self), name.count) == 0
        else { continue }
        let value = UnsafeRawBufferPointer(start: line + name.count + 1, count: length - name.count - 1)
        return String(decoding: trimmed(value[...]), as: UTF8.self)
    }
    return nil
}

/// Calls `visit` with the name and the trimmed value of each field (RFC 9112 §5) until it answers false. Lines without a colon are skipped, and
/// so is a status line.
private func eachField(
    in head: UnsafeRawBufferPointer, _ visit: (_ name: Slice<UnsafeRawBufferPointer>, _ value: Slice<UnsafeRawBufferPointer>) -> Bool
) {
    var start = 0
    while start < head.count {
        let end = head[start...].firstIndex(of: UInt8(ascii: "\n")) ?? head.count
        defer { start = end + 1 }
        let line = head[start..<end]
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")), !line[..<colon].contains(UInt8(ascii: " ")) else { continue }
        if !visit(line[..<colon], trimmed(line[(colon + 1)...])) { return }
    }
}

/// `value` without spaces, tabs and carriage returns at its ends (RFC 9110 §5.5).
private func trimmed(_ value: Slice<UnsafeRawBufferPointer>) -> Slice<UnsafeRawBufferPointer> {
    func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0d }
    guard let first = value.firstIndex(where: { !isBlank($0) }), let last = value.lastIndex(where: { !isBlank($0) }) else {
        return value[value.endIndex...]
    }
    return value[first...last]
}

/// Compares two names bytewise, upper-case ASCII letters taken for lower-case ones.
func isEqualIgnoringCase(_ a: some Collection<UInt8>, _ b: some Collection<UInt8>) -> Bool {
    func lower(_ byte: UInt8) -> UInt8 { byte >= 65 && byte <= 90 ? byte | 0x20 : byte }
    return a.count == b.count && zip(a, b).allSatisfy { lower($0) == lower($1) }
}
