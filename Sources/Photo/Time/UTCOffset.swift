/// An offset from UTC as OffsetTimeOriginal holds it (Exif 2.32 §4.6.5: "±HH:MM"), east positive.
public struct UTCOffset: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Minutes east of UTC, -720 to 840.
    public let minutes: Int

    /// Creates an offset; nil outside -12:00 to +14:00, the offsets that clocks on land and sea have.
    public init?(minutes: Int) {
        guard -720...840 ~= minutes else { return nil }
        self.minutes = minutes
    }

    /// UTC itself.
    public static let utc = UTCOffset(unchecked: 0)

    init(unchecked minutes: Int) { self.minutes = minutes }

    /// Parses a setting: strictly `±HH:MM` in quarter hours.
    public init(parsing text: some StringProtocol) throws(TimeSyntaxError) {
        guard let offset = UTCOffset(exifBytes: Array(text.utf8)), offset.minutes % 15 == 0 else {
            throw TimeSyntaxError(kind: .offset, text: String(text))
        }
        self = offset
    }

    /// What a photo holds: `±HH:MM`, any minute below 60; nil for blanks and anything else.
    public init?(exifBytes bytes: some RandomAccessCollection<UInt8>) {
        guard bytes.count == 6 else { return nil }
        let b = Array(bytes)
        guard b[0] == UInt8(ascii: "+") || b[0] == UInt8(ascii: "-"), b[3] == UInt8(ascii: ":"),
            [1, 2, 4, 5].allSatisfy({ 48...57 ~= b[$0] })
        else { return nil }
        let hours = Int(b[1] - 48) * 10 + Int(b[2] - 48)
        let rest = Int(b[4] - 48) * 10 + Int(b[5] - 48)
        guard rest < 60 else { return nil }
        self.init(minutes: (b[0] == UInt8(ascii: "-") ? -1 : 1) * (hours * 60 + rest))
    }

    /// The six ASCII bytes that Exif stores, without the NUL that ends them.
    public var exifBytes: [UInt8] {
        let m = abs(minutes)
        return [
            minutes < 0 ? UInt8(ascii: "-") : UInt8(ascii: "+"), 48 + UInt8(m / 600), 48 + UInt8(m / 60 % 10), UInt8(ascii: ":"),
            48 + UInt8(m % 60 / 10), 48 + UInt8(m % 10),
        ]
    }

    /// The form that Exif stores, "+02:00".
    public var description: String { String(decoding: exifBytes, as: UTF8.self) }

    /// Further west.
    public static func < (a: UTCOffset, b: UTCOffset) -> Bool { a.minutes < b.minutes }
}
