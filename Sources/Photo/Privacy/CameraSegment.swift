/// Metadata of camera makers outside of Exif: in segments of their own, or behind the image.
enum CameraSegment {
    /// A segment that may hold what `items` name in a form that is not understood here: what to call it; nil for any other.
    static func sealed(_ payload: ByteView, _ items: Set<PrivacyItem>) -> String? {
        let asksForPlaceOrSerial = items.contains(.gps) || items.contains(.serial)
        if payload.has("FLIR\0"), asksForPlaceOrSerial { return "its thermal camera data (FLIR)" }
        if payload.has("IJPEG\0", at: 4), asksForPlaceOrSerial { return "its thermal camera data (InfiRay)" }
        if payload.has("TDHD\u{1}"), items.contains(.serial) { return "its camera data (HP)" }
        return nil
    }

    /// Trailers that hold whole sets of metadata (ExifTool's JPEG tag table, "Trailer"), by how the file ends: what to call it, nil where there is none.
    static func sealedTrailer(_ tail: ByteView) -> String? {
        let n = tail.count
        if n >= 12, tail.has("AXS!", at: n - 12) || tail.has("AXS*", at: n - 12) { return "its AFCP trailer" }
        if n >= 64, tail.has("CANON OPTIONAL DATA\0", at: n - 64) { return "its Canon VRD trailer" }
        if n >= 8, tail.has("cbipcbbl", at: n - 8) { return "its Photo Mechanic trailer" }
        if n >= 4, tail.slice(n - 4..<n).bytes.elementsEqual([0xA1, 0xB2, 0xC3, 0xD4]) { return "its FotoStation trailer" }
        if tail.contains("zmie~") { return "its MIE trailer" }
        return nil
    }

    /// The number behind each `Serial#=` of the text that older Agfa, Epson, Olympus and Sanyo cameras put into APP12.
    static func serials(in bytes: [UInt8]) -> [Range<Int>] {
        let view = ByteView(bytes)
        var result: [Range<Int>] = []
        var from = 0
        while let at = view.position(of: "Serial#=", from: from) {
            let start = at + 8
            var end = start
            while end < bytes.count, bytes[end] >= 32 { end += 1 }
            if end > start { result.append(start..<end) }
            from = max(end, start)
        }
        return result
    }
}
