/// What the replaced program's variables hold: whole hours.
enum WholeHours {
    /// `GALLERIA_TIMESTAMP_OFFSET_HOURS` as a clock shift: `-4` is `-4h`.
    static func shift(_ text: String) throws(BadValue) -> String { "\(try hours(text, -87_600...87_600, "--clock-shift"))h" }

    /// `GALLERIA_TARGET_TIMEZONE_OFFSET_HOURS` as a zone: `2` is `+02:00`, and 13 means keep.
    static func zone(_ text: String) throws(BadValue) -> String {
        let hours = try hours(text, -12...14, "--time-zone")
        guard hours != 13 else { return "keep" }
        let digits = hours.magnitude < 10 ? "0\(hours.magnitude)" : "\(hours.magnitude)"
        return (hours < 0 ? "-" : "+") + digits + ":00"
    }

    private static func hours(_ text: String, _ range: ClosedRange<Int>, _ flag: String) throws(BadValue) -> Int {
        guard let hours = Int(text), range.contains(hours) else {
            throw BadValue(
                "“\(text)” is no number of whole hours from \(range.lowerBound) to \(range.upperBound), such as -4. For anything finer use \(flag)."
            )
        }
        return hours
    }
}
