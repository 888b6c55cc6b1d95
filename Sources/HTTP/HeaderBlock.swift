internal import CCurl

/// Header fields in the form that CURLOPT_HTTPHEADER takes, built in two allocations: nodes of a `curl_slist` and the text they point to. For requests
/// that cannot go out as a `VerbatimHead`.
///
/// libcurl only reads the list, which lives as long as the transfer. `@unchecked Sendable` is sound: nothing is changed after `init`.
final class HeaderBlock: @unchecked Sendable {
    private let nodes: UnsafeMutablePointer<curl_slist>
    private let text: UnsafeMutablePointer<CChar>

    /// The first node, nil where there is no field.
    let first: UnsafeMutablePointer<curl_slist>?

    /// Lays out `headers` in order after a User-Agent of this value, unless they hold one, and, where `suppressed` fields are not among them, asks
    /// libcurl to leave those out.
    init(_ headers: [HTTPHeader], userAgent: String, suppressed: [String]) {
        let suppressed = suppressed.filter { name in !headers.contains { isEqualIgnoringCase($0.name.utf8, name.utf8) } }
        // CURLOPT_USERAGENT would do; but libcurl formats what is set there twice for each request, a character at a time.
        let hasUserAgent = headers.contains { $0.name.utf8.count == 10 && isEqualIgnoringCase($0.name.utf8, "User-Agent".utf8) }
        let own = hasUserAgent || userAgent.isEmpty ? nil : HTTPHeader("User-Agent", userAgent)
        let count = headers.count + suppressed.count + (own == nil ? 0 : 1)
        func room(_ header: HTTPHeader) -> Int { header.name.utf8.count + header.value.utf8.count + 3 }
        let size =
            (own.map(room) ?? 0) + headers.reduce(0) { $0 + room($1) } + suppressed.reduce(0) { $0 + $1.utf8.count + 2 }
        nodes = .allocate(capacity: max(count, 1))
        text = .allocate(capacity: max(size, 1))
        first = count > 0 ? nodes : nil

        var lines = Lines(nodes: nodes, count: count, text: CText(at: text))
        if let own { lines.append(own) }
        for header in headers { lines.append(header) }
        for name in suppressed { lines.append(suppressed: name) }
    }

    /// Where the next line goes.
    private struct Lines {
        let nodes: UnsafeMutablePointer<curl_slist>
        let count: Int
        var text: CText
        var index = 0

        mutating func begin() {
            (nodes + index).initialize(to: curl_slist(data: text.at, next: index + 1 < count ? nodes + index + 1 : nil))
            index += 1
        }

        mutating func append(_ header: HTTPHeader) {
            begin()
            text.append(header.name)
            // "Name:" without a value would remove a field of libcurl's own; "Name;" sends an empty one.
            text.append(header.value.isEmpty ? ";" : ": ")
            text.append(header.value)
            text.append("\0")
        }

        mutating func append(suppressed name: String) {
            begin()
            text.append(name)
            text.append(":\0")
        }
    }

    deinit {
        nodes.deallocate()
        text.deallocate()
    }
}
