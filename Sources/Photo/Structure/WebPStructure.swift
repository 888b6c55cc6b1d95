/// The chunks of a WebP: what RIFF says of their sizes, and that there is a picture (WebP container specification; RFC 6386 §9.1; RFC 9649 §3).
enum WebPStructure {
    static func check(_ bytes: inout ForwardBytes) throws {
        let size = bytes.size
        func cutOff(_ place: String) -> PictureFault { .cutOff(.webp, within: place, size: size) }
        guard let head = try bytes.take(12).map(Array.init) else { throw cutOff("its head") }
        let riff = little(head[4..<8])
        guard riff >= 12, riff & 1 == 0 else {
            throw PictureFault.damaged(.webp, what: "an impossible size", at: 4)
        }
        guard 8 + riff <= size else { throw cutOff("its \(riff + 8) bytes") }
        let end = 8 + riff
        var pictures = 0
        while bytes.position < end {
            let begin = bytes.position
            guard end - begin >= 8, let header = try bytes.take(8).map(Array.init) else {
                throw PictureFault.damaged(.webp, what: "no chunk", at: begin)
            }
            let name = String(decoding: header[..<4], as: UTF8.self)
            let length = little(header[4..<8])
            let next = bytes.position + length + (length & 1)
            guard next <= end else {
                throw PictureFault.damaged(
                    .webp, what: "a chunk \(name) that reaches beyond the file", at: begin)
            }
            switch name {
            case "VP8 ", "VP8L":
                try picture(name, length, &bytes, at: begin)
                pictures += 1
            case "ANMF":
                guard length >= 24 else {
                    throw PictureFault.damaged(.webp, what: "a frame that is too short", at: begin)
                }
                pictures += 1
            default: break
            }
            guard bytes.skip(next - bytes.position) else { throw cutOff("its chunk \(name)") }
        }
        guard pictures > 0 else { throw PictureFault.damaged(.webp, what: "no picture", at: 12) }
    }

    private static func picture(
        _ name: String, _ length: Int64, _ bytes: inout ForwardBytes, at begin: Int64
    ) throws {
        let damaged = PictureFault.damaged(
            .webp, what: "image data that do not begin as they must", at: begin)
        if name == "VP8L" {
            guard length >= 5, try bytes.byte() == 0x2F else { throw damaged }
            return
        }
        guard length >= 10, let start = try bytes.take(6).map(Array.init) else { throw damaged }
        let tag = Int64(start[0]) | Int64(start[1]) << 8 | Int64(start[2]) << 16
        // A key frame, its start code, and a first partition that fits.
        guard tag & 1 == 0, start[3...].elementsEqual([0x9D, 0x01, 0x2A]), 10 + (tag >> 5) <= length
        else { throw damaged }
    }

    private static func little(_ bytes: ArraySlice<UInt8>) -> Int64 {
        bytes.reversed().reduce(0) { $0 << 8 | Int64($1) }
    }
}
