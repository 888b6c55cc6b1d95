/// Makes any text fit to stand in a key as a part of one name.
enum LayoutText {
    /// What becomes of a value: slashes, backslashes and control characters become hyphens, blanks at the ends go, and dots that would make it
    /// `.` or `..` become hyphens. Empty for a value of blanks.
    static func sanitised(_ value: String) -> String {
        var text = String.UnicodeScalarView()
        for scalar in value.unicodeScalars { text.append(isUnfit(scalar) ? "-" : scalar) }
        let blanks: (Unicode.Scalar) -> Bool = { $0 == " " || $0.properties.isWhitespace }
        while let first = text.first, blanks(first) { text.removeFirst() }
        while let last = text.last, blanks(last) { text.removeLast() }
        if !text.isEmpty, text.allSatisfy({ $0 == "." }) { return String(repeating: "-", count: text.count) }
        return String(text)
    }

    /// The same of a path: each of its names.
    static func sanitised(path: String) -> String {
        path.split(separator: "/").map { sanitised(String($0)) }.filter { !$0.isEmpty }.joined(separator: "/")
    }

    /// True where a value may stand in a key as it is.
    static func isFit(_ value: String) -> Bool { !value.isEmpty && sanitised(value) == value }

    /// True where text between variables leaves a key as it should be. `.` and `..` are judged where no variable completes the name.
    static func isFit(template text: String, names: [String]) -> Bool {
        !text.hasPrefix("/") && !text.hasSuffix("/") && !names.contains { $0 == "." || $0 == ".." || $0.isEmpty }
            && !text.unicodeScalars.contains { isControl($0) }
    }

    private static func isUnfit(_ scalar: Unicode.Scalar) -> Bool { scalar == "/" || scalar == "\\" || isControl(scalar) }

    /// Control characters, and those that turn the direction of writing: a key shown with them would read as another one.
    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory == .control || (0x202A...0x202E).contains(scalar.value)
            || (0x2066...0x2069).contains(scalar.value)
    }
}
