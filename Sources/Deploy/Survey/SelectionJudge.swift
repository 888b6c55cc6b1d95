internal import Planning
internal import Source
internal import Vocabulary

/// Judges one stream of paths, of files or of objects, by a selection. Reads each folder's `.galleria-ignore` once.
///
/// A filter that cannot be read is kept as the `fault` and leaves out all that follows; whoever drives the stream looks at it before anything is sent.
final class SelectionJudge {
    /// The largest `.galleria-ignore` that is read, in bytes.
    private static let limit = 1 << 20

    /// Why a filter could not be read, once that has happened.
    private(set) var fault: FilterFault?
    /// The rule or option that left out what was judged last, where one did.
    private(set) var rule: String?

    private let selection: Selection
    private var cursor: FilterCursor<FilterFault>

    init(_ selection: Selection, in folder: SourceFolder) {
        self.selection = selection
        cursor = selection.filter.cursor { folderPath throws(FilterFault) in
            guard folderPath.isEmpty || SourceFolder.mayHold(folderPath) else { return [] }
            let path = folderPath + (folderPath.isEmpty ? [] : [UInt8(ascii: "/")]) + FilterFile.name.utf8
            let text = String(decoding: path, as: UTF8.self)
            let bytes: [UInt8]?
            do throws(SystemCause) { bytes = try folder.smallFile(at: Array(path), limit: Self.limit) } catch {
                throw .unreadable(path: text, error)
            }
            guard let bytes else { return [] }
            do throws(FilterError) { return try FilterFile.rules(bytes, path: text) } catch { throw .syntax(error) }
        }
    }

    /// Why a file or folder of the source is left out, nil where it is not. `rule` tells what said so.
    func exclusion(ofPath path: [UInt8], isFolder: Bool, size: Int64) -> Exclusion? {
        rule = nil
        if let filesFrom = selection.filesFrom, let key = Key(validating: path) {
            guard isFolder ? filesFrom.reaches(folder: key) : filesFrom.contains(key) else { return .unnamed }
        }
        guard let verdict = verdict(of: path, isFolder: isFolder) else { return .filtered }
        if case .excluded(let found) = verdict {
            rule = found.description
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
        return !selection.deletesExcluded && verdict(of: path.bytes, isFolder: false)?.isExcluded != false
    }

    private func verdict(of path: [UInt8], isFolder: Bool) -> FilterVerdict? {
        guard fault == nil else { return nil }
        do throws(FilterFault) { return try cursor.verdict(of: path, isFolder: isFolder) } catch {
            fault = error
            return nil
        }
    }
}
