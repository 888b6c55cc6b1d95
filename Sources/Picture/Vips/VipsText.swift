/// Texts of libvips, made plain.
enum VipsText {
    /// What its buffer of errors says, in one line: each line once, without the domain before the colon, without what says nothing. The first is where
    /// the fault began.
    static func cause(_ buffer: String) -> String {
        var lines: [String] = []
        for line in buffer.split(whereSeparator: \.isNewline) {
            var text = line[...]
            if let colon = text.firstIndex(of: ":"), text[..<colon].allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" || $0 == "2" }) {
                text = text[text.index(after: colon)...]
            }
            var plain = text.drop { $0 == " " }
            while plain.last == "." || plain.last == " " { plain = plain.dropLast() }
            // Where it was decoded while it was written the writer adds that it could not go on.
            if !plain.isEmpty, !plain.hasPrefix("unable to write to target"), !lines.contains(String(plain)) { lines.append(String(plain)) }
        }
        return lines.isEmpty ? "its pixels cannot be decoded" : lines.prefix(3).joined(separator: "; ")
    }

    /// Whether a cause of libjpeg's is one that costs no pixel and that cameras are known for: bytes between segments, and a progressive header of a
    /// sequential picture.
    static func isHarmless(_ cause: String) -> Bool {
        let isStray = cause.hasPrefix("Corrupt JPEG data: ") && cause.contains(" extraneous bytes before marker ")
        return !cause.contains("; ") && (isStray || cause == "Invalid SOS parameters for sequential JPEG")
    }

    /// The value in libvips's text of an Exif field, `V (V as people read it, ASCII, 20 components, 20 bytes)`, where V may hold whatever it likes; trimmed,
    /// nil where nothing is left.
    static func exifValue(_ text: String) -> String? {
        var bytes = Array(text.utf8)[...]
        if let length = valueLength(bytes) { bytes = bytes.prefix(length) }
        while let last = bytes.last, last == 0x20 || last == 0 { bytes = bytes.dropLast() }
        while bytes.first == 0x20 { bytes = bytes.dropFirst() }
        return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
    }

    /// Text that libvips writes as the field's value whatever is in it: it takes what stands in brackets at the end for its own.
    static func exifText(_ value: String) -> String { value + " ()" }

    /// How many bytes of the text are the value; nil where it is no text of libvips's. It tells how many bytes the field has, the NUL at its end among
    /// them. A field may have a NUL within, at which the value ends: then what is read begins with it, too.
    private static func valueLength(_ text: ArraySlice<UInt8>) -> Int? {
        let mark = Array(", ASCII, ".utf8)
        guard text.last == UInt8(ascii: ")"), text.count > mark.count,
            let tail = (text.startIndex...(text.endIndex - mark.count)).last(where: { text[$0..<$0 + mark.count].elementsEqual(mark) })
        else { return nil }
        let digits = text[(tail + mark.count)...].prefix { (0x30...0x39).contains($0) }
        func isEnd(_ length: Int) -> Bool {
            length >= 0 && length + 2 <= tail && text[length] == UInt8(ascii: " ") && text[length + 1] == UInt8(ascii: "(")
        }
        if let count = Int(String(decoding: digits, as: UTF8.self)), isEnd(count - 1) { return count - 1 }
        return (0..<tail).last { length in
            isEnd(length) && length * 2 + 2 <= tail && text[(length + 2)..<(length * 2 + 2)].elementsEqual(text[..<length])
        }
    }
}
