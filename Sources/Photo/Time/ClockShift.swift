/// How far a camera's clock is moved, in whole seconds; added to the capture time: a camera four hours fast needs -4h.
public struct ClockShift: Sendable, Hashable, CustomStringConvertible {
    /// Seconds to add; negative for a clock that was fast.
    public let seconds: Int64

    /// Creates a shift.
    public init(seconds: Int64) { self.seconds = seconds }

    /// No shift.
    public static let zero = ClockShift(seconds: 0)

    /// The shift that turns `wrong` into `right`: what `exif shift` prints.
    public init(from wrong: CaptureTime, to right: CaptureTime) { seconds = right.seconds - wrong.seconds }

    /// Parses `0`, units (`-4h`, `1d2h`, `-90m`, `+45s`; days, hours, minutes, seconds in this order, each at most
    /// once) or a clock form (`+00:00:30`, `-04:00`); one sign for the whole, none means plus.
    public init(parsing text: some StringProtocol) throws(TimeSyntaxError) {
        var rest = Array(text.utf8)[...]
        var negative = false
        if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
            negative = sign == UInt8(ascii: "-")
            rest = rest.dropFirst()
        }
        let magnitude: Int64?
        if rest.elementsEqual([UInt8(ascii: "0")]) {
            magnitude = 0
        } else if rest.contains(UInt8(ascii: ":")) {
            magnitude = Self.clock(rest)
        } else {
            magnitude = Self.units(rest)
        }
        guard let magnitude else { throw TimeSyntaxError(kind: .clockShift, text: String(text)) }
        guard magnitude <= CaptureTime.latest - CaptureTime.earliest else {
            throw TimeSyntaxError(kind: .clockShiftTooLarge, text: String(text))
        }
        seconds = negative ? -magnitude : magnitude
    }

    /// The canonical form, which parses back to the same shift: "0", "-4h", "+1d2h30m".
    public var description: String {
        guard seconds != 0 else { return "0" }
        var rest = seconds.magnitude
        var text = seconds < 0 ? "-" : "+"
        for (unit, letter) in Self.unitSeconds where rest >= unit {
            text += "\(rest / unit)\(letter)"
            rest %= unit
        }
        return text
    }

    private static let unitSeconds: [(UInt64, Character)] = [(86_400, "d"), (3600, "h"), (60, "m"), (1, "s")]

    /// HH:MM or HH:MM:SS, minutes and seconds below 60.
    private static func clock(_ text: ArraySlice<UInt8>) -> Int64? {
        let fields = text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard fields.count == 2 || fields.count == 3, fields.dropFirst().allSatisfy({ $0.count == 2 }), 1...3 ~= fields[0].count
        else { return nil }
        let numbers = fields.compactMap(digits)
        guard numbers.count == fields.count, numbers.dropFirst().allSatisfy({ $0 < 60 }) else { return nil }
        return numbers[0] * 3600 + numbers[1] * 60 + (numbers.count == 3 ? numbers[2] : 0)
    }

    private static func units(_ text: ArraySlice<UInt8>) -> Int64? {
        var rest = text
        var total: Int64 = 0
        var seen = false
        for (unit, letter) in unitSeconds {
            guard let end = rest.firstIndex(where: { !(48...57 ~= $0) }), let scalar = letter.asciiValue, rest[end] == scalar else {
                continue
            }
            guard let n = digits(rest[..<end]) else { return nil }
            let (product, overflow) = n.multipliedReportingOverflow(by: Int64(unit))
            let (sum, carry) = total.addingReportingOverflow(product)
            guard !overflow, !carry else { return .max }
            total = sum
            seen = true
            rest = rest[(end + 1)...]
        }
        return seen && rest.isEmpty ? total : nil
    }

    /// 1 to 12 decimal digits.
    private static func digits(_ text: ArraySlice<UInt8>) -> Int64? {
        guard 1...12 ~= text.count else { return nil }
        var value: Int64 = 0
        for c in text {
            guard 48...57 ~= c else { return nil }
            value = value * 10 + Int64(c - 48)
        }
        return value
    }
}
