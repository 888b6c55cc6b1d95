internal import Foundation
internal import Planning
internal import Source
internal import Vocabulary

/// A walk whose files get other names in the bucket than in the source, collected and put into the order of the listing: memory holds the gallery's
/// paths then.
struct NamedFiles {
    /// The walk's entries, files under their names in the bucket, in byte order of those.
    private(set) var entries: [WalkEntry] = []
    /// Files that would become one object: their paths in the source.
    private(set) var collisions: [(first: Key, second: Key)] = []

    private var paths: Set<Key> = []
    private var leftOut: Set<[UInt8]> = []

    /// Takes over what a walk yields. `leftOut` are the paths of what it leaves out, complete once `files` has come to its end.
    init(_ files: SourceFiles, _ naming: KeyNaming, ownFiles: Set<FileStatus.Identity>, leftOut: () -> [[UInt8]]) {
        var named: [LocalFile] = []
        while let entry = files.next() {
            switch entry {
            case .failure: entries.append(entry)
            case .file(let file) where ownFiles.contains(file.status.identity): entries.append(entry)
            case .file(let file):
                named.append(LocalFile(path: naming.path(of: file.path), status: file.status, sourcePath: file.path))
            }
        }
        named.sort { $0.path < $1.path }
        for (first, second) in zip(named, named.dropFirst()) where first.path == second.path {
            collisions.append((first.sourcePath, second.sourcePath))
        }
        paths = Set(named.map(\.path))
        entries += named.map { .file($0) }
        self.leftOut = Set(leftOut().map { naming.path(of: Key(String(decoding: $0, as: UTF8.self))).bytes })
    }

    /// Whether an object is none of the deploy's business; nil where the selection is to be asked. Rules that are written for paths of the source
    /// leave out the objects of what they leave out there.
    func protects(_ path: Key, deletesExcluded: Bool) -> Bool? {
        if paths.contains(path) { return false }
        if deletesExcluded { return nil }
        if leftOut.contains(path.bytes) { return true }
        let isBelow = path.bytes.indices.contains { path.bytes[$0] == UInt8(ascii: "/") && leftOut.contains(Array(path.bytes[..<$0])) }
        return isBelow ? true : nil
    }
}

extension KeyNaming {
    /// The path in the bucket of a path in the source.
    func path(of path: Key) -> Key {
        var text = path.string
        if letterCase == .lower { text = text.lowercased() }
        if spelling == .nfc { text = text.precomposedStringWithCanonicalMapping }
        return Key(text)
    }
}
