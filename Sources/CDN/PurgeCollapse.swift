internal import Vocabulary

/// Makes few entries of many: folders stand for what lies in them. What is purged then is more than what changed, never less.
public enum PurgeCollapse {
    /// The entries, in order, at most `limit` of them, at most `folderLimit` of which are folders; both at least 1.
    ///
    /// The deepest folders give way first, and among those the ones that hold the most entries, so that as little as possible is purged
    /// without need. Entries that a folder holds already are left out in any case.
    public static func collapse(_ entries: [PurgeEntry], limit: Int, folderLimit: Int) -> [PurgeEntry] {
        var tree = Tree(entries)
        tree.shrink(limit: max(limit, 1), folderLimit: max(folderLimit, 1))
        return tree.entries.sorted()
    }

    /// The entries by the folder they lie in.
    private struct Tree {
        /// The entries of each folder that is not purged as a whole; a folder's path is empty or ends in a slash.
        private var single: [Key: [PurgeEntry]] = [:]
        private var whole: Set<Key> = []
        private var singleCount = 0

        init(_ entries: [PurgeEntry]) {
            for entry in entries where entry.isFolder { whole.insert(entry.path) }
            whole = whole.filter { !Self.hasAncestor($0, in: whole) }
            for entry in Set(entries) where !entry.isFolder {
                let folder = Self.folder(of: entry.path)
                if whole.contains(folder) || Self.hasAncestor(folder, in: whole) { continue }
                single[folder, default: []].append(entry)
                singleCount += 1
            }
        }

        var entries: [PurgeEntry] { single.values.joined() + whole.map { PurgeEntry(folder: $0) } }

        mutating func shrink(limit: Int, folderLimit: Int) {
            func isDone() -> Bool { singleCount + whole.count <= limit && whole.count <= folderLimit }
            var depth = (single.keys.map(Self.depth) + whole.map(Self.depth)).max() ?? 0
            while !isDone() {
                // What lies deeper has become a single entry each by now, or has none beside it.
                var below: [Key: Below] = [:]
                for (folder, entries) in single {
                    for ancestor in Self.lineage(folder) where Self.depth(ancestor) == depth {
                        below[ancestor, default: Below()].count += entries.count
                        below[ancestor]?.single.append(folder)
                    }
                }
                for folder in whole {
                    for ancestor in Self.lineage(folder) where Self.depth(ancestor) == depth {
                        below[ancestor, default: Below()].count += 1
                        below[ancestor]?.whole.append(folder)
                    }
                }
                let order = below.filter { $0.value.count > 1 || depth == 0 }
                    .sorted { $0.value.count == $1.value.count ? $0.key < $1.key : $0.value.count > $1.value.count }
                for (folder, below) in order {
                    if isDone() { return }
                    take(folder, with: below)
                }
                if depth == 0 { return }
                depth -= 1
            }
        }

        /// What lies in a folder.
        private struct Below {
            var count = 0
            var single: [Key] = []
            var whole: [Key] = []
        }

        /// Purges a folder as a whole.
        private mutating func take(_ folder: Key, with below: Below) {
            for inner in below.single { singleCount -= single.removeValue(forKey: inner)?.count ?? 0 }
            for inner in below.whole { whole.remove(inner) }
            whole.insert(folder)
        }

        /// The folder that a path lies in. The address of a folder, which ends in a slash, lies in that folder.
        private static func folder(of path: Key) -> Key { Key(unchecked: Array(path.bytes.dropLast(path.lastComponent.count))) }

        private static func depth(_ folder: Key) -> Int { folder.bytes.count { $0 == UInt8(ascii: "/") } }

        /// The folder and those above it, the outermost first.
        private static func lineage(_ folder: Key) -> [Key] {
            [Key("")]
                + folder.bytes.indices.filter { folder.bytes[$0] == UInt8(ascii: "/") }.map { Key(unchecked: Array(folder.bytes[...$0])) }
        }

        private static func hasAncestor(_ folder: Key, in folders: Set<Key>) -> Bool {
            lineage(folder).contains { $0 != folder && folders.contains($0) }
        }
    }
}
