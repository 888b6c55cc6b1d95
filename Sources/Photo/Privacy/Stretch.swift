/// Bytes of a file, maybe from several segments, edited in memory without changing their number.
struct Stretch {
    /// What the bytes are.
    enum Kind {
        /// A TIFF block.
        case tiff
        /// An XMP packet.
        case xmp
        /// Photoshop image resources.
        case photoshop
        /// An APP0 segment of JFIF.
        case jfif
        /// GoPro's metadata.
        case goPro
        /// A comment, or a segment that nobody here reads.
        case text
    }

    let kind: Kind
    /// Where the bytes stand in the file, in order.
    let parts: [Range<Int64>]
    let original: [UInt8]
    var bytes: [UInt8]

    init(_ kind: Kind, _ parts: [(range: Range<Int64>, view: ByteView)]) {
        self.kind = kind
        self.parts = parts.map(\.range)
        original = parts.flatMap { Array($0.view.bytes) }
        bytes = original
    }

    /// Overwrites `range` with one byte.
    mutating func fill(_ range: Range<Int>, with byte: UInt8 = 0) {
        for i in range.clamped(to: 0..<bytes.count) { bytes[i] = byte }
    }

    /// Overwrites a text with spaces; zeros stay, so that one in UTF-16 becomes spaces too.
    mutating func blank(_ range: Range<Int>) {
        for i in range.clamped(to: 0..<bytes.count) where bytes[i] != 0 { bytes[i] = 32 }
    }

    /// Adds the runs of bytes that differ to `edits`.
    func commit(to edits: inout FileEdits) {
        var start = 0
        for part in parts {
            let count = Int(part.upperBound - part.lowerBound)
            edits.overwriteDifferences(part.lowerBound, original[start..<start + count], bytes[start..<start + count])
            start += count
        }
    }
}

extension FileEdits {
    /// Overwrites, from `position` on, those bytes of `old` that differ in `new` (of the same length).
    mutating func overwriteDifferences(_ position: Int64, _ old: ArraySlice<UInt8>, _ new: ArraySlice<UInt8>) {
        var run: Int?
        for i in 0..<old.count {
            let differs = old[old.startIndex + i] != new[new.startIndex + i]
            if differs, run == nil { run = i }
            if !differs, let start = run {
                overwrite(position + Int64(start), Array(new[new.startIndex + start..<new.startIndex + i]))
                run = nil
            }
        }
        if let start = run { overwrite(position + Int64(start), Array(new[new.startIndex + start..<new.startIndex + old.count])) }
    }
}
