/// A small tree with `.gitignore` files, whose names and patterns are of few letters, so that they meet often. They are ASCII, because `?` is a
/// byte to git and a character here.
struct RandomTree: CustomStringConvertible {
    var files: [String] = []
    var folders: [String] = []
    /// By folder, "" for the root.
    var ignoreFiles: [String: String] = [:]
    /// What `.git/info/exclude` says.
    var settings = ""

    private static let names = ["a", "b", "ab", "foo", "bar", "a.txt", "b.txt", "foo.txt", "x y", "#a", "!a", "a-b", ".a"]
    private static let wildcards = ["*", "*.txt", "?", "a*", "*b", "f?o", "[ab]", "[!a]*", "[a-f]oo", "**", "*o*", "a**b", "\\a", "*.*"]

    init(_ random: inout some RandomNumberGenerator) {
        grow("", 3, &random)
        for folder in [""] + folders where Int.random(in: 0..<3, using: &random) == 0 || folder.isEmpty {
            ignoreFiles[folder] = Self.text(Int.random(in: 1...6, using: &random), &random)
        }
        if Bool.random(using: &random) { settings = Self.text(3, &random) }
    }

    /// Every folder and file in the byte order of keys.
    var entries: [(path: String, isFolder: Bool)] {
        (folders.map { ($0, true) } + files.map { ($0, false) }).sorted {
            Array($0.0.utf8).lexicographicallyPrecedes(Array($1.0.utf8))
        }
    }

    var description: String { "settings:\n\(settings)" + ignoreFiles.map { "\($0.key)/.gitignore:\n\($0.value)" }.joined() }

    private mutating func grow(_ prefix: String, _ depth: Int, _ random: inout some RandomNumberGenerator) {
        for name in Self.names.shuffled(using: &random).prefix(Int.random(in: 2...6, using: &random)) {
            if depth > 0, Bool.random(using: &random) {
                folders.append(prefix + name)
                grow(prefix + name + "/", depth - 1, &random)
                // A folder needs a file to exist.
                files.append(prefix + name + "/zz")
            } else {
                files.append(prefix + name)
            }
        }
    }

    private static func text(_ count: Int, _ random: inout some RandomNumberGenerator) -> String {
        (0..<count).map { _ in line(&random) }.joined(separator: "\n") + (Bool.random(using: &random) ? "\n" : "\r\n")
    }

    private static func line(_ random: inout some RandomNumberGenerator) -> String {
        if Int.random(in: 0..<12, using: &random) == 0 { return ["", "# a", "#a", "   "].randomElement(using: &random) ?? "" }
        let parts = (0..<Int.random(in: 1...3, using: &random)).map { _ in
            let names = Bool.random(using: &random) ? names : wildcards
            let name = names.randomElement(using: &random) ?? "a"
            return name.hasPrefix("!") || name.hasPrefix("#") ? "\\" + name : name
        }
        func sometimes(_ text: String, _ odds: Int) -> String { Int.random(in: 0..<odds, using: &random) == 0 ? text : "" }
        return sometimes("!", 4) + sometimes("/", 4) + parts.joined(separator: "/") + sometimes("/", 4) + sometimes("  ", 8)
    }
}

/// SplitMix64 (Steele, Lea, Flood 2014): the same numbers for the same seed on every machine.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
