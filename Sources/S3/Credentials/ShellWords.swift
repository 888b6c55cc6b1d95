/// Splits a command line into words as Python's `shlex.split` does (POSIX mode): white space separates, single quotes keep all, double quotes keep
/// all but `\"` and `\\`, a backslash outside keeps the next character. Nil where a quote is not closed or a backslash ends the text.
func shellWords(_ text: String) -> [String]? {
    var words: [String] = []
    var word: String.UnicodeScalarView?
    var quote: Unicode.Scalar?
    var scalars = text.unicodeScalars.makeIterator()
    while let scalar = scalars.next() {
        switch (quote, scalar) {
        case (nil, " "), (nil, "\t"), (nil, "\r"), (nil, "\n"):
            if let done = word { words.append(String(done)) }
            word = nil
        case (nil, "'"), (nil, "\""):
            quote = scalar
            word = word ?? .init()
        case (nil, "\\"):
            guard let next = scalars.next() else { return nil }
            word = word ?? .init()
            word?.append(next)
        case (.some(let open), _) where scalar == open:
            quote = nil
        case ("\"", "\\"):
            guard let next = scalars.next() else { return nil }
            if next != "\"", next != "\\" { word?.append("\\") }
            word?.append(next)
        default:
            word = word ?? .init()
            word?.append(scalar)
        }
    }
    guard quote == nil else { return nil }
    if let done = word { words.append(String(done)) }
    return words
}
