internal import Planning
internal import Source
internal import Vocabulary

/// The `.galleria-ignore` files of a source, for the two streams that are judged by them. Of most folders the walk has just seen that they have none.
final class FilterFiles {
    /// The largest that is read, in bytes.
    private static let limit = 1 << 20
    /// Of how many folders it is remembered: both streams are in the same one nearly always.
    private static let most = 1024

    private let folder: SourceFolder
    private var without: Set<[UInt8]> = []

    init(in folder: SourceFolder) { self.folder = folder }

    /// Remembers what the walk has seen of the folder at `path`, without a slash at its end.
    func note(_ path: [UInt8], holdsFilter: Bool) {
        if holdsFilter { return }
        if without.count >= Self.most { without.removeAll(keepingCapacity: true) }
        without.insert(path)
    }

    /// The rules of the folder at `path`; none where it has no file of that name.
    func rules(of path: ArraySlice<UInt8>) throws(FilterFault) -> [FilterRule] {
        let own = Array(path)
        guard own.isEmpty || SourceFolder.mayHold(own), !without.contains(own) else { return [] }
        let file = own + (own.isEmpty ? [] : [UInt8(ascii: "/")]) + FilterFile.name.utf8
        let text = String(decoding: file, as: UTF8.self)
        let bytes: [UInt8]?
        do throws(SmallFileError) { bytes = try folder.smallFile(at: file, limit: Self.limit) } catch {
            switch error {
            case .unreadable(let cause): throw .unreadable(path: text, cause)
            case .stalled(let waited): throw .stalled(path: text, waited)
            }
        }
        guard let bytes else { return [] }
        do throws(FilterError) { return try FilterFile.rules(bytes, path: text) } catch { throw .syntax(error) }
    }
}
