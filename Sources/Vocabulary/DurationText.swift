extension Duration {
    /// Reads a length of time as people write it: numbers with a unit each, `ms`, `s`, `m`, `h` or `d`, the greater units first, such as `60s`,
    /// `10m` or `1h30m`. Nil for anything else, and for more than ten thousand days.
    public init?(text: String) {
        var rest = text.utf8[...]
        var total: Int64 = 0
        var last = Int64.max
        while !rest.isEmpty {
            let digits = rest.prefix { (48...57).contains($0) }
            rest = rest.dropFirst(digits.count)
            let letters = rest.prefix { (97...122).contains($0) }
            rest = rest.dropFirst(letters.count)
            guard (1...12).contains(digits.count), let number = Int64(Substring(digits)),
                let unit = Self.units.first(where: { $0.name.utf8.elementsEqual(letters) }), unit.milliseconds < last
            else { return nil }
            last = unit.milliseconds
            let (product, overflow) = number.multipliedReportingOverflow(by: unit.milliseconds)
            guard !overflow, product <= Self.most - total else { return nil }
            total += product
        }
        guard last != .max else { return nil }
        self = .milliseconds(total)
    }

    /// The length of time as it is read, in the fewest units; parts below a millisecond are left out.
    public var text: String {
        var rest = components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
        if rest <= 0 { return "0s" }
        var text = ""
        for unit in Self.units where rest >= unit.milliseconds {
            text += "\(rest / unit.milliseconds)\(unit.name)"
            rest %= unit.milliseconds
        }
        return text
    }

    private static let units: [(name: String, milliseconds: Int64)] = [
        ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1),
    ]
    private static let most: Int64 = 10_000 * 86_400_000
}
