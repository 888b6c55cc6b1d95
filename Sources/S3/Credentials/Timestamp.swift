/// Moments as AWS's tools and servers write them (ISO 8601): `2026-11-21T10:00:00Z`, with fractions of a second, with an offset
/// (`+00:00`), or with `UTC` as old single sign-on caches have it.
enum Timestamp {
    /// Seconds since 1970-01-01T00:00:00Z, fractions dropped; nil for any other form.
    static func unixSeconds(_ text: String) -> Int64? {
        let bytes = [UInt8](text.utf8)
        func number(_ range: Range<Int>) -> Int? {
            guard range.upperBound <= bytes.count else { return nil }
            var value = 0
            for byte in bytes[range] {
                guard (48...57).contains(byte) else { return nil }
                value = value * 10 + Int(byte - 48)
            }
            return value
        }
        func isByte(_ index: Int, _ allowed: String) -> Bool { index < bytes.count && allowed.utf8.contains(bytes[index]) }
        guard let year = number(0..<4), isByte(4, "-"), let month = number(5..<7), isByte(7, "-"), let day = number(8..<10),
            isByte(10, "Tt "), let hour = number(11..<13), isByte(13, ":"), let minute = number(14..<16), isByte(16, ":"),
            let second = number(17..<19),
            let moment = CivilDate.unixSeconds(year: year, month: month, day: day, hour: hour, minute: minute, second: second)
        else { return nil }
        var rest = bytes[19...]
        if rest.first == UInt8(ascii: ".") {
            rest = rest.dropFirst()
            let digits = rest.prefix { (48...57).contains($0) }
            guard !digits.isEmpty else { return nil }
            rest = rest.dropFirst(digits.count)
        }
        let zone = String(decoding: rest, as: UTF8.self)
        if ["Z", "z", "UTC"].contains(zone) { return moment }
        let start = rest.startIndex
        guard zone.utf8.count == 6, isByte(start, "+-"), isByte(start + 3, ":"), let hours = number(start + 1..<start + 3),
            let minutes = number(start + 4..<start + 6), hours < 24, minutes < 60
        else { return nil }
        return moment - (isByte(start, "-") ? -1 : 1) * Int64(hours * 3600 + minutes * 60)
    }
}
