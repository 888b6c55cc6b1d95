/// The markers of a JPEG from SOI to EOI, through every scan (ITU-T T.81 §B).
struct JPEGStructure {
    /// What SOF tells of a component.
    private struct Component {
        let id: UInt8
        let horizontal: Int
        let vertical: Int
    }

    private var bytes: ForwardBytes
    private var width = 0
    private var height = 0
    private var components: [Component] = []
    /// True for Huffman-coded sequential pictures (SOF0, SOF1), of which each block takes two bits at least.
    private var isSequential = false
    private var hasScan = false

    init(bytes: ForwardBytes) { self.bytes = bytes }

    private func cutOff(_ place: String) -> PictureFault {
        .cutOff(.jpeg, within: place, size: bytes.size)
    }

    mutating func run() throws {
        guard bytes.skip(2) else { throw cutOff("its head") }
        while true {
            // Decoders pass over stray bytes between segments.
            guard try bytes.seek(0xFF) else { throw cutOff(hasScan ? "its image data" : "its head") }
            var marker: UInt8 = 0xFF
            while marker == 0xFF {
                guard let next = try bytes.byte() else {
                    throw cutOff(hasScan ? "its image data" : "its head")
                }
                marker = next
            }
            switch marker {
            case 0x00, 0x01, 0xD0...0xD8: continue
            case 0xD9:
                guard hasScan else {
                    throw PictureFault.damaged(
                        .jpeg, what: "an end without image data", at: bytes.position - 2)
                }
                return
            default: try segment(marker)
            }
        }
    }

    private mutating func segment(_ marker: UInt8) throws {
        let begin = bytes.position - 2
        guard let length = try bytes.u16() else { throw cutOff("a segment") }
        guard length >= 2 else {
            throw PictureFault.damaged(.jpeg, what: "a segment of no length", at: begin)
        }
        switch marker {
        case 0xC0...0xC3, 0xC5...0xC7, 0xC9...0xCB, 0xCD...0xCF: try frame(marker, length - 2)
        case 0xDA: try scan(length - 2, at: begin)
        default: guard bytes.skip(Int64(length - 2)) else { throw cutOff("a segment") }
        }
    }

    private mutating func frame(_ marker: UInt8, _ length: Int) throws {
        let begin = bytes.position
        guard let payload = try bytes.take(length).map(Array.init) else {
            throw cutOff("its frame header")
        }
        guard payload.count >= 6, payload.count >= 6 + 3 * Int(payload[5]), payload[5] > 0 else {
            throw PictureFault.damaged(.jpeg, what: "a frame header that is too short", at: begin)
        }
        height = Int(payload[1]) << 8 | Int(payload[2])
        width = Int(payload[3]) << 8 | Int(payload[4])
        guard width > 0 else {
            throw PictureFault.damaged(.jpeg, what: "a picture of no width", at: begin)
        }
        components = (0..<Int(payload[5])).map { index in
            let at = 6 + 3 * index
            return Component(
                id: payload[at], horizontal: Int(payload[at + 1] >> 4), vertical: Int(payload[at + 1] & 15))
        }
        isSequential = marker <= 0xC1
    }

    private mutating func scan(_ length: Int, at begin: Int64) throws {
        guard let payload = try bytes.take(length).map(Array.init) else {
            throw cutOff("a scan's header")
        }
        guard !components.isEmpty else {
            throw PictureFault.damaged(.jpeg, what: "image data without a frame header", at: begin)
        }
        guard let count = payload.first, payload.count >= 1 + 2 * Int(count) else {
            throw PictureFault.damaged(.jpeg, what: "a scan header that is too short", at: begin)
        }
        hasScan = true
        let ids = (0..<Int(count)).map { payload[1 + 2 * $0] }
        let start = bytes.position
        try passImageData()
        let bits = (bytes.position - start) * 8
        guard !isSequential || bits >= 2 * blocks(of: ids) else {
            throw PictureFault.damaged(
                .jpeg, what: "less image data than \(width) × \(height) pixels take", at: start)
        }
    }

    /// Goes on at the next marker that ends image data. Within it FF is followed by 00, a restart marker or another FF (T.81 §B.1.1.5).
    private mutating func passImageData() throws {
        while try bytes.seek(0xFF) {
            let at = bytes.position
            guard let pair = try bytes.take(2), let next = pair.last else { break }
            if next == 0x00 || 0xD0...0xD7 ~= next { continue }
            bytes.back(to: next == 0xFF ? at + 1 : at)
            if next != 0xFF { return }
        }
        throw cutOff("its image data")
    }

    /// How many blocks of 8 × 8 the scan holds; 0 where that is told only later (a height of 0, T.81 §B.2.5), or the header makes no sense.
    private func blocks(of ids: [UInt8]) -> Int64 {
        let most = (components.map(\.horizontal).max() ?? 0, components.map(\.vertical).max() ?? 0)
        guard height > 0, most.0 > 0, most.1 > 0 else { return 0 }
        let scanned = components.filter { ids.contains($0.id) }
        if scanned.count == 1, let only = scanned.first {
            let columns = (width * only.horizontal + most.0 * 8 - 1) / (most.0 * 8)
            let rows = (height * only.vertical + most.1 * 8 - 1) / (most.1 * 8)
            return Int64(columns) * Int64(rows)
        }
        let units =
            Int64((width + most.0 * 8 - 1) / (most.0 * 8))
            * Int64((height + most.1 * 8 - 1) / (most.1 * 8))
        return units * Int64(scanned.reduce(0) { $0 + $1.horizontal * $1.vertical })
    }
}
