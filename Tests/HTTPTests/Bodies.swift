import Vocabulary

/// Bytes of a size, different at each position, without being held in memory.
struct PatternBytes: ByteSource {
    let size: Int64

    static func byte(at offset: Int64) -> UInt8 { UInt8(truncatingIfNeeded: offset &* 31 &+ offset >> 8) }

    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int64) -> Int {
        let count = Int(min(Int64(buffer.count), max(0, size - offset)))
        for i in 0..<count { buffer[i] = Self.byte(at: offset + Int64(i)) }
        return count
    }

    /// All of it.
    var array: [UInt8] { (0..<size).map(Self.byte) }
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
        for i in 0..<count { buffer[i] = PatternBytes.byte(at: offset + Int64(i)) }
        return count
    }
}
