import Vocabulary

/// Changes to a file by position, turned into a splice: ranges of the original with the changed bytes between them.
struct FileEdits {
    private var edits: [(range: Range<Int64>, bytes: [UInt8])] = []

    /// Replaces as many bytes as are given.
    mutating func overwrite(_ position: Int64, _ bytes: [UInt8]) {
        edits.append((position..<position + Int64(bytes.count), bytes))
    }

    /// Puts bytes in front of the byte at `position`.
    mutating func insert(_ position: Int64, _ bytes: [UInt8]) {
        if !bytes.isEmpty { edits.append((position..<position, bytes)) }
    }

    /// Takes over the edits of another list.
    mutating func add(_ other: FileEdits) { edits += other.edits }

    var isEmpty: Bool { edits.isEmpty }

    /// The splice over a file of `size` bytes; nil where two edits touch the same bytes or one lies outside.
    func splice(size: Int64) -> Splice? {
        var pieces: [Splice.Piece] = []
        pieces.reserveCapacity(edits.count * 2 + 1)
        var position: Int64 = 0
        for edit in edits.sorted(by: { ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound) }) {
            guard edit.range.lowerBound >= position, edit.range.upperBound <= size else { return nil }
            pieces.append(.range(position..<edit.range.lowerBound))
            pieces.append(.bytes(edit.bytes))
            position = edit.range.upperBound
        }
        pieces.append(.range(position..<size))
        return Splice(pieces)
    }
}
