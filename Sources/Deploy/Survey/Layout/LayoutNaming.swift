internal import Digest
internal import Planning
internal import S3
internal import Source
internal import State
internal import Vocabulary

/// Names the files of a source by a layout, before they are compared with the bucket.
///
/// A key that follows from the file is worked out anew, or remembered where that takes reading it. What does not follow from it (when it was first seen,
/// which number it has) is taken from the state, else from the bucket, else given now; then it never changes.
struct LayoutNaming {
    let naming: KeyLayout
    let settling: Settling
    let state: StateSession
    let options: DeployOptions
    let bucketIsMissing: Bool
    let disk: DiskExecutor

    /// What became of the files.
    struct Named {
        var files: [LocalFile] = []
        var failures: [(path: Key, cause: FailureCause)] = []
    }

    /// A file on its way to a key.
    private struct Open {
        let file: LocalFile
        let recipe: SHA256
        let row: NameRecord?
        /// When an earlier run saw it first; nil where none did, or none had to know.
        var seen: Int64? { row.flatMap { $0.seen > 0 ? $0.seen : nil } }
        var found: FileFacts?
    }

    private var spelling: KeyNaming { options.naming }

    func run(_ files: [LocalFile]) async throws(DeployError) -> Named {
        var named = Named()
        let remembers = naming.layout.map { $0.isFrozen || $0.asksPhotos || $0.asksContent } ?? false
        let rows = remembers ? state.names() : [:]
        let digest = naming.digest
        var used: Set<Key> = []
        var open: [Open] = []
        for file in files {
            if let key = naming.map.rows[file.path]?.key {
                named.files.append(LocalFile(path: spelling.path(of: key), status: file.status, sourcePath: file.path))
                continue
            }
            guard naming.layout != nil || naming.paths != nil else {
                named.files.append(LocalFile(path: spelling.path(of: file.path), status: file.status, sourcePath: file.path))
                continue
            }
            let recipe = recipe(for: file.path, digest)
            let row = rows[file.path]
            if let row, row.holds(for: file.status, recipe: recipe) {
                used.insert(row.key)
                named.files.append(self.named(file, row.key, seen: row.seen, index: row.index))
            } else {
                open.append(Open(file: file, recipe: recipe, row: row))
            }
        }
        await read(&open, &named)
        try await give(open, digest, rows, used, remembers, &named)
        return named
    }

    /// What the key is made by besides the layout: for a key of what a photo says, how its time is corrected, too.
    private func recipe(for path: Key, _ digest: SHA256) -> SHA256 {
        SHA256.digest(of: digest.bytes + (settling.reader.recipe(for: path)?.bytes ?? []))
    }

    /// Learns what the files tell.
    private func read(_ open: inout [Open], _ named: inout Named) async {
        var failures: [Int: FailureCause] = [:]
        let asksFiles = naming.layout.map { $0.asksPhotos || $0.asksContent } ?? false
        if asksFiles {
            var found: [Int: FileFacts] = [:]
            _ = await runBounded(
                open.indices.map { ($0, open[$0].file) }, limit: PoolLimit(count: { 8 }, weight: options.bufferMemory),
                weight: { [reader = settling.reader] in reader.memory(of: $0.1) }, on: disk,
                isOpen: { [stop = options.stop] in !stop.isRequested }
            ) { [naming, settling, disk] item in
                let read = await disk.reading { mark in Self.facts(item.1, naming, settling, mark) }
                return (item.0, read ?? .failure(.source(.stalled(disk.stallLimit))))
            } each: { index, result in
                switch result {
                case .success(let facts): found[index] = facts
                case .failure(let cause): failures[index] = cause
                }
            }
            for index in open.indices { open[index].found = found[index] }
        } else {
            for index in open.indices {
                switch Self.facts(open[index].file, naming, settling, ReadMark()) {
                case .success(let facts): open[index].found = facts
                case .failure(let cause): failures[index] = cause
                }
            }
        }
        for (index, cause) in failures.sorted(by: { $0.key < $1.key }) { named.failures.append((open[index].file.path, cause)) }
    }

    private static func facts(
        _ file: LocalFile, _ naming: KeyLayout, _ settling: Settling, _ mark: ReadMark
    ) -> Result<FileFacts, FailureCause> {
        do throws(FailureCause) { return .success(try FileFacts.read(file, for: naming, settling.reader, mark)) } catch {
            return .failure(error)
        }
    }

    /// Gives the files their keys: first those of which it is known when they were seen, so that new ones cannot take their numbers.
    private func give(
        _ open: [Open], _ digest: SHA256, _ rows: [Key: NameRecord], _ used: Set<Key>, _ remembers: Bool, _ named: inout Named
    ) async throws(DeployError) {
        guard let layout = naming.layout else {
            for item in open where item.found != nil { named.files.append(self.named(item.file, item.file.path, seen: 0, index: nil)) }
            return
        }
        let began = settling.now()
        var reserved = used
        var recovered = NameRecovery.Found()
        if layout.isFrozen {
            // What is gone keeps its key: another file under it would be taken for it.
            for row in rows.values { reserved.insert(row.key) }
            if open.contains(where: { $0.seen == nil }), !bucketIsMissing {
                let known = reserved
                let recovery = NameRecovery(store: settling.store, prefix: options.prefix, disk: disk)
                do throws(S3Error) {
                    recovered = try await recovery.run(below: layout.opening) { !known.contains($0) && layout.matches($0) }
                } catch { throw .store(error) }
                reserved.formUnion(recovered.keys)
            }
        }
        var numbers = LayoutNumbers()
        var taken = used
        var fresh: [Open] = []
        func finish(_ item: Open, _ facts: LayoutFacts, _ key: Key, _ index: Int?) {
            taken.insert(key)
            reserved.insert(key)
            named.files.append(self.named(item.file, key, seen: facts.seen, index: index))
            guard remembers else { return }
            var status = item.found?.status
            if let found = status, !FingerprintRecord.isTrustworthy(found, readBegan: began) { status = nil }
            state.recorder?.note(
                name: item.file.path,
                NameRecord(status: status, recipe: item.recipe, layout: digest, key: key, seen: facts.seen, index: index))
        }
        func attempt(_ item: Open, _ body: () throws(LayoutGap) -> Void) {
            do throws(LayoutGap) { try body() } catch { named.failures.append((item.file.path, .layout(error))) }
        }
        for item in open {
            guard var facts = item.found?.facts else { continue }
            let mark = recovered.marks[NameMark.digest(of: item.file.path)]
            guard layout.isFrozen, let seen = item.seen ?? mark?.seen else {
                fresh.append(item)
                continue
            }
            facts.seen = seen
            let index = item.row.flatMap { $0.layout == digest ? $0.index : nil } ?? (item.seen == nil ? mark?.index : nil)
            attempt(item) { () throws(LayoutGap) in
                guard layout.isNumbered else { return finish(item, facts, try key(facts, nil, layout), nil) }
                if let index, case let key = try key(facts, index, layout), !taken.contains(key) { return finish(item, facts, key, index) }
                let given = try number(facts, layout, &numbers, reserved)
                finish(item, facts, try key(facts, given, layout), given)
            }
        }
        for (ordinal, item) in fresh.enumerated() {
            guard var facts = item.found?.facts else { continue }
            facts.seen = layout.isFrozen ? naming.seen(ordinal) : 0
            attempt(item) { () throws(LayoutGap) in
                let given = layout.isNumbered ? try number(facts, layout, &numbers, reserved) : nil
                finish(item, facts, try key(facts, given, layout), given)
            }
        }
    }

    private func number(
        _ facts: LayoutFacts, _ layout: Layout, _ numbers: inout LayoutNumbers, _ reserved: Set<Key>
    ) throws(LayoutGap) -> Int {
        let group = try layout.key(of: facts, index: nil)
        return try numbers.next(in: group) { (number) throws(LayoutGap) in reserved.contains(try key(facts, number, layout)) }
    }

    private func key(_ facts: LayoutFacts, _ index: Int?, _ layout: Layout) throws(LayoutGap) -> Key {
        spelling.path(of: try layout.key(of: facts, index: index))
    }

    private func named(_ file: LocalFile, _ key: Key, seen: Int64, index: Int?) -> LocalFile {
        let mark = naming.layout?.isFrozen == true ? NameMark(path: file.path, seen: seen, index: index).text : nil
        return LocalFile(path: key, status: file.status, sourcePath: file.path, mark: mark)
    }
}
