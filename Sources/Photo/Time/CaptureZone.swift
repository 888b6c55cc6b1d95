/// What the offset of a photo's capture time becomes. The zone labels the local time; it never moves the digits.
public enum CaptureZone: Sendable, Hashable, CustomStringConvertible {
    /// The offset stays as it is, there or not there.
    case keep
    /// One offset for every photo.
    case fixed(UTCOffset)
    /// A region; the offset follows each photo's own date, daylight saving time included.
    case named(RegionZone)

    /// Parses `keep`, `±HH:MM`, or a region's IANA name.
    public init(parsing text: some StringProtocol) throws(TimeSyntaxError) {
        if text == "keep" {
            self = .keep
        } else if let offset = try? UTCOffset(parsing: text) {
            self = .fixed(offset)
        } else if let first = text.utf8.first, first == UInt8(ascii: "+") || first == UInt8(ascii: "-") {
            throw TimeSyntaxError(kind: .offset, text: String(text))
        } else if let zone = RegionZone(identifier: String(text)) {
            self = .named(zone)
        } else {
            throw TimeSyntaxError(kind: .zone, text: String(text))
        }
    }

    /// The form that parses back to the same zone.
    public var description: String {
        switch self {
        case .keep: "keep"
        case .fixed(let offset): offset.description
        case .named(let zone): zone.identifier
        }
    }
}
