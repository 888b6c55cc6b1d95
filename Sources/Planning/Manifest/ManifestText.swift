internal import Vocabulary

/// The published manifest as text: a first line that tells what it is, a line for each object in byte order of the keys, a last line. So two of them
/// can be compared line by line, and one of any size can be read in one pass.
public enum ManifestText {
    /// What it says of itself.
    public static let schema = "galleria-deploy/manifest/1"

    /// The first line, with its line end.
    public static let beginning = [UInt8]("{\"schema\":\"\(schema)\",\"objects\":[\n".utf8)

    /// The last line, with its line end.
    public static let end = [UInt8]("]}\n".utf8)

    /// An entry's line, with its line end; `isLast` where none follows.
    public static func line(_ entry: ManifestEntry, isLast: Bool) -> [UInt8] {
        entry.line + [UInt8](isLast ? "\n".utf8 : ",\n".utf8)
    }
}

/// Why a text is no manifest.
public enum ManifestFault: Error, Sendable, Hashable, CustomStringConvertible {
    /// It does not begin as one.
    case foreign
    /// A line is no entry; its number, from 1.
    case line(Int)
    /// It ends before its end.
    case truncated
    /// Its keys are not in ascending order; the number of the line.
    case unsorted(Int)

    /// What is wrong with it.
    public var description: String {
        switch self {
        case .foreign: "it is no manifest of galleria-deploy (\(ManifestText.schema))"
        case .line(let number): "its line \(number) is no entry"
        case .truncated: "it ends before its end"
        case .unsorted(let number): "its keys are out of order at line \(number)"
        }
    }
}

/// Reads a manifest piece by piece, as it arrives; holds no more than a line.
public struct ManifestReader: Sendable {
    private var pending: [UInt8] = []
    private var number = 0
    private var last: Key?
    private var isEnded = false

    /// The most bytes of a line: a key of 1,024 bytes with its address, and much room.
    private static let longestLine = 64 << 10

    /// A reader at the beginning.
    public init() {}

    /// Reads the next piece and hands its entries to `each`, in ascending order of their keys.
    public mutating func read(_ piece: some Sequence<UInt8>, _ each: (ManifestEntry) -> Void) throws(ManifestFault) {
        for byte in piece {
            guard byte == 0x0A else {
                pending.append(byte)
                guard pending.count <= Self.longestLine else { throw number == 0 ? .foreign : .line(number + 1) }
                continue
            }
            let line = pending
            pending.removeAll(keepingCapacity: true)
            try take(line, each)
        }
    }

    /// Ends the reading; throws where the manifest is not whole.
    public func finish() throws(ManifestFault) {
        guard number > 0 else { throw .foreign }
        guard isEnded, pending.isEmpty else { throw .truncated }
    }

    private mutating func take(_ line: [UInt8], _ each: (ManifestEntry) -> Void) throws(ManifestFault) {
        number += 1
        if number == 1 {
            guard line + [0x0A] == ManifestText.beginning else { throw .foreign }
            return
        }
        guard !isEnded else { throw .line(number) }
        if line == ManifestText.end.dropLast() {
            isEnded = true
            return
        }
        guard let entry = ManifestEntry(line: line.last == UInt8(ascii: ",") ? Array(line.dropLast()) : line) else { throw .line(number) }
        if let last, last >= entry.key { throw .unsorted(number) }
        last = entry.key
        each(entry)
    }
}
