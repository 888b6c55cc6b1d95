/// A colour of sRGB, 8 bits each.
public struct RGBColour: Sendable, Hashable, CustomStringConvertible {
    /// Red, 0 to 255.
    public let red: UInt8
    /// Green, 0 to 255.
    public let green: UInt8
    /// Blue, 0 to 255.
    public let blue: UInt8

    /// White, over which alpha is laid where nothing else is asked for.
    public static let white = RGBColour(red: 255, green: 255, blue: 255)

    /// Creates a colour.
    public init(red: UInt8, green: UInt8, blue: UInt8) {
        self.red = red
        self.green = green
        self.blue = blue
    }

    /// Reads `#rrggbb`, `#rgb` (CSS Color 4 §5.2), the same without `#`, `white` or `black`; nil where it is something else.
    public init?(_ text: some StringProtocol) {
        switch text.lowercased() {
        case "white": self = .white
        case "black": self.init(red: 0, green: 0, blue: 0)
        default:
            let digits = (text.first == "#" ? Array(text.dropFirst()) : Array(text)).map { $0.isASCII ? $0.hexDigitValue : nil }
            let values = digits.compactMap { $0.map(UInt8.init) }
            guard values.count == digits.count else { return nil }
            switch values.count {
            case 3: self.init(red: values[0] * 17, green: values[1] * 17, blue: values[2] * 17)
            case 6: self.init(red: values[0] * 16 + values[1], green: values[2] * 16 + values[3], blue: values[4] * 16 + values[5])
            default: return nil
            }
        }
    }

    /// `#rrggbb`.
    public var description: String {
        "#"
            + [red, green, blue].map { value in
                let digits = String(value, radix: 16)
                return digits.count < 2 ? "0" + digits : digits
            }.joined()
    }
}
