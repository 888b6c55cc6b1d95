/// The header of an answer, line by line as it comes.
struct AnswerHead {
    /// The lines so far, each with its line end.
    private(set) var lines: [UInt8] = []
    /// True once the empty line has been seen.
    private(set) var isComplete = false

    static let maximumSize = 256 << 10

    init() { lines.reserveCapacity(1024) }

    mutating func clear() {
        lines.removeAll(keepingCapacity: true)
        isComplete = false
    }

    /// Takes a line; false where the header gets too large. A status line begins it anew: what came before was an interim answer's.
    mutating func take(_ line: UnsafeRawBufferPointer) -> Bool {
        if line.first == UInt8(ascii: "H"), line.starts(with: "HTTP/".utf8) { clear() }
        if isComplete { return true }
        guard lines.count + line.count <= Self.maximumSize else { return false }
        lines.append(contentsOf: line)
        isComplete = line.count <= 2
        return true
    }
}
