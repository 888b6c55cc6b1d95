/// A time setting that could not be read; its description says what was given and which forms are accepted.
public struct TimeSyntaxError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What the text was meant to be.
    public enum Kind: Sendable, Hashable {
        /// A clock shift.
        case clockShift
        /// A clock shift whose size leaves no date within the years 1 to 9999.
        case clockShiftTooLarge
        /// An offset from UTC.
        case offset
        /// `keep`, an offset or an IANA zone.
        case zone
        /// An absolute capture time.
        case captureTime
    }

    /// What the text was meant to be.
    public let kind: Kind
    /// The text as given.
    public let text: String

    /// Creates an error about `text`.
    public init(kind: Kind, text: String) {
        self.kind = kind
        self.text = text
    }

    /// Says what was given, why it is refused and what is accepted.
    public var description: String {
        switch kind {
        case .clockShift:
            "'\(text)' is no clock shift: write -4h, +1d2h, -90m, 45s, +00:00:30, or 0; one sign stands for the whole"
        case .clockShiftTooLarge:
            "the clock shift '\(text)' is longer than the calendar (the years 1 to 9999): write a smaller one"
        case .offset:
            "'\(text)' is no offset from UTC: write it as +02:00, -05:00 or +05:45, from -12:00 to +14:00 in quarter hours"
        case .zone:
            "'\(text)' is no time zone: write keep, an offset such as +02:00, or a region's IANA name such as Europe/Stockholm; "
                + "abbreviations such as EST or GMT+2 are refused because they name no place and no daylight saving rule"
        case .captureTime:
            "'\(text)' is no capture time: write \(CaptureTime.acceptedForms)"
        }
    }
}
