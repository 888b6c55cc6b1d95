internal import Digest
public import Planning
internal import Source
internal import Vocabulary

/// What names files in the bucket: a layout, a map, or both, of which the map stands above.
public struct KeyLayout: Sendable {
    /// The layout; nil where files that the map does not name keep their paths.
    public var layout: Layout?
    /// The template that paths are matched with, for the layout's own variables; nil where all of them are set.
    public var paths: Layout?
    /// What was written down for single files.
    public var map: KeyMap
    /// The time that files seen for the first time are given, in microseconds since 1970: one for the whole run, so that it can be planned twice.
    public var now: Int64

    /// Creates what names files.
    public init(layout: Layout?, paths: Layout? = nil, map: KeyMap = KeyMap(), now: Int64) {
        self.layout = layout
        self.paths = paths
        self.map = map
        self.now = now
    }
}

extension KeyLayout {
    /// The same with letters written as keys have them.
    func spelled(by naming: KeyNaming) -> KeyLayout {
        guard !naming.isIdentity, let layout else { return self }
        var spelled = self
        spelled.layout = layout.spelling { naming.path(of: Key($0)).string }
        return spelled
    }

    /// Digest of what keys are made by, besides the files: with numbers of another layout nothing can be begun.
    var digest: SHA256 {
        SHA256.digest(of: [UInt8]([layout?.identity ?? "", paths?.template ?? ""].joined(separator: "\0").utf8))
    }

    /// The time of the `ordinal`th new file: all of a run have the same second, and no two the same microsecond.
    func seen(_ ordinal: Int) -> Int64 {
        let million: Int64 = 1_000_000
        let fraction = now % million + Int64(ordinal)
        return (now / million + Int64(ordinal) / million) * million + fraction % million
    }
}

extension DeployOptions {
    /// True where keys are not the files' paths.
    var renames: Bool { !naming.isIdentity || layout != nil }
}

extension KeyMap {
    /// What is said of rows whose files the source does not have; nil where it has all.
    func warning(ofUnknownIn folder: SourceFolder) -> String? {
        func lacks(_ path: Key) -> Bool {
            do throws(SourceError) { return try folder.entry(at: path) == nil } catch { return false }
        }
        let unknown = rows.keys.filter(lacks).sorted()
        guard !unknown.isEmpty else { return nil }
        return "the map names \(unknown.count == 1 ? "a file" : "\(unknown.count) files") that the source does not have: "
            + unknown.prefix(3).map { $0.string.escapedForTerminal }.joined(separator: ", ") + (unknown.count > 3 ? ", …" : "")
            + ". Correct the map, or remove the rows."
    }
}
