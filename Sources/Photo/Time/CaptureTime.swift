/// A camera's local date and time, to the second, without an offset: what DateTimeOriginal holds
/// (Exif 2.32 §4.6.5, "YYYY:MM:DD HH:MM:SS"). Sub-seconds live in a tag of their own and are never part of it.
///
/// The calendar is the proleptic Gregorian one, years 1 to 9999: the four digits that Exif has.
public struct CaptureTime: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Seconds from 1970-01-01 00:00:00 on the same clock face (no time zone is involved).
    public let seconds: Int64

    static let earliest: Int64 = -62_135_596_800
    static let latest: Int64 = 253_402_300_799

    /// Creates a time from seconds after 1970-01-01 00:00:00 on the same clock face; nil outside the years 1 to 9999.
    public init?(seconds: Int64) {
        guard seconds >= Self.earliest, seconds <= Self.latest else { return nil }
        self.seconds = seconds
    }

    /// Creates a time from its digits; nil where the calendar has no such day or the clock no such second (a 60th included).
    public init?(_ year: Int, _ month: Int, _ day: Int, _ hour: Int = 0, _ minute: Int = 0, _ second: Int = 0) {
        guard 1...9999 ~= year, 1...12 ~= month, day >= 1, day <= Self.days(in: month, of: year), 0...23 ~= hour, 0...59 ~= minute,
            0...59 ~= second
        else { return nil }
        let days = Self.days(year: Int64(year), month: Int64(month), day: Int64(day))
        seconds = days * 86_400 + Int64(hour * 3600 + minute * 60 + second)
    }

    /// This time moved by `shift`; nil where that leaves the years 1 to 9999.
    public func shifted(by shift: ClockShift) -> CaptureTime? {
        let (moved, overflow) = seconds.addingReportingOverflow(shift.seconds)
        return overflow ? nil : CaptureTime(seconds: moved)
    }

    /// Earlier on the clock face.
    public static func < (a: CaptureTime, b: CaptureTime) -> Bool { a.seconds < b.seconds }

    /// Year, month, day, hour, minute and second.
    public var digits: (year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int) {
        let days = seconds >= 0 ? seconds / 86_400 : -((86_399 - seconds) / 86_400)
        let rest = Int(seconds - days * 86_400)
        // Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days: eras of 400 years, March first.
        let z = days + 719_468
        let era = (z >= 0 ? z : z - 146_096) / 146_097
        let dayOfEra = z - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let march = (5 * dayOfYear + 2) / 153
        let month = march < 10 ? march + 3 : march - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (Int(year), Int(month), Int(dayOfYear - (153 * march + 2) / 5 + 1), rest / 3600, rest / 60 % 60, rest % 60)
    }

    /// The 19 ASCII bytes that Exif stores, without the NUL that ends them.
    public var exifBytes: [UInt8] {
        let d = digits
        var bytes: [UInt8] = []
        bytes.reserveCapacity(19)
        func put(_ value: Int, _ width: Int, then separator: UInt8?) {
            var unit = width == 4 ? 1000 : 10
            while unit > 0 {
                bytes.append(48 + UInt8(value / unit % 10))
                unit /= 10
            }
            if let separator { bytes.append(separator) }
        }
        put(d.year, 4, then: UInt8(ascii: ":"))
        put(d.month, 2, then: UInt8(ascii: ":"))
        put(d.day, 2, then: UInt8(ascii: " "))
        put(d.hour, 2, then: UInt8(ascii: ":"))
        put(d.minute, 2, then: UInt8(ascii: ":"))
        put(d.second, 2, then: nil)
        return bytes
    }

    /// The form that Exif stores, "2024:06:15 10:30:45".
    public var description: String { String(decoding: exifBytes, as: UTF8.self) }

    static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

    static func days(in month: Int, of year: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Days from 1970-01-01 (days_from_civil of the same paper).
    private static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
        let y = month <= 2 ? year - 1 : year
        let era = (y >= 0 ? y : y - 399) / 400
        let yearOfEra = y - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }
}
