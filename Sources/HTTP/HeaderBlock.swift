internal import CCurl

/// Header fields in the form that CURLOPT_HTTPHEADER takes, built in two allocations: nodes of a `curl_slist` and the text they point to.
///
/// libcurl only reads the list, which lives as long as the transfer. `@unchecked Sendable` is sound: nothing is changed after `init`.
final class HeaderBlock: @unchecked Sendable {
    private let nodes: UnsafeMutablePointer<curl_slist>
    private let text: UnsafeMutablePointer<CChar>

    /// The first node, nil where there is no field.
    let first: UnsafeMutablePointer<curl_slist>?

    /// Lays out `headers` in order and, where `suppressed` fields are not among them, asks libcurl to leave those out.
    init(_ headers: [HTTPHeader], suppressed: [StaticString]) {
        let suppressed = suppressed.filter { name in
            name.withUTF8Buffer { name in !headers.contains { isEqualIgnoringCase($0.name.utf8, name) } }
        }
        let count = headers.count + suppressed.count
        let size =
            headers.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count + 3 } + suppressed.reduce(0) { $0 + $1.utf8CodeUnitCount + 2 }
        nodes = .allocate(capacity: max(count, 1))
        text = .allocate(capacity: max(size, 1))
        first = count > 0 ? nodes : nil

        var at = text
        func append(_ bytes: UnsafeBufferPointer<UInt8>) {
            guard let base = bytes.baseAddress else { return }
            UnsafeMutableRawPointer(at).copyMemory(from: base, byteCount: bytes.count)
            at += bytes.count
        }
        func append(_ string: String) {
            var string = string
            string.withUTF8 { append($0) }
        }
        func append(_ string: StaticString) { string.withUTF8Buffer { append($0) } }
        var index = 0
        func beginField() {
            (nodes + index).initialize(to: curl_slist(data: at, next: index + 1 < count ? nodes + index + 1 : nil))
            index += 1
        }
        for header in headers {
            beginField()
            append(header.name)
            // "Name:" without a value would remove a field of libcurl's own; "Name;" sends an empty one.
            append(header.value.isEmpty ? ";" as StaticString : ": ")
            append(header.value)
            append("\0" as StaticString)
        }
        for name in suppressed {
            beginField()
            append(name)
            append(":\0" as StaticString)
        }
    }

    deinit {
        nodes.deallocate()
        text.deallocate()
    }
}
