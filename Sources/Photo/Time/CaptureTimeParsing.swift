extension CaptureTime {
    /// What a photo's DateTimeOriginal holds, read as generously as photo programs read it: 19 digits and separators
    /// at their fixed places, the date's separators one of `:-/.`, the time's `:`, the two apart by a space or `T`,
    /// a leading zero possibly a space. Nil for blanks, zeros, and anything that names no second.
    public init?(exifBytes bytes: some RandomAccessCollection<UInt8>) {
        guard bytes.count >= 19 else { return nil }
        func at(_ i: Int) -> UInt8 { bytes[bytes.index(bytes.startIndex, offsetBy: i)] }
        func number(_ start: Int, _ width: Int) -> Int? {
            var value = 0
            for i in start..<start + width {
                let c = at(i)
                if c == 32, i < start + width - 1, value == 0 { continue }
                guard 48...57 ~= c else { return nil }
                value = value * 10 + Int(c - 48)
            }
            return value
        }
        let dates: Set<UInt8> = [UInt8(ascii: ":"), UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: ".")]
        let colon = UInt8(ascii: ":")
        guard dates.contains(at(4)), dates.contains(at(7)), at(13) == colon, at(16) == colon, at(10) == 32 || at(10) == UInt8(ascii: "T")
        else { return nil }
        guard let year = number(0, 4), let month = number(5, 2), let day = number(8, 2), let hour = number(11, 2),
            let minute = number(14, 2), let second = number(17, 2)
        else { return nil }
        self.init(year, month, day, hour, minute, second)
    }

    /// The forms that `init(parsing:)` accepts, for messages.
    public static let acceptedForms = "'2024:06:15 10:30:45', '2024-06-15 10:30:45' or '2024-06-15T10:30:45'"

    /// Parses a time as people write it in settings: the accepted forms, exactly; the error names them.
    public init(parsing text: some StringProtocol) throws(TimeSyntaxError) {
        let bytes = Array(text.utf8)
        guard bytes.count == 19, !bytes[..<10].contains(32), bytes[4] == bytes[7], bytes[4] == 45 || bytes[4] == 58,
            let time = CaptureTime(exifBytes: bytes), !bytes[11...].contains(32)
        else { throw TimeSyntaxError(kind: .captureTime, text: String(text)) }
        self = time
    }

    /// Parses one end of a range: a full time, or a date alone, which means its first second (`upper` false) or its
    /// last (`upper` true), so that `from: 2024-06-15` and `until: 2024-06-15` enclose that day.
    public init(parsingBound text: some StringProtocol, upper: Bool) throws(TimeSyntaxError) {
        guard text.utf8.count == 10 else { try self.init(parsing: text); return }
        do {
            try self.init(parsing: String(text) + (upper ? " 23:59:59" : " 00:00:00"))
        } catch {
            throw TimeSyntaxError(kind: .captureTime, text: String(text))
        }
    }
}
