internal import Planning
internal import Source
internal import Vocabulary

/// Which objects a layout's deploy may delete: those that the layout could have made, of files that are neither there nor left out.
///
/// Filters are written for files. Where a key tells its file's path they are asked for that; where it does not, and they have left anything out, nothing
/// is deleted that may be of such a file.
struct LayoutProtection {
    let layout: Layout?
    /// The keys that were written down for single files.
    let mapped: Set<Key>
    /// The paths of the files that are deployed.
    let sources: Set<Key>
    /// The paths of what is left out; folders stand for all below them.
    let leftOut: Set<[UInt8]>
    /// True where anything was left out that could have been deployed before.
    let hasFiltered: Bool
    let folder: SourceFolder

    /// Whether an object that no file has is none of the deploy's business.
    func protects(_ path: Key, deletesExcluded: Bool, by judge: SelectionJudge) -> Bool {
        guard let layout else { return deletesExcluded ? false : isLeftOut(path, judge) }
        guard let reading = layout.reading(of: path) else { return !mapped.contains(path) }
        if deletesExcluded { return false }
        guard layout.tellsPaths, let source = reading.path else { return hasFiltered }
        // The file has another key now: this one is of the past.
        if sources.contains(source) { return false }
        if isLeftOut(source, judge) { return true }
        // What stands still may be there.
        do throws(SourceError) { return try folder.entry(at: source)?.isFolder == false } catch { return true }
    }

    private func isLeftOut(_ path: Key, _ judge: SelectionJudge) -> Bool {
        if leftOut.contains(path.bytes) { return true }
        if path.bytes.indices.contains(where: { path.bytes[$0] == UInt8(ascii: "/") && leftOut.contains(Array(path.bytes[..<$0])) }) {
            return true
        }
        return judge.protects(path)
    }
}
