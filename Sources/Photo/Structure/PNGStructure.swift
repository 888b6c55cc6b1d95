/// The chunks of a PNG from its signature to IEND, each with its checksum (PNG specification, third edition, §5).
enum PNGStructure {
    static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    static func check(_ bytes: inout ForwardBytes) throws {
        let size = bytes.size
        func cutOff(_ place: String) -> PictureFault { .cutOff(.png, within: place, size: size) }
        guard let head = try bytes.take(8) else { throw cutOff("its signature") }
        guard head.elementsEqual(signature) else {
            throw PictureFault.damaged(.png, what: "a signature whose line ends were changed", at: 0)
        }
        var hasHeader = false
        var hasData = false
        while true {
            let begin = bytes.position
            guard let length = try bytes.u32() else {
                throw cutOff(hasData ? "its image data" : "its head")
            }
            guard let type = try bytes.take(4).map(Array.init) else { throw cutOff("a chunk") }
            guard length <= 0x7FFF_FFFF, type.allSatisfy({ 65...90 ~= $0 & 0xDF }) else {
                throw PictureFault.damaged(.png, what: "no chunk", at: begin)
            }
            let name = String(decoding: type, as: UTF8.self)
            var sum = CRC32()
            type.withUnsafeBytes { sum.add($0) }
            guard try bytes.pass(length, { sum.add($0) }), let stored = try bytes.u32() else {
                throw cutOff("its chunk \(name)")
            }
            guard stored == Int64(sum.value) else {
                throw PictureFault.damaged(.png, what: "a wrong checksum of its chunk \(name)", at: begin)
            }
            switch name {
            case "IHDR" where begin == 8 && length == 13: hasHeader = true
            case "IDAT": hasData = true
            case "IEND":
                guard hasData else {
                    throw PictureFault.damaged(.png, what: "an end without image data", at: begin)
                }
                return
            default: break
            }
            guard hasHeader else {
                throw PictureFault.damaged(.png, what: "no header in front", at: begin)
            }
        }
    }
}

/// The checksum of PNG's chunks (PNG specification, annex D; ISO 3309), eight bytes at a time (Kounavis and Berry, "A systematic approach to building
/// high performance software-based CRC generators").
struct CRC32 {
    private static let tables: [UInt32] = {
        var tables = [UInt32](repeating: 0, count: 8 * 256)
        for byte in 0..<256 {
            var value = UInt32(byte)
            for _ in 0..<8 { value = value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1 }
            tables[byte] = value
        }
        for slice in 1..<8 {
            for byte in 0..<256 {
                let before = tables[(slice - 1) * 256 + byte]
                tables[slice * 256 + byte] = (before >> 8) ^ tables[Int(before & 0xFF)]
            }
        }
        return tables
    }()

    private var state: UInt32 = 0xFFFF_FFFF

    /// The checksum of what was added.
    var value: UInt32 { ~state }

    mutating func add(_ bytes: UnsafeRawBufferPointer) {
        var state = state
        Self.tables.withUnsafeBufferPointer { table in
            var at = 0
            while at + 8 <= bytes.count {
                let word =
                    UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self))
                    ^ UInt64(state)
                var next: UInt32 = 0
                for slice in 0..<8 {
                    next ^= table[(7 - slice) * 256 + Int((word >> (8 * UInt64(slice))) & 0xFF)]
                }
                state = next
                at += 8
            }
            while at < bytes.count {
                state = (state >> 8) ^ table[Int((state ^ UInt32(bytes[at])) & 0xFF)]
                at += 1
            }
        }
        self.state = state
    }
}
