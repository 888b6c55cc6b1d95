internal import S3
public import Vocabulary

/// Addresses as visitors open them, and what of the deployed folder they name.
public enum ContentAddress {
    /// A path as it stands in an address.
    public static func encoded(_ path: Key) -> String { PercentEncoding.path(path.bytes) }

    /// The path below the deployed folder that a person names: an address below one of `bases`, or a path or key. A star at its end means all that
    /// begins so; nil for an address that is below none of them.
    public static func entry(_ text: String, bases: [String], prefix: Prefix) -> PurgeEntry? {
        let isFolder = text.hasSuffix("*")
        let text = isFolder ? String(text.dropLast()) : text
        let path: Key
        if text.contains("://") {
            guard let base = bases.first(where: { text.hasPrefix($0) || text + "/" == $0 }) else { return nil }
            path = Key(PercentEncoding.decodedPath(String(text.dropFirst(base.utf8.count))))
        } else {
            let key = Key(text.hasPrefix("/") ? String(text.dropFirst()) : text)
            path = prefix.relative(key) ?? key
        }
        return isFolder ? PurgeEntry(folder: path) : PurgeEntry(path)
    }
}
