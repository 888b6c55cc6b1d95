internal import ArgumentParser

/// A stretch of an object's bytes as HTTP writes it (RFC 9110 §14.1.1): `0-499`, `500-`, or `-500` for the last 500.
struct ByteRange: ExpressibleByArgument, Hashable {
    private let first: Int64?
    private let last: Int64?

    init?(argument: String) {
        let text = argument.hasPrefix("bytes=") ? argument.dropFirst(6) : argument[...]
        guard let dash = text.firstIndex(of: "-"), text.utf8.allSatisfy({ (48...57).contains($0) || $0 == UInt8(ascii: "-") }) else {
            return nil
        }
        let (from, to) = (text[..<dash], text[text.index(after: dash)...])
        guard from.isEmpty || Int64(from) != nil, to.isEmpty || Int64(to) != nil, !(from.isEmpty && to.isEmpty) else { return nil }
        first = Int64(from)
        last = Int64(to)
        if let first, let last, last < first { return nil }
    }

    /// The bytes of an object of that size; nil where there are none of them.
    func bytes(of size: Int64) -> Range<Int64>? {
        let start = first ?? max(0, size - (last ?? 0))
        let end = first == nil ? size : min(size, (last ?? size - 1).addingReportingOverflow(1).partialValue)
        return start < end ? start..<end : nil
    }
}
