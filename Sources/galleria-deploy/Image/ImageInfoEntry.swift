internal import Picture
internal import Vocabulary

/// What `image info --format json` prints: version 1 of its schema.
struct ImageInfoDocument: Encodable {
    let version = 1
    let pictures: [ImageInfoEntry]
}

/// One picture as `image info` reports it.
struct ImageInfoEntry: Encodable {
    struct Profile: Encodable {
        let name: String?
        let sizeBytes: Int

        enum CodingKeys: String, CodingKey {
            case name
            case sizeBytes = "size_bytes"
        }
    }

    let path: String
    let width: Int
    let height: Int
    let format: String
    let mode: String
    let channels: Int
    let bits: Int
    let alpha: Bool
    let frames: Int
    let interlaced: Bool
    let sizeBytes: Int
    /// In units of 1024 bytes.
    let sizeKB: Double
    /// In units of 1,048,576 bytes.
    let sizeMB: Double
    let orientation: Int
    let icc: Profile?
    let captureTime: String?
    let captureOffset: String?

    enum CodingKeys: String, CodingKey {
        case path, width, height, format, mode, channels, bits, alpha, frames, interlaced, orientation, icc
        case sizeBytes = "size_bytes"
        case sizeKB = "size_kb"
        case sizeMB = "size_mb"
        case captureTime = "capture_time"
        case captureOffset = "capture_offset"
    }

    init(_ path: String, _ size: Int, _ info: PictureInfo) {
        self.path = path
        width = info.width
        height = info.height
        format = info.format.rawValue
        mode = info.mode
        channels = info.channels
        bits = info.bits
        alpha = info.hasAlpha
        frames = info.frames
        interlaced = info.isInterlaced
        sizeBytes = size
        sizeKB = (Double(size) / 1024 * 100).rounded() / 100
        sizeMB = (Double(size) / 1_048_576 * 100).rounded() / 100
        orientation = info.orientation
        icc = info.profile.map { Profile(name: $0.name, sizeBytes: $0.size) }
        captureTime = info.captureTime
        captureOffset = info.captureOffset
    }

    /// The entry as lines for a person.
    var lines: [String] {
        var lines = [path.escapedForTerminal]
        lines.append("  picture      \(width) × \(height) pixels, \(format), \(mode)" + (interlaced ? ", in passes" : ""))
        lines.append("  file         \(Quantity.bytes(Int64(sizeBytes))) (\(sizeBytes) bytes)")
        if orientation != 1 {
            lines.append(
                "  orientation  \(orientation): upright " + (orientation > 4 ? "\(height) × \(width)" : "\(width) × \(height)"))
        }
        if let icc {
            lines.append("  profile      " + (icc.name?.escapedForTerminal ?? "without a name") + ", \(icc.sizeBytes) bytes")
        }
        if let captureTime {
            lines.append("  taken        " + captureTime.escapedForTerminal + (captureOffset.map { " " + $0.escapedForTerminal } ?? ""))
        }
        if frames > 1 { lines.append("  frames       \(frames)") }
        return lines
    }
}
