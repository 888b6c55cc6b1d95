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

    /// What the names begin with of the ledger of dropped files, and of files on their way back.
    private static let ledger = ".galleria-dropped.json"
    private static let restoring = ".galleria-restore-"

    private static let versionControl: Set<String> = [
        ".git", ".hg", ".svn", ".bzr", ".jj", "_darcs", "CVS", ".gitignore", ".gitattributes", ".gitmodules",
    ]
    private static let ownFiles: Set<String> = ["galleria-deploy.yml", "galleria-deploy.yaml", ".galleria-ignore", ownFolder]
    private static let ownSuffixes = [
        ".galleria-state", ".galleria-state-wal", ".galleria-state-shm", ".galleria-plan", ".galleria-log", ".galleria-report.html",
    ]
    private static let leftovers: Set<String> = ["thumbs.db", "desktop.ini", "@eadir", "__macosx", ".ds_store"]

    /// Judges one path component.
    public func exclusion(ofName name: [UInt8]) -> Exclusion? { name.withUnsafeBytes { exclusion(ofName: $0) } }

    /// Judges one path component, in place: a walk and a listing ask this of every name, and nearly every name is plain.
    public func exclusion(ofName name: UnsafeRawBufferPointer) -> Exclusion? {
        guard let first = name.first, let last = name.last, Self.mayBeExcluded(name, first, last) else { return nil }
        let text = String(decoding: name, as: UTF8.self)
        if text == Self.ownFolder || text.hasPrefix(Self.ledger) || text.hasPrefix(Self.restoring) { return .ownFile }
        if publishesDotfiles { return nil }
        if Self.ownFiles.contains(text) || Self.ownSuffixes.contains(where: text.hasSuffix) { return .ownFile }
        if Self.versionControl.contains(text) { return .versionControl }
        if text.hasPrefix(".env") { return .environment }
        if Self.leftovers.contains(text.lowercased()) { return .leftover }
        if text.hasSuffix("~") || text.hasSuffix(".swp") { return .editor }
        return first == UInt8(ascii: ".") && text != ".well-known" ? .hidden : nil
    }

    /// Judges a whole path: excluded where any of its components is.
    public func exclusion(ofPath path: Key) -> Exclusion? {
        path.bytes.withUnsafeBytes { bytes in
            var start = 0
            for end in 0...bytes.count where end == bytes.count || bytes[end] == UInt8(ascii: "/") {
                if end > start, let exclusion = exclusion(ofName: UnsafeRawBufferPointer(rebasing: bytes[start..<end])) { return exclusion }
                start = end + 1
            }
            return nil
        }
    }

    // MARK: What most names are refused by

    /// False for a name that no rule can mean: it neither begins with a dot, nor ends like one of the rules, nor has a rule's first letter
    /// and length.
    private static func mayBeExcluded(_ name: UnsafeRawBufferPointer, _ first: UInt8, _ last: UInt8) -> Bool {
        if first == UInt8(ascii: ".") || last == UInt8(ascii: "~") { return true }
        if name.count < 64, wholeNames[Int(first | 0x20)] >> UInt64(name.count) & 1 == 1 { return true }
        return endings[Int(last)].contains { ending in
            guard name.count >= ending.count else { return false }
            var i = 1
            while i <= ending.count, name[name.count - i] == ending[ending.count - i] { i += 1 }
            return i > ending.count
        }
    }

    /// By first letter in lower case, a bit for each length that a whole name of the rules has.
    private static let wholeNames: [UInt64] = {
        var lengths = [UInt64](repeating: 0, count: 256)
        for name in versionControl.union(ownFiles).union(leftovers) {
            guard let first = name.utf8.first else { continue }
            lengths[Int(first | 0x20)] |= 1 << UInt64(name.utf8.count)
        }
        return lengths
    }()

    /// By last letter, the endings of the rules.
    private static let endings: [[[UInt8]]] = {
        var endings = [[[UInt8]]](repeating: [], count: 256)
        for ending in ownSuffixes + [".swp"] {
            guard let last = ending.utf8.last else { continue }
            endings[Int(last)].append([UInt8](ending.utf8))
        }
        return endings
    }()
}
