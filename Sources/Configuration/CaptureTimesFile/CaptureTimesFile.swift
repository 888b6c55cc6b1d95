internal import Glibc
public import Photo

/// Reads the file that `capture-times` names: absolute capture times by path.
///
/// | form | what it looks like |
/// |---|---|
/// | CSV (RFC 4180) | a header with the columns path, capture time and, where wanted, offset; others are ignored |
/// | JSON array | `[{"path": "a.jpg", "capture-time": "2024-06-15 10:30:45", "offset": "+02:00"}]` |
/// | JSON object | `{"a.jpg": "2024-06-15 10:30:45", "b.jpg": {"capture-time": "2024-06-15T10:31:00+02:00"}}` |
/// | `gallery-metadata.json` | `{"photos": [{"original_path": "a.jpg", "exif": {"corrected_timestamp": "2024-06-15T10:30:45"}}]}` |
///
/// The names that exiftool gives (`SourceFile`, `DateTimeOriginal`, `OffsetTimeOriginal`) are understood, too. A time is written as
/// `CaptureTime` parses it; a fraction of a second is dropped, and an offset may follow it.
public enum CaptureTimesFile {
    /// The largest file that is read, in bytes.
    public static let maximumSize = 256 << 20

    /// Reads a file from the disk.
    /// - Parameters:
    ///   - path: The file.
    ///   - source: The gallery's folder, an absolute path; absolute paths in the file must lie below it. Nil refuses them.
    public static func load(path: String, source: String?) throws(CaptureTimesError) -> CaptureTimes {
        let bytes: [UInt8]
        do throws(ConfigurationError) { bytes = try ConfigurationFile.read(path, limit: maximumSize + 1) } catch {
            if case .unreadable(_, let cause) = error {
                throw CaptureTimesError(path: path, faults: [.init(position: nil, row: nil, reason: .unreadable(cause))])
            }
            throw CaptureTimesError(path: path, faults: [.init(position: nil, row: nil, reason: .unreadable("\(error)"))])
        }
        return try read(bytes, path: path, source: source)
    }

    /// Reads a file's content; `path` is named in errors. JSON is told from CSV by its first character.
    public static func read(_ bytes: [UInt8], path: String, source: String? = nil) throws(CaptureTimesError) -> CaptureTimes {
        var rows = CaptureTimeRows(source: source)
        let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
        do throws(CaptureTimesError.Fault) {
            guard content.count <= maximumSize else { throw .init(position: nil, row: nil, reason: .tooLarge) }
            switch content.first(where: { ![9, 10, 13, 32].contains($0) }) {
            case UInt8(ascii: "{"), UInt8(ascii: "["): try rows.addJSON(content)
            default: try rows.addCSV(content)
            }
        } catch {
            rows.faults.append(error)
        }
        guard rows.faults.isEmpty else { throw CaptureTimesError(path: path, faults: rows.faults) }
        return CaptureTimes(rows.rows)
    }
}
