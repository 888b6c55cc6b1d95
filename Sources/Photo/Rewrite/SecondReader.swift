internal import CExif

/// A TIFF block as libexif reads it: an opinion that shares no code with this program's.
///
/// It has three tasks. Serial numbers that older cameras keep in their MakerNote come from it. Where asked (`exif write`, strict runs),
/// every rewritten block is read by it too, and a photo whose values it does not find again is left alone. And the tests
/// hold every rewrite against it. It never saves: libexif's save drops tags it does not know and lays values anew.
///
/// libexif is old C code and photos are untrusted: it gets only blocks that `TIFFBlock` has accepted, of one segment's
/// size at most, in a copy of its own.
public struct SecondReader {
    /// One entry as libexif loaded it.
    public struct Entry: Sendable, Hashable {
        /// libexif's directory number: 0 IFD0, 1 IFD1, 2 Exif, 3 GPS, 4 interoperability.
        public let directory: Int
        /// The tag.
        public let tag: Int
        /// The type (TIFF 6.0 §2).
        public let type: Int
        /// The number of elements.
        public let count: Int
        /// The value in the block's byte order.
        public let bytes: [UInt8]
    }

    /// All entries, in the order in which libexif holds them.
    public let entries: [Entry]
    /// The camera's serial number in the MakerNote, where libexif understands the note.
    public let makerNoteSerial: String?

    /// Reads a TIFF block (without `Exif\0\0`); nil where it is too large for a segment or libexif finds nothing.
    public init?(tiff: some Collection<UInt8>) {
        guard tiff.count >= 8, tiff.count <= 65_527 else { return nil }
        let segment = Array("Exif\0\0".utf8) + tiff
        guard let data = exif_data_new() else { return nil }
        defer { exif_data_unref(data) }
        // With FOLLOW_SPECIFICATION libexif adds mandatory entries on load; with IGNORE_UNKNOWN_TAGS it drops what it has no name for.
        exif_data_unset_option(data, EXIF_DATA_OPTION_FOLLOW_SPECIFICATION)
        exif_data_unset_option(data, EXIF_DATA_OPTION_IGNORE_UNKNOWN_TAGS)
        segment.withUnsafeBufferPointer { exif_data_load_data(data, $0.baseAddress, UInt32($0.count)) }
        entries = Self.entries(of: data)
        makerNoteSerial = Self.serial(in: data)
        if entries.isEmpty { return nil }
    }

    private static func entries(of data: UnsafeMutablePointer<ExifData>) -> [Entry] {
        let contents = [data.pointee.ifd.0, data.pointee.ifd.1, data.pointee.ifd.2, data.pointee.ifd.3, data.pointee.ifd.4]
        var result: [Entry] = []
        for (number, content) in contents.enumerated() {
            guard let content = content?.pointee else { continue }
            for i in 0..<Int(content.count) {
                guard let entry = content.entries?[i]?.pointee else { continue }
                let bytes = entry.data.map { [UInt8](UnsafeBufferPointer(start: $0, count: Int(entry.size))) } ?? []
                result.append(
                    Entry(
                        directory: number, tag: Int(entry.tag.rawValue), type: Int(entry.format.rawValue), count: Int(entry.components),
                        bytes: bytes))
            }
        }
        return result
    }

    private static func serial(in data: UnsafeMutablePointer<ExifData>) -> String? {
        guard let note = exif_data_get_mnote_data(data) else { return nil }
        for i in 0..<exif_mnote_data_count(note) {
            guard let name = exif_mnote_data_get_name(note, i), String(cString: name) == "SerialNumber" else { continue }
            var buffer = [CChar](repeating: 0, count: 128)
            guard exif_mnote_data_get_value(note, i, &buffer, UInt32(buffer.count)) != nil else { continue }
            let bytes = buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
            let words = bytes.split(separator: 32)
            guard let text = words.first.map({ String(decoding: $0, as: UTF8.self) }) else { continue }
            return canonSerial(text) ?? text
        }
        return nil
    }

    /// Canon's number is a LONG that libexif prints as its upper half in hexadecimal (sign-extended by mistake), a dash, and its
    /// lower half; cameras and other programs show ten decimal digits.
    private static func canonSerial(_ text: String) -> String? {
        let halves = text.split(separator: "-")
        guard halves.count == 2, let high = UInt32(halves[0].suffix(4), radix: 16), let low = UInt32(halves[1]), low < 65_536 else {
            return nil
        }
        let digits = String(high << 16 | low)
        return String(repeating: "0", count: max(0, 10 - digits.count)) + digits
    }

    /// True where this block, read after a rewrite, has the values asked for and all entries of `before` besides.
    func agrees(with before: SecondReader, _ values: [ExifValue]) -> Bool {
        let exif = 2
        func isOurs(_ entry: Entry) -> Bool { entry.directory == exif && values.contains { $0.tag == entry.tag } }
        for value in values {
            let found = entries.filter { $0.directory == exif && $0.tag == value.tag }
            guard found.count == 1, found[0].type == 2, found[0].bytes.starts(with: value.bytes) else { return false }
        }
        let hadExif = before.entries.contains { $0.directory == exif }
        return entries.filter { !isOurs($0) && (hadExif || $0.directory != exif) } == before.entries.filter { !isOurs($0) }
    }
}
