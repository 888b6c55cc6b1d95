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
            if !plain.isEmpty, !lines.contains(String(plain)) { lines.append(String(plain)) }
        }
        return lines.isEmpty ? "its pixels cannot be decoded" : lines.prefix(3).joined(separator: "; ")
    }

    /// The value in libvips's text of an Exif field: `V (V, ASCII, 20 components, 20 bytes)`, where V may hold whatever it likes; trimmed, nil where
    /// nothing is left.
    static func exifValue(_ text: String) -> String? {
        var value = text[...]
        if value.last == ")", let tail = value.range(ofLast: ", ASCII, ") {
            // “V (V”: the first half of what is left, but for the two bytes between.
            let twice = Array(value[..<tail].utf8)
            let half = (twice.count - 2) / 2
            if twice.count >= 2 { value = String(decoding: twice[..<half], as: UTF8.self)[...] }
        }
        while let last = value.last, last == " " || last == "\0" { value = value.dropLast() }
        while value.first == " " { value = value.dropFirst() }
        return value.isEmpty ? nil : String(value)
    }
}

extension Substring {
    /// Where `text` stands last.
    fileprivate func range(ofLast text: String) -> Index? {
        var found: Index?
        var at = startIndex
        while at < endIndex {
            if self[at...].hasPrefix(text) { found = at }
            at = index(after: at)
        }
        return found
    }
}
