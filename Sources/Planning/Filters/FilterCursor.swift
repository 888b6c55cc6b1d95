public import Vocabulary

/// Judges paths one after the other. Folders are judged once where a stream keeps together what lies in one folder, as both streams of a deploy do;
/// any other order gives the same verdicts at more cost.
public struct FilterCursor<Failure: Error> {
    private let filter: PathFilter
    private let read: (ArraySlice<UInt8>) throws(Failure) -> [FilterRule]
    /// The folders that hold the last path, the source first; the bytes of the innermost one's path.
    private var folders: [JudgedFolder] = []
    private var path: [UInt8] = []
    /// True where no rule at all can mean what lies in the innermost folder, as in nearly every folder.
    private var isPlain = false

    init(_ filter: PathFilter, read: @escaping (ArraySlice<UInt8>) throws(Failure) -> [FilterRule]) {
        self.filter = filter
        self.read = read
    }

    /// Judges a file, or a folder: its path below the source, without a slash at its end.
    public mutating func verdict(of key: Key, isFolder: Bool = false) throws(Failure) -> FilterVerdict {
        try verdict(of: key.bytes, isFolder: isFolder)
    }

    /// Judges a file or a folder by the bytes of its path.
    public mutating func verdict(of bytes: [UInt8], isFolder: Bool = false) throws(Failure) -> FilterVerdict {
        let length = lengthOfFolder(bytes)
        if isPlain, length == path.count, begins(bytes, with: path) { return .included(by: nil) }
        try enter(bytes[..<length])
        isPlain =
            filter.rules.isEmpty && filter.settings.isEmpty && folders.allSatisfy { $0.exclusion == nil && $0.rules.isEmpty }
        if let exclusion = folders.last?.exclusion { return .excluded(by: exclusion) }
        return judge(bytes[...], isFolder: isFolder)
    }

    /// Makes `folders` those that hold `target`, the folder's own path.
    private mutating func enter(_ target: ArraySlice<UInt8>) throws(Failure) {
        if folders.isEmpty { folders.append(JudgedFolder(length: 0, exclusion: nil, rules: try rules(of: []))) }
        while let last = folders.last, last.length > 0 {
            let isAbove = target.count >= last.length && (target.count == last.length || target[last.length] == UInt8(ascii: "/"))
            if isAbove, target.starts(with: path) { break }
            folders.removeLast()
            path.removeLast(path.count - (folders.last?.length ?? 0))
        }
        while let last = folders.last, last.length < target.count {
            let start = last.length == 0 ? 0 : last.length + 1
            let end = target[start...].firstIndex(of: UInt8(ascii: "/")) ?? target.endIndex
            let folder = target[..<end]
            var exclusion = last.exclusion
            if exclusion == nil, case .excluded(let rule) = judge(folder, isFolder: true) { exclusion = rule }
            let rules = exclusion == nil ? try rules(of: folder) : []
            folders.append(JudgedFolder(length: end, exclusion: exclusion, rules: rules))
            path.replaceSubrange(path.startIndex..., with: folder)
        }
    }

    private func rules(of folder: ArraySlice<UInt8>) throws(Failure) -> [FilterRule] {
        filter.readsFilterFiles ? try read(folder) : []
    }

    /// Judges a path whose folder was entered and is not left out.
    private func judge(_ path: ArraySlice<UInt8>, isFolder: Bool) -> FilterVerdict {
        let nameStart = path.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? path.startIndex
        let name = path[nameStart...]
        func last(_ rules: [FilterRule], below length: Int) -> FilterRule? {
            guard !rules.isEmpty else { return nil }
            let relative = length == 0 ? path : path[(length + 1)...]
            return rules.last { $0.matches(relative, name: name, isFolder: isFolder) }
        }
        var found = last(filter.rules, below: 0)
        for folder in folders.reversed() where found == nil { found = last(folder.rules, below: folder.length) }
        guard let rule = found ?? last(filter.settings, below: 0) else { return .included(by: nil) }
        return rule.isInclusion ? .included(by: rule) : .excluded(by: rule)
    }
}

/// A folder that a cursor has entered.
private struct JudgedFolder {
    /// The length of the folder's path, without a slash.
    let length: Int
    /// Why all in it is left out.
    let exclusion: FilterRule?
    /// Its own rules.
    let rules: [FilterRule]
}

// What is asked of every path stands outside the generic type, where it is compiled for bytes and nothing else.

/// The length of the path of the folder that a path lies in; 0 for the source itself.
private func lengthOfFolder(_ path: [UInt8]) -> Int {
    path.withUnsafeBufferPointer { path in
        var at = path.count - 1
        while at > 0, path[at] != UInt8(ascii: "/") { at -= 1 }
        return max(at, 0)
    }
}

private func begins(_ path: [UInt8], with start: [UInt8]) -> Bool {
    path.withUnsafeBufferPointer { path in
        start.withUnsafeBufferPointer { start in
            guard path.count >= start.count else { return false }
            // From behind: neighbours differ there.
            var at = start.count - 1
            while at >= 0, path[at] == start[at] { at -= 1 }
            return at < 0
        }
    }
}
