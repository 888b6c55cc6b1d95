internal import Planning
internal import Source
internal import Vocabulary

/// The walk with a look ahead: the listing may ask which keys are to come, and the merge gets every entry all the same.
final class SourceFiles {
    private let walk: Walk?
    private let generate: (() -> LocalFile?)?
    private var ahead: [WalkEntry] = []
    private var at = 0
    private var readCount = 0
    private let judge: SelectionJudge?
    /// What the walk has seen of filters, for whoever judges the objects.
    let filters: FilterFiles?

    init(_ walk: Walk) {
        self.walk = walk
        generate = nil
        judge = nil
        filters = nil
    }

    /// Files that are made up in key order, until nil.
    init(generating generate: @escaping () -> LocalFile?) {
        walk = nil
        self.generate = generate
        judge = nil
        filters = nil
    }

    /// What was collected of another, in another order; what that one tells at its end is told here.
    init(collected entries: [WalkEntry], of files: SourceFiles) {
        walk = files.walk
        judge = files.judge
        filters = files.filters
        generate = nil
        ahead = entries
    }

    /// The files of `folder` that are selected. `onExclusion` is told of each entry that is not, and of the rule or option that says so.
    init(
        _ folder: SourceFolder, selecting selection: Selection,
        onExclusion: @escaping (_ path: [UInt8], Exclusion, _ rule: String?) -> Void
    ) {
        let filters = FilterFiles(in: folder)
        let judge = SelectionJudge(selection, by: filters)
        self.judge = judge
        self.filters = filters
        generate = nil
        walk = Walk(
            folder, excluding: { selection.exclusions.exclusion(ofName: $0) }, safeLinksOnly: selection.followsSafeLinksOnly,
            selecting: { judge.exclusion(ofPath: $0, isFolder: $1, size: $2) },
            onExclusion: { path, reason in onExclusion(path, reason, reason == .filtered || reason == .size ? judge.rule : nil) },
            seeking: Array(FilterFile.name.utf8), onFolder: { filters.note($0, holdsFilter: $1) })
    }

    /// Why it cannot be known what is left out. What the walk has yielded counts for nothing then.
    var fault: FilterFault? { judge?.fault }

    /// How many entries were left out, by reason; complete at the end.
    var excluded: [Exclusion: Int] { walk?.excluded ?? [:] }

    /// Paths that look the same and are not; complete at the end.
    var twins: [(first: Key, second: Key)] { walk?.twins ?? [] }

    /// The next entry, nil at the end.
    func next() -> WalkEntry? {
        guard at < ahead.count else { return read() }
        defer {
            at += 1
            if at == ahead.count {
                ahead.removeAll(keepingCapacity: true)
                at = 0
            }
        }
        return ahead[at]
    }

    /// Reads on to the next file whose number is a multiple of `step` and that has another after it; its path, or nil where there is none.
    func cut(every step: Int) -> Key? {
        if at > step {
            ahead.removeFirst(at)
            at = 0
        }
        var cut: Key?
        while let entry = read() {
            ahead.append(entry)
            guard case .file(let file) = entry else { continue }
            if let cut { return cut }
            if readCount % step == 0 { cut = file.path }
        }
        return nil
    }

    private func read() -> WalkEntry? {
        let entry = walk?.next() ?? generate?().map { WalkEntry.file($0) }
        if case .file = entry { readCount += 1 }
        return entry
    }
}
