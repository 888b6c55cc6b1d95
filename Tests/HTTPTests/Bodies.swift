import Vocabulary

/// Bytes of a size, different at each position within 64 KiB, without being held in memory.
struct PatternBytes: ByteSource {
    let size: Int64

    private static let period = 1 << 16
    private static let table = (0..<period).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }

    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int64) -> Int {
        let count = Int(min(Int64(buffer.count), max(0, size - offset)))
        var done = 0
        Self.table.withUnsafeBytes { table in
            while done < count {
                let start = Int((offset + Int64(done)) % Int64(Self.period))
                let piece = table[start..<min(Self.period, start + count - done)]
                UnsafeMutableRawBufferPointer(rebasing: buffer[done...]).copyMemory(from: UnsafeRawBufferPointer(rebasing: piece))
                done += piece.count
            }
        }
        return count
    }

    /// All of it.
    var array: [UInt8] { array(0..<size) }

    /// A part of it.
    func array(_ range: Range<Int64>) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: Int(range.upperBound - range.lowerBound)) { buffer, count in
            count = read(into: UnsafeMutableRawBufferPointer(buffer), at: range.lowerBound)
        }
    }
}

/// Bytes that can be read up to a place, where something else happens.
struct FaultyBytes: ByteSource {
    struct Broken: Error, Equatable {}

    enum Fault: Sendable {
        case end
        case error
        case wait(Gate)
    }

    let size: Int64
    let place: Int64
    let fault: Fault

    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int64) throws -> Int {
        if offset >= place {
            switch fault {
            case .end: return 0
            case .error: throw Broken()
            case .wait(let gate): gate.wait()
            }
        }
        let end = offset < place ? place : size
        let count = Int(min(Int64(buffer.count), end - offset))
        return PatternBytes(size: offset + Int64(count)).read(into: buffer, at: offset)
    }
}
