/// How many requests may be in flight at once.
public enum JobLimit: Sendable, Hashable, CustomStringConvertible, ExpressibleByIntegerLiteral {
    /// As many as make the deploy faster, and fewer where the server asks for that.
    case automatic
    /// So many at most.
    case fixed(Int)

    /// The numbers that may be asked for.
    public static let range = 1...256

    /// Parses `auto` or a number from 1 to 256; nil for anything else.
    public init?(_ text: String) {
        if text == "auto" {
            self = .automatic
        } else {
            guard !text.isEmpty, text.utf8.allSatisfy({ 48...57 ~= $0 }), let number = Int(text), Self.range.contains(number) else {
                return nil
            }
            self = .fixed(number)
        }
    }

    /// So many at most.
    public init(integerLiteral number: Int) { self = .fixed(number) }

    /// The most that there can ever be.
    public var ceiling: Int {
        switch self {
        case .automatic: Self.range.upperBound
        case .fixed(let number): number
        }
    }

    /// `auto` or the number.
    public var description: String {
        switch self {
        case .automatic: "auto"
        case .fixed(let number): "\(number)"
        }
    }
}
