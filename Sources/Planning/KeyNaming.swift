/// How a file's path below the source becomes its key below the prefix.
public struct KeyNaming: Sendable, Hashable {
    /// How a character is written that Unicode can write in several ways (Unicode Standard Annex #15).
    public enum Spelling: String, Sendable, Hashable, CaseIterable {
        /// As the file's name writes it.
        case keep
        /// With as few characters as can be, as browsers and people type it; macOS writes the longer way.
        case nfc
    }

    /// In which case letters are written.
    public enum LetterCase: String, Sendable, Hashable, CaseIterable {
        /// As the file's name writes them.
        case keep
        /// All in lower case.
        case lower
    }

    /// How characters are written.
    public var spelling: Spelling
    /// How letters are written.
    public var letterCase: LetterCase

    /// Keys are the files' paths, unless more is said.
    public init(spelling: Spelling = .keep, letterCase: LetterCase = .keep) {
        self.spelling = spelling
        self.letterCase = letterCase
    }

    /// True where keys are the files' paths.
    public var isIdentity: Bool { spelling == .keep && letterCase == .keep }
}
