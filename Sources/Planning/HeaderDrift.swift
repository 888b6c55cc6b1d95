public import Vocabulary

extension HeaderSet {
    /// What CopyObject replaces as a whole and a HEAD shows (Amazon S3 API Reference, CopyObject): a field of these that an object has and
    /// nobody asked for is to go.
    public static let replaced = [
        "cache-control", "content-disposition", "content-encoding", "content-language", "content-type", "expires",
    ]

    /// What a HEAD does not show, so that it cannot be compared without a record.
    private static func isUnseen(_ name: String) -> Bool {
        name == "x-amz-acl" || name.hasPrefix("x-amz-grant-") || name == "x-amz-tagging" || name.hasPrefix("x-amz-object-lock-")
            || name.hasPrefix("x-amz-server-side-encryption-bucket")
    }

    /// The names of the fields that are not as this set asks for, in order. `shown` answers the value of a field of the object's HEAD.
    ///
    /// Metadata that nobody asked for may be somebody else's: it is no drift.
    public func drift(shown: (String) -> String?) -> [String] {
        var names: [String] = []
        for field in fields where !Self.isUnseen(field.name) {
            let value = shown(field.name) ?? Self.whereAbsent[field.name]
            if !Self.isSame(field.name, field.value, value) { names.append(field.name) }
        }
        for name in Self.replaced where self[name] == nil {
            if let value = shown(name), !Self.isSame(name, Self.whereAbsent[name], value) { names.append(name) }
        }
        return names.sorted()
    }

    /// What an absent field stands for.
    private static let whereAbsent = [
        "x-amz-storage-class": "STANDARD", "content-type": "binary/octet-stream", "content-encoding": "",
    ]

    private static func isSame(_ name: String, _ wanted: String?, _ shown: String?) -> Bool {
        guard let wanted, let shown else { return wanted == shown }
        if wanted == shown { return true }
        switch name {
        case "content-type": return contentType(wanted) == contentType(shown)
        case "content-encoding": return encodings(wanted) == encodings(shown)
        default: return trimmed(wanted[...]) == trimmed(shown[...])
        }
    }

    /// A media type with its parameters as servers may rewrite it: case and space do not count (RFC 9110 §8.3.1).
    private static func contentType(_ value: String) -> [String] { value.lowercased().split(separator: ";").map { trimmed($0) } }

    /// Content codings; `aws-chunked` tells how an upload travelled, not what is stored.
    private static func encodings(_ value: String) -> [String] {
        value.lowercased().split(separator: ",").map { trimmed($0) }.filter { !$0.isEmpty && $0 != "aws-chunked" }
    }

    private static func trimmed(_ text: Substring) -> String {
        var text = text
        while text.first == " " || text.first == "\t" { text.removeFirst() }
        while text.last == " " || text.last == "\t" { text.removeLast() }
        return String(text)
    }
}
