internal import Glibc
public import Vocabulary

/// An entry of the source that could not be walked.
public struct WalkFailure: Error, Sendable, Hashable, CustomStringConvertible {
    /// Why.
    public enum Cause: Error, Sendable, Hashable {
        /// The system refused.
        case system(SystemCause)
        /// A symbolic link whose target is missing.
        case danglingLink
        /// A folder that is its own ancestor, through a symbolic link.
        case loop
        /// The name is not valid UTF-8, so it cannot be a key.
        case notUTF8
        /// A folder, or what a link leads to, whose disk, or the server of whose network drive, has not answered for so long.
        case stalled(Duration)
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
        case .stalled(let waited):
            "could not be read for \(waited.components.seconds) s: its disk or network drive does not answer. What it holds is unknown, "
                + "and so nothing is deleted; look after that and run again"
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
/// folder seen elsewhere is walked again. A folder is closed again before the next is opened, so depth costs no descriptors. A folder that stands still is
/// a failure like any other; where the whole source does, the walk ends with it.
public final class Walk {
    /// How many entries were left out, by reason. Complete when the walk has ended. A folder counts once, whatever it holds.
    public private(set) var excluded: [Exclusion: Int] = [:]

    /// Paths of one folder that Unicode holds for the same, though their bytes differ: two objects with one name, for whoever looks at them.
    /// Complete when the walk has ended.
    public private(set) var twins: [(first: Key, second: Key)] = []

    private let folder: SourceFolder
    private let exclusion: NameExclusion
    private let selection: Selection?
    private let links: LinkSafety?
    private let onExclusion: ((_ path: [UInt8], Exclusion) -> Void)?
    private let sought: [UInt8]
    private let onFolder: ((_ path: [UInt8], _ holdsSought: Bool) -> Void)?
    private var levels: [Listing] = []
    private var pending: [WalkFailure] = []

    /// Judges an entry by its name. It is asked on another thread.
    public typealias NameExclusion = @Sendable (UnsafeRawBufferPointer) -> Exclusion?

    /// Judges an entry by its path below the source: why it is left out, nil where it is not. Of an entry that could not be read the size is 0.
    public typealias Selection = (_ path: [UInt8], _ isFolder: Bool, _ size: Int64) -> Exclusion?

    /// Starts a walk.
    /// - Parameters:
    ///   - folder: The source.
    ///   - exclusion: Judges the name of each entry, before anything else is asked of it; what it names is left out and counted.
    ///   - safeLinksOnly: True where symbolic links that lead out of the source are left out.
    ///   - selection: Judges what is left by its path. A folder that is left out is not opened.
    ///   - onExclusion: Is told of each entry that is left out; a folder stands for all that lies below it.
    ///   - sought: A name in ASCII.
    ///   - onFolder: Is told of each folder that was read, before its entries are judged: its path, and whether an entry of the sought name lies in it,
    ///     whatever the case of its letters.
    public init(
        _ folder: SourceFolder, excluding exclusion: @escaping NameExclusion, safeLinksOnly: Bool = false,
        selecting selection: Selection? = nil, onExclusion: ((_ path: [UInt8], Exclusion) -> Void)? = nil,
        seeking sought: [UInt8] = [], onFolder: ((_ path: [UInt8], _ holdsSought: Bool) -> Void)? = nil
    ) {
        self.folder = folder
        self.exclusion = exclusion
        self.selection = selection
        self.onExclusion = onExclusion
        self.sought = sought
        self.onFolder = onFolder
        links = safeLinksOnly ? LinkSafety(below: folder.descriptor) : nil
        enter([])
    }

    /// The next file or failure, nil at the end.
    public func next() -> WalkEntry? {
        while true {
            if let failure = pending.popLast() { return .failure(failure) }
            guard let last = levels.indices.last else { return nil }
            guard let (entry, path) = levels[last].next() else {
                levels.removeLast()
                continue
            }
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
        let path = Array(prefix.dropLast())
        do throws(WalkFailure.Cause) {
            var listing = try read(prefix, path)
            onFolder?(path, listing.holdsSought)
            for entry in listing.takeRejected() {
                switch entry.rejection {
                case .excluded(let reason): leaveOut(prefix + entry.name, reason)
                case .failed(let cause):
                    // What is left out may be as broken as it likes.
                    if let reason = selection?(prefix + entry.name, false, 0) {
                        leaveOut(prefix + entry.name, reason)
                    } else {
                        pending.append(WalkFailure(path: prefix + entry.name, cause: cause))
                    }
                }
            }
            for (first, second) in listing.twins { twins.append((Key(unchecked: prefix + first), Key(unchecked: prefix + second))) }
            levels.append(listing)
        } catch {
            pending.append(WalkFailure(path: path, cause: error))
            if folder.isStalled { levels = [] }
        }
        pending.sort { compareBytes($0.path, $1.path) > 0 }
    }

    private func read(_ prefix: [UInt8], _ path: [UInt8]) throws(WalkFailure.Cause) -> Listing {
        let ancestors = levels.map(\.identity)
        while true {
            let result: Result<Listing, WalkFailure.Cause>
            do throws(Stall) {
                result = try folder.watched(path) { [folder, links, exclusion, sought] mark in
                    do throws(WalkFailure.Cause) {
                        return .success(
                            try Listing(
                                of: prefix, in: folder, ancestors: ancestors, links: links, excluding: exclusion, seeking: sought,
                                mark: mark))
                    } catch { return .failure(error) }
                }
            } catch {
                // Where a link led to what stands still, the rest of the folder can be read without it.
                if error.link != nil, !folder.isStalled { continue }
                throw .stalled(error.waited)
            }
            return try result.get()
        }
    }

    private func leaveOut(_ path: [UInt8], _ reason: Exclusion) {
        excluded[reason, default: 0] += 1
        onExclusion?(path, reason)
    }
}
