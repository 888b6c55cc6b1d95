internal import Glibc
public import Vocabulary

/// An entry of the source that could not be walked.
public struct WalkFailure: Error, Sendable, Hashable, CustomStringConvertible {
    /// Why.
    public enum Cause: Sendable, Hashable {
        /// The system refused.
        case system(SystemCause)
        /// A symbolic link whose target is missing.
        case danglingLink
        /// A folder that is its own ancestor, through a symbolic link.
        case loop
        /// The name is not valid UTF-8, so it cannot be a key.
        case notUTF8
    }

    /// The entry's path relative to the source, as raw bytes.
    public let path: [UInt8]
    /// Why it could not be walked.
    public let cause: Cause

    /// Creates a failure.
    public init(path: [UInt8], cause: Cause) {
        self.path = path
        self.cause = cause
    }

    /// The path for a message; bytes that are not UTF-8 show as the replacement character.
    public var displayPath: String { String(decoding: path, as: UTF8.self).escapedForTerminal }

    /// Why, and what to do next.
    public var description: String {
        switch cause {
        case .system(let cause): "cannot be read: \(cause)"
        case .danglingLink: "is a symbolic link whose target is missing; restore the target or remove the link"
        case .loop: "leads back to a folder that it lies in; remove the symbolic link or exclude it"
        case .notUTF8: "has a name that is not valid UTF-8 and so cannot be an object's key; rename it (convmv does many at once)"
        }
    }
}

/// What a walk yields.
public enum WalkEntry: Sendable, Hashable {
    /// A file.
    case file(LocalFile)
    /// An entry that could not be read; the walk goes on.
    case failure(WalkFailure)
}

/// Walks a source folder and yields its files in byte order of their keys, which is the order of ListObjectsV2.
///
/// A folder's names are sorted as if `/` were appended to those of folders (`a-b` < `a/…` < `a0`), so that no global sort is needed and
/// memory holds one folder a level. Symbolic links are followed; one that leads to a folder above itself is reported, one that leads to a
/// folder seen elsewhere is walked again. A folder is closed again before the next is opened, so depth costs no descriptors.
public final class Walk {
    /// How many entries were left out, by reason. Complete when the walk has ended. A folder counts once, whatever it holds.
    public private(set) var excluded: [Exclusion: Int] = [:]

    /// Paths of one folder that Unicode holds for the same, though their bytes differ: two objects with one name, for whoever looks at them.
    /// Complete when the walk has ended.
    public private(set) var twins: [(first: Key, second: Key)] = []

    private let folder: SourceFolder
    private let exclusion: (UnsafeRawBufferPointer) -> Exclusion?
    private let selection: Selection?
    private let links: LinkSafety?
    private let onExclusion: ((_ path: [UInt8], Exclusion) -> Void)?
    private var levels: [Listing] = []
    private var pending: [WalkFailure] = []

    /// Judges an entry by its path below the source: why it is left out, nil where it is not. Of an entry that could not be read the size is 0.
    public typealias Selection = (_ path: [UInt8], _ isFolder: Bool, _ size: Int64) -> Exclusion?

    /// Starts a walk.
    /// - Parameters:
    ///   - folder: The source.
    ///   - exclusion: Judges the name of each entry, before anything else is asked of it; what it names is left out and counted.
    ///   - safeLinksOnly: True where symbolic links that lead out of the source are left out.
    ///   - selection: Judges what is left by its path. A folder that is left out is not opened.
    ///   - onExclusion: Is told of each entry that is left out; a folder stands for all that lies below it.
    public init(
        _ folder: SourceFolder, excluding exclusion: @escaping (UnsafeRawBufferPointer) -> Exclusion?, safeLinksOnly: Bool = false,
        selecting selection: Selection? = nil, onExclusion: ((_ path: [UInt8], Exclusion) -> Void)? = nil
    ) {
        self.folder = folder
        self.exclusion = exclusion
        self.selection = selection
        self.onExclusion = onExclusion
        links = safeLinksOnly ? LinkSafety(below: folder.descriptor) : nil
        enter([])
    }

    /// The next file or failure, nil at the end.
    public func next() -> WalkEntry? {
        while true {
            if let failure = pending.popLast() { return .failure(failure) }
            guard let last = levels.indices.last else { return nil }
            guard let entry = levels[last].next() else {
                levels.removeLast()
                continue
            }
            let path = levels[last].path(of: entry)
            if let reason = selection?(path, entry.isFolder, entry.status.size) {
                leaveOut(path, reason)
                continue
            }
            if entry.isFolder {
                enter(path + [UInt8(ascii: "/")])
            } else {
                // Every name on the way was validated when its folder was read.
                return .file(LocalFile(path: Key(unchecked: path), status: entry.status))
            }
        }
    }

    private func enter(_ prefix: [UInt8]) {
        do throws(WalkFailure) {
            let listing = try Listing(of: prefix, in: folder, ancestors: levels, links: links) { name, cause in
                guard let cause else {
                    guard let reason = exclusion(name) else { return true }
                    leaveOut(prefix, name, reason)
                    return false
                }
                switch cause {
                case .excluded(let reason): leaveOut(prefix, name, reason)
                case .failed(let cause):
                    // What is left out may be as broken as it likes.
                    if let reason = selection?(prefix + name, false, 0) {
                        leaveOut(prefix, name, reason)
                    } else {
                        pending.append(WalkFailure(path: prefix + name, cause: cause))
                    }
                }
                return false
            }
            for (first, second) in listing.twins { twins.append((Key(unchecked: prefix + first), Key(unchecked: prefix + second))) }
            levels.append(listing)
        } catch {
            pending.append(error)
        }
        pending.sort { compareBytes($0.path, $1.path) > 0 }
    }

    private func leaveOut(_ path: [UInt8], _ reason: Exclusion) {
        excluded[reason, default: 0] += 1
        onExclusion?(path, reason)
    }

    private func leaveOut(_ prefix: [UInt8], _ name: UnsafeRawBufferPointer, _ reason: Exclusion) {
        excluded[reason, default: 0] += 1
        onExclusion?(prefix + name, reason)
    }
}
