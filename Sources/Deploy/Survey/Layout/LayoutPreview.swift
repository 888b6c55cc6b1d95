public import Planning
public import Source
public import Vocabulary

/// The keys that a layout gives to files, one by one and without a bucket: numbers begin at 0, and files are seen for the first time.
public struct LayoutPreview {
    private let reader: ContentReader
    private let layout: KeyLayout
    private let naming: KeyNaming

    /// Prepares a preview; files are opened by `reader`.
    public init(_ reader: ContentReader, layout: KeyLayout, naming: KeyNaming) {
        self.reader = reader
        self.layout = layout.spelled(by: naming)
        self.naming = naming
    }

    /// The key of the file at a path below the source, or why it has none.
    public func key(of path: Key) -> Result<Key, FailureCause> {
        if let key = layout.map.rows[path]?.key { return .success(naming.path(of: key)) }
        guard let template = layout.layout else { return .success(naming.path(of: path)) }
        do throws(FailureCause) {
            let status = try FailureCause.wrap { () throws(SourceError) in try OpenedFile(path, in: reader.folder).status }
            var facts = try FileFacts.read(LocalFile(path: path, status: status), for: layout, reader, ReadMark()).facts
            facts.seen = layout.now
            do throws(LayoutGap) { return .success(naming.path(of: try template.key(of: facts, index: 0))) } catch {
                throw FailureCause.layout(error)
            }
        } catch {
            return .failure(error)
        }
    }
}
