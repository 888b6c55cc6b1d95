/// A number of bytes as people write it: `500`, `10K`, `1.5M`, `2GiB`, `1MB`.
public struct ByteSize: Sendable, Hashable, CustomStringConvertible {
    /// The number of bytes.
    public let bytes: Int64

    /// Creates a size.
    public init(bytes: Int64) { self.bytes = bytes }

    /// Parses a size; nil for anything else. As in rsync(1), `K`, `M`, `G`, `T` and `KiB` … are powers of 1024, `KB` … powers of 1000, in any
    /// case of letters; without a unit it is a number of `unit` bytes.
    public init?(_ text: String, unit standard: Int = 1) {
        let digits = text.utf8.prefix { 48...57 ~= $0 || $0 == UInt8(ascii: ".") }
        guard let first = digits.first, first != UInt8(ascii: "."), digits.last != UInt8(ascii: "."), digits.count <= 18,
            let number = Double(String(digits) ?? "")
        else { return nil }
        let unit = (String(text.utf8.dropFirst(digits.count)) ?? "").uppercased()
        let factor: Double
        switch unit {
        case "": factor = Double(standard)
        case "B": factor = 1
        default:
            guard let letter = unit.first, let power = ["K", "M", "G", "T", "P"].firstIndex(of: String(letter)) else { return nil }
            let base: Double
            switch unit.dropFirst() {
            case "", "IB": base = 1024
            case "B": base = 1000
            default: return nil
            }
            factor = (0...power).reduce(1) { product, _ in product * base }
        }
        let value = (number * factor).rounded(.down)
        guard value <= 9e18 else { return nil }
        bytes = Int64(value)
    }

    /// The number of bytes.
    public var description: String { "\(bytes)" }
}

/// Which files are too small or too large to be deployed. Their objects are protected from deletion: the files do exist.
public struct SizeLimits: Sendable, Hashable {
    /// `--min-size`: the fewest bytes.
    public var minimum: ByteSize?
    /// `--max-size`: the most bytes.
    public var maximum: ByteSize?

    /// Creates limits; none by default.
    public init(minimum: ByteSize? = nil, maximum: ByteSize? = nil) {
        self.minimum = minimum
        self.maximum = maximum
    }

    /// The option that leaves a file of this size out, nil where none does.
    public func option(excluding size: Int64) -> String? {
        if let minimum, size < minimum.bytes { return "--min-size" }
        if let maximum, size > maximum.bytes { return "--max-size" }
        return nil
    }
}
