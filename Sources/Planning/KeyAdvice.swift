public import Vocabulary

/// What Amazon advises against in keys (Amazon S3 User Guide, "Naming Amazon S3 objects": characters to avoid).
///
/// Such a key can be deployed and read; links to it break where somebody forgets to encode it, and some tools and networks do not take it. Letters
/// beyond ASCII are not among them: browsers encode them alike everywhere.
public enum KeyAdvice {
    private static let avoided: [Bool] = {
        var table = [Bool](repeating: false, count: 256)
        for byte in 0..<32 { table[byte] = true }
        table[127] = true
        for byte in #"\{}^%`[]"<>~#|"#.utf8 { table[Int(byte)] = true }
        return table
    }()

    /// True where a key holds a character to avoid.
    public static func advisesAgainst(_ key: Key) -> Bool { key.bytes.contains { avoided[Int($0)] } }
}
