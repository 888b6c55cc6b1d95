public import Vocabulary

/// The names that are never published unless asked for. The same rules hold for keys in the bucket: what they exclude there
/// is neither compared nor deleted.
public struct DefaultExclusions: Sendable {
    /// True where hidden names and leftovers are to be published (`--dotfiles`).
    public let publishesDotfiles: Bool

    /// The rules, lifted or not.
    public init(publishesDotfiles: Bool) { self.publishesDotfiles = publishesDotfiles }

    /// The folder in the bucket that holds this tool's lock and trash.
    public static let ownFolder = ".galleria"

    private static let versionControl: Set<String> = [
        ".git", ".hg", ".svn", ".bzr", ".jj", "_darcs", "CVS", ".gitignore", ".gitattributes", ".gitmodules",
    ]
    private static let ownFiles: Set<String> = ["galleria-deploy.yml", "galleria-deploy.yaml", ".galleria-ignore", ownFolder]
    private static let ownSuffixes = [
        ".galleria-state", ".galleria-state-wal", ".galleria-state-shm", ".galleria-plan", ".galleria-log", ".galleria-report.html",
    ]
    private static let leftovers: Set<String> = ["thumbs.db", "desktop.ini", "@eadir", "__macosx", ".ds_store"]

    /// Judges one path component.
    public func exclusion(ofName name: some BidirectionalCollection<UInt8>) -> Exclusion? {
        guard let first = name.first, let last = name.last, Self.firstBytes[Int(first)] || Self.lastBytes[Int(last)] else { return nil }
        let text = String(decoding: name, as: UTF8.self)
        if text == Self.ownFolder { return .ownFile }
        if publishesDotfiles { return nil }
        if Self.ownFiles.contains(text) || Self.ownSuffixes.contains(where: text.hasSuffix) { return .ownFile }
        if Self.versionControl.contains(text) { return .versionControl }
        if text.hasPrefix(".env") { return .environment }
        if Self.leftovers.contains(text.lowercased()) { return .leftover }
        if text.hasSuffix("~") || text.hasSuffix(".swp") { return .editor }
        return first == UInt8(ascii: ".") && text != ".well-known" ? .hidden : nil
    }

    // Most names are plain; only those that begin or end like one of the rules are compared with them.
    private static let firstBytes = byteSet(
        ([".", "~"] + versionControl + ownFiles + leftovers + leftovers.map { $0.uppercased() }).compactMap(\.utf8.first))
    private static let lastBytes = byteSet((["~", ".swp"] + ownSuffixes).compactMap(\.utf8.last))

    private static func byteSet(_ bytes: [UInt8]) -> [Bool] {
        var set = [Bool](repeating: false, count: 256)
        for byte in bytes { set[Int(byte)] = true }
        return set
    }

    /// Judges a whole path: excluded where any of its components is.
    public func exclusion(ofPath path: Key) -> Exclusion? {
        for component in path.bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: true) {
            if let exclusion = exclusion(ofName: component) { return exclusion }
        }
        return nil
    }
}
