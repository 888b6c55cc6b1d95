/// The moment of a signature as ISO 8601 basic text, `20150830T123600Z` (AWS General Reference, "Elements of an AWS API request signature").
struct SigningDate: Sendable, Hashable {
    /// The sixteen characters; they stand inline in the string.
    let text: String

    /// The moment that lies `unixSeconds` after 1970-01-01T00:00:00Z, in the years 0 to 9999.
    init(unixSeconds: Int64) {
        let date = CivilDate(unixSeconds: unixSeconds)
        text = String(unsafeUninitializedCapacity: 16) { buffer in
            func put(_ value: Int, _ digits: Int, at start: Int) {
                var value = value
                for i in stride(from: start + digits - 1, through: start, by: -1) {
                    buffer[i] = UInt8(48 + value % 10)
                    value /= 10
                }
            }
            put(date.year, 4, at: 0)
            put(date.month, 2, at: 4)
            put(date.day, 2, at: 6)
            buffer[8] = UInt8(ascii: "T")
            put(date.second / 3600, 2, at: 9)
            put(date.second / 60 % 60, 2, at: 11)
            put(date.second % 60, 2, at: 13)
            buffer[15] = UInt8(ascii: "Z")
            return 16
        }
    }

    /// The day, `20150830`, to which a signing key is bound.
    var day: Substring { text.prefix(8) }
}

/// A day of the proleptic Gregorian calendar and the second within it, in UTC.
struct CivilDate: Sendable, Hashable {
    /// The year, as written.
    let year: Int
    /// The month, 1 to 12.
    let month: Int
    /// The day of the month, 1 to 31.
    let day: Int
    /// The second of the day, 0 to 86,399.
    let second: Int

    /// The date of a Unix time (the algorithm is H. Hinnant's `civil_from_days`, public domain).
    init(unixSeconds: Int64) {
        let days = Int((Double(unixSeconds) / 86400).rounded(.down))
        second = Int(unixSeconds) - days * 86400
        let z = days + 719_468
        let era = (z >= 0 ? z : z - 146_096) / 146_097
        let dayOfEra = z - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let m = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * m + 2) / 5 + 1
        month = m < 10 ? m + 3 : m - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// The Unix time of a date and a time of day; nil where a part is out of its range.
    static func unixSeconds(year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int) -> Int64? {
        guard (0...9999).contains(year), (1...12).contains(month), (1...31).contains(day), (0...23).contains(hour),
            (0...59).contains(minute), (0...60).contains(second)
        else { return nil }
        let y = month <= 2 ? year - 1 : year
        let era = (y >= 0 ? y : y - 399) / 400
        let yearOfEra = y - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return Int64(era * 146_097 + dayOfEra - 719_468) * 86400 + Int64(hour * 3600 + minute * 60 + second)
    }
}
