internal import Vocabulary

/// Text for a page of HTML (HTML Living Standard §13.1).
enum HTML {
    /// `text` as content, or as an attribute's value in double quotes. Control, bidirectional and invisible characters are made visible first: names come
    /// from cameras and strangers.
    static func text(_ text: String) -> String {
        var result = ""
        result.reserveCapacity(text.utf8.count)
        for scalar in text.escapedForTerminal.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// Several lines, each escaped.
    static func lines(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { Self.text(String($0)) }.joined(separator: "<br>")
    }

    /// A name on its own, so that one written from right to left does not turn what stands beside it.
    static func name(_ text: String) -> String { "<bdi>\(Self.text(text))</bdi>" }

    /// `1 234 567`, with narrow no-break spaces.
    static func grouped(_ number: some BinaryInteger) -> String {
        var digits = Array("\(number)").map(String.init)
        var at = digits.count - 3
        while at > 0 {
            digits.insert("\u{202F}", at: at)
            at -= 3
        }
        return digits.joined()
    }
}
