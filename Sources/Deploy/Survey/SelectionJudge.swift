internal import Planning
internal import Source
internal import Vocabulary

/// Judges one stream of paths, of files or of objects, by a selection. Each folder's `.galleria-ignore` is read once.
///
/// A filter that cannot be read is kept as the `fault` and leaves out all that follows; whoever drives the stream looks at it before anything is sent.
final class SelectionJudge {
    /// Why a filter could not be read, once that has happened.
    private(set) var fault: FilterFault?
    /// The rule or option that left out what was judged last, where one did.
    private(set) var rule: String?

    private let selection: Selection
    private var cursor: FilterCursor<FilterFault>

    init(_ selection: Selection, by files: FilterFiles) {
        self.selection = selection
        cursor = selection.filter.cursor { path throws(FilterFault) in try files.rules(of: path) }
    }

    convenience init(_ selection: Selection, in folder: SourceFolder) { self.init(selection, by: FilterFiles(in: folder)) }

    /// Why a file or folder of the source is left out, nil where it is not. `rule` tells what said so.
    func exclusion(ofPath path: [UInt8], isFolder: Bool, size: Int64) -> Exclusion? {
        rule = nil
        if let filesFrom = selection.filesFrom, let key = Key(validating: path) {
            guard isFolder ? filesFrom.reaches(folder: key) : filesFrom.contains(key) else { return .unnamed }
        }
        do throws(FilterFault) {
            if case .excluded(let found) = try verdict(of: path, isFolder: isFolder) {
                rule = found.description
                return .filtered
            }
        } catch {
            fault = error
            return .filtered
        }
        guard !isFolder, let option = selection.sizes.option(excluding: size) else { return nil }
        rule = option
        return .size
    }

    /// True where an object is none of the deploy's business: its path below the destination is protected by what is left out.
    func protects(_ path: Key) -> Bool {
        if selection.protectsByName(path) { return true }
        if let filesFrom = selection.filesFrom, !filesFrom.contains(path) { return true }
        guard !selection.deletesExcluded else { return false }
        do throws(FilterFault) { return try verdict(of: path.bytes, isFolder: false).isExcluded } catch {
            // What becomes of a folder that stands still is for the walk to say.
            if case .stalled = error { return true }
            fault = error
            return true
        }
    }

    private func verdict(of path: [UInt8], isFolder: Bool) throws(FilterFault) -> FilterVerdict {
        if let fault { throw fault }
        return try cursor.verdict(of: path, isFolder: isFolder)
    }
}
