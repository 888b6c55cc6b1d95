public import Vocabulary

/// The paths that `--files-from` names: nothing else is deployed. A folder stands for all that lies below it.
public struct FilesFrom: Sendable, Hashable {
    /// Why a list cannot be used.
    public struct SyntaxError: Error, Sendable, Hashable, CustomStringConvertible {
        /// The entry's number, from 1; with lines, the line's.
        public let number: Int
        /// What is wrong.
        public let problem: String

        /// Says which entry, and what is wrong with it.
        public var description: String { "entry \(number): \(problem)" }
    }

    /// The paths named, in byte order, without duplicates.
    public let paths: [Key]
    private let set: Set<Key>

    /// Reads a list of paths below the source.
    ///
    /// One a line, or, where the text holds a NUL byte, separated by those (what `find -print0` writes). Of lines, empty ones and those that begin
    /// with `#` or `;` are skipped, as in rsync(1); `./` in front and `/` at the ends do not count.
    public init(_ bytes: some Collection<UInt8>) throws(SyntaxError) {
        let isTerminated = bytes.contains(0)
        var set: Set<Key> = []
        for (index, entry) in bytes.split(separator: isTerminated ? 0 : 10, omittingEmptySubsequences: false).enumerated() {
            var path = Array(entry)[...]
            if !isTerminated {
                if path.last == 13 { path = path.dropLast() }
                if path.first == UInt8(ascii: "#") || path.first == UInt8(ascii: ";") { continue }
            }
            if path.isEmpty { continue }
            let parts = path.split(separator: UInt8(ascii: "/")).filter { !$0.elementsEqual([UInt8(ascii: ".")]) }
            if parts.contains(where: { $0.elementsEqual("..".utf8) }) {
                throw SyntaxError(number: index + 1, problem: "“..” leaves the source. Write the path as it lies below the source.")
            }
            guard let key = Key(validating: parts.joined(separator: [UInt8(ascii: "/")])) else {
                throw SyntaxError(number: index + 1, problem: "the path is not UTF-8, so no object can have it for a key.")
            }
            set.insert(key)
        }
        self.set = set
        paths = set.sorted()
    }

    /// True where the list names the path, a folder above it, or (as ".") the source itself.
    public func contains(_ path: Key) -> Bool {
        if set.contains(path) || set.contains(Key("")) { return true }
        for slash in path.bytes.indices where path.bytes[slash] == UInt8(ascii: "/") {
            if let folder = Key(validating: path.bytes[..<slash]), set.contains(folder) { return true }
        }
        return false
    }

    /// True where the walk must look into a folder: the list names it, a folder above it, or something below it.
    public func reaches(folder: Key) -> Bool {
        if contains(folder) { return true }
        let prefix = folder.bytes + [UInt8(ascii: "/")]
        var (low, high) = (0, paths.count)
        while low < high {
            let middle = (low + high) / 2
            if compareBytes(paths[middle].bytes, prefix) < 0 { low = middle + 1 } else { high = middle }
        }
        return low < paths.count && paths[low].bytes.starts(with: prefix)
    }
}
