public import Vocabulary

/// What a deploy changed, as it is to be fetched anew. It holds paths below the deployed folder.
///
/// | what became of an object | purged |
/// |---|---|
/// | its content or its headers were replaced, or may have been | its address |
/// | it was deleted, or may have been | its address |
/// | it is new | nothing, because no cache can hold it; unless `purge-new` says that a cache keeps “not found” |
/// | any of these, and it is an index page, a new one too | its address and its folder's, with and without the slash |
///
/// A folder's address may have been answered with something else before it had an index page, a listing or another page.
public struct PurgeList: Sendable, Hashable {
    /// Beyond so many paths everything is purged: no network takes as many by name.
    public static let mostPaths = 20_000

    private var paths: Set<Key> = []
    /// True where all that was deployed is to be fetched anew.
    public private(set) var isEverything = false

    /// Nothing.
    public init() {}

    /// Everything.
    public static var everything: PurgeList {
        var list = PurgeList()
        list.isEverything = true
        return list
    }

    /// True where nothing is to be purged.
    public var isEmpty: Bool { !isEverything && paths.isEmpty }

    /// The paths, in order; none where everything is meant.
    public var sorted: [Key] { paths.sorted() }

    /// Adds an object that is not what it was; `isNew` where there was none before.
    public mutating func note(_ path: Key, isNew: Bool = false, purgesNew: Bool = false) {
        guard !isEverything, !isNew || purgesNew || path.isIndexPage else { return }
        paths.insert(path)
        guard paths.count > Self.mostPaths else { return }
        paths = []
        isEverything = true
    }

    /// Adds all of another list.
    public mutating func merge(_ other: PurgeList) {
        guard !other.isEverything else { return self = .everything }
        for path in other.paths { note(path) }
    }

    /// The addresses to purge, in order, index pages also by their folders.
    public var entries: [PurgeEntry] {
        if isEverything { return [.everything] }
        var entries = Set<PurgeEntry>()
        for path in paths {
            entries.insert(PurgeEntry(path))
            guard path.isIndexPage else { continue }
            let folder = path.bytes.dropLast(path.lastComponent.count)
            entries.insert(PurgeEntry(Key(unchecked: Array(folder))))
            if !folder.isEmpty { entries.insert(PurgeEntry(Key(unchecked: Array(folder.dropLast())))) }
        }
        return entries.sorted()
    }
}

extension PurgeList {
    /// The list as a line for each path, or `*`, to be remembered. A path with a line end in it is remembered as `*`.
    public var text: String {
        if isEverything || paths.contains(where: { $0.bytes.contains(0x0A) || $0.bytes == Array("*".utf8) }) { return "*" }
        return sorted.map(\.string).joined(separator: "\n")
    }

    /// Reads what `text` wrote.
    public init(text: String) {
        self.init()
        if text == "*" { isEverything = true }
        guard !isEverything else { return }
        for line in text.utf8.split(separator: 0x0A) { note(Key(unchecked: Array(line))) }
    }
}

extension Key {
    /// True for the page that stands for its folder.
    var isIndexPage: Bool { lastComponent.elementsEqual("index.html".utf8) || lastComponent.elementsEqual("index.htm".utf8) }
}
