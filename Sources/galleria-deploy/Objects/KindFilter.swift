internal import ArgumentParser
internal import Planning
internal import Vocabulary

/// Which objects are meant by `--type`: a content type (`image/jpeg`), a family of them (`image/*`, `image`), or the extension of a name (`jpg`, `.jpg`).
struct KindFilter: ExpressibleByArgument, Hashable {
    private let word: String

    private static let families: Set<String> = ["image", "video", "audio", "text", "font", "application"]

    init?(argument: String) {
        let lower = argument.lowercased()
        guard !lower.isEmpty, lower.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }) else { return nil }
        word = lower
    }

    /// True where an object of that name and content type is meant; nil for the type stands for what the name tells.
    func includes(_ key: Key, contentType: String?) -> Bool {
        let type = (contentType ?? ContentType.of(key)).lowercased().prefix { $0 != ";" }
        if word.hasSuffix("/*") { return type.hasPrefix(word.dropLast()) }
        if word.contains("/") { return type == word }
        if Self.families.contains(word) { return type.hasPrefix(word + "/") }
        return key.pathExtension == (word.hasPrefix(".") ? String(word.dropFirst()) : word)
    }
}

/// Finds the picture that stands for a listing: the first image that is named `cover`, `primary` or `index`, in this order of names, else the first of all,
/// by the order of keys.
struct PrimaryImage {
    private static let names = ["cover", "primary", "index"]
    private var rank = Int.max

    /// The picture's key; nil where no image was offered.
    private(set) var key: Key?

    /// Takes the next key of the listing into account.
    mutating func offer(_ key: Key) {
        guard ContentType.namesImage(key) else { return }
        let name = String(decoding: key.lastComponent, as: UTF8.self).lowercased()
        let stem = name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
        let rank = Self.names.firstIndex(of: stem) ?? Self.names.count
        if rank < self.rank { (self.rank, self.key) = (rank, key) }
    }
}
