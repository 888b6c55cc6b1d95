internal import Vocabulary

/// Words as they are typed into a POSIX shell.
enum ShellText {
    /// The words with those quoted that need it.
    static func command(_ words: some Sequence<String>) -> String { words.map(quoted).joined(separator: " ") }

    private static func quoted(_ word: String) -> String {
        let isPlain =
            !word.isEmpty
            && word.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: true
                case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: ":"), UInt8(ascii: "="),
                    UInt8(ascii: "+"),
                    UInt8(ascii: ","), UInt8(ascii: "@"), UInt8(ascii: "%"):
                    true
                default: byte >= 0x80
                }
            }
        return isPlain ? word.escapedForTerminal : "'" + word.replacing("'", with: "'\\''").escapedForTerminal + "'"
    }
}
