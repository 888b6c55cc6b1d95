/// A date and a time of day to the microsecond, as a layout writes it: digits of one clock face, without a zone.
public struct LayoutTime: Sendable, Hashable {
    /// The year, 1 to 9999.
    public let year: Int
    /// The month, from 1.
    public let month: Int
    /// The day of the month, from 1.
    public let day: Int
    /// The hour, 0 to 23.
    public let hour: Int
    /// The minute.
    public let minute: Int
    /// The second.
    public let second: Int
    /// The microsecond, 0 to 999,999.
    public let microsecond: Int

    /// Creates a time from its digits, which are taken as they are.
    public init(year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int, microsecond: Int = 0) {
        self.year = year
        self.month = month
        self.day = day
        self.hour = hour
        self.minute = minute
        self.second = second
        self.microsecond = microsecond
    }

    /// The time in UTC of so many microseconds since 1970.
    public init(microseconds: Int64) {
        let days = microseconds.flooredDivision(by: 86_400_000_000)
        let rest = Int(microseconds - days * 86_400_000_000)
        // Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days: eras of 400 years, March first.
        let z = days + 719_468
        let era = z.flooredDivision(by: 146_097)
        let dayOfEra = z - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let march = (5 * dayOfYear + 2) / 153
        let month = march < 10 ? march + 3 : march - 9
        let second = rest / 1_000_000
        self.init(
            year: Int(yearOfEra + era * 400 + (month <= 2 ? 1 : 0)), month: Int(month), day: Int(dayOfYear - (153 * march + 2) / 5 + 1),
            hour: second / 3600, minute: second / 60 % 60, second: second % 60, microsecond: rest % 1_000_000)
    }
}

extension Int64 {
    fileprivate func flooredDivision(by divisor: Int64) -> Int64 {
        self >= 0 ? self / divisor : -((divisor - 1 - self) / divisor)
    }
}

/// How a layout writes a time: `yyyy`, `yy`, `MM`, `dd`, `HH`, `mm`, `ss`, `SSS`, `SSSSSS`, and whatever is no letter (after Unicode Technical
/// Standard #35, "Date Format Patterns"); or `unix`, the seconds since 1970.
struct TimePattern: Sendable, Hashable {
    enum Piece: Sendable, Hashable {
        case year, shortYear, month, day, hour, minute, second, millisecond, microsecond
        case text(String)

        /// How many digits it has; nil for text.
        var width: Int? {
            switch self {
            case .year: 4
            case .shortYear, .month, .day, .hour, .minute, .second: 2
            case .millisecond: 3
            case .microsecond: 6
            case .text: nil
            }
        }

        /// The values that its digits may have.
        var range: ClosedRange<Int> {
            switch self {
            case .year: 1...9999
            case .shortYear: 0...99
            case .month: 1...12
            case .day: 1...31
            case .hour: 0...23
            case .minute, .second: 0...59
            case .millisecond: 0...999
            case .microsecond: 0...999_999
            case .text: 0...0
            }
        }
    }

    let pieces: [Piece]

    private static let letters: [(String, Piece)] = [
        ("yyyy", .year), ("yy", .shortYear), ("MM", .month), ("dd", .day), ("HH", .hour), ("mm", .minute), ("ss", .second),
        ("SSSSSS", .microsecond), ("SSS", .millisecond),
    ]

    /// Nil where the text holds letters that stand for nothing, or no part of a time at all.
    init?(_ text: String) {
        var pieces: [Piece] = []
        var rest = text[...]
        while let first = rest.first {
            if first.isLetter {
                guard let (letters, piece) = Self.letters.first(where: { rest.hasPrefix($0.0) }) else { return nil }
                pieces.append(piece)
                rest = rest.dropFirst(letters.count)
            } else {
                let plain = rest.prefix { !$0.isLetter }
                pieces.append(.text(String(plain)))
                rest = rest.dropFirst(plain.count)
            }
        }
        guard pieces.contains(where: { $0.width != nil }) else { return nil }
        self.pieces = pieces
    }

    /// True where it asks for more than whole seconds.
    var asksForFractions: Bool { pieces.contains(.millisecond) || pieces.contains(.microsecond) }

    func text(of time: LayoutTime) -> String {
        pieces.map { piece in
            switch piece {
            case .year: Self.digits(time.year, 4)
            case .shortYear: Self.digits(time.year % 100, 2)
            case .month: Self.digits(time.month, 2)
            case .day: Self.digits(time.day, 2)
            case .hour: Self.digits(time.hour, 2)
            case .minute: Self.digits(time.minute, 2)
            case .second: Self.digits(time.second, 2)
            case .millisecond: Self.digits(time.microsecond / 1000, 3)
            case .microsecond: Self.digits(time.microsecond, 6)
            case .text(let text): text
            }
        }.joined()
    }

    /// The end of what stands at `start` of `bytes` and may be such a time; nil where none does.
    func end(in bytes: ArraySlice<UInt8>, from start: Int) -> Int? {
        var at = start
        for piece in pieces {
            if case .text(let text) = piece {
                guard bytes[at...].starts(with: text.utf8) else { return nil }
                at += text.utf8.count
                continue
            }
            guard let width = piece.width, bytes.endIndex - at >= width else { return nil }
            var value = 0
            for byte in bytes[at..<at + width] {
                guard 48...57 ~= byte else { return nil }
                value = value * 10 + Int(byte - 48)
            }
            guard piece.range.contains(value) else { return nil }
            at += width
        }
        return at
    }

    /// A number with zeros in front, at least `width` digits.
    static func digits(_ value: Int, _ width: Int) -> String {
        let text = String(value)
        return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
    }
}
