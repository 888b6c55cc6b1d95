/// The filter options of a command line in their order, which the argument parser does not tell: it collects each option by itself.
struct FilterWords: Equatable {
    /// An option and its value.
    struct Word: Equatable {
        let option: String
        let value: String
    }

    let words: [Word]

    /// Finds the options among `words`. Nil where that is not what the parser found in them: then a word that looks like one of these options is
    /// another one's value, and guessing could publish what was to stay private.
    init?(_ words: some Collection<String>, excludes: [String], includes: [String], files: [String]) {
        let parsed = ["--exclude": excludes, "--include": includes, "--filter-from": files]
        var found: [Word] = []
        var iterator = words.makeIterator()
        while let word = iterator.next(), word != "--" {
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let option = String(parts[0])
            guard parsed[option] != nil else { continue }
            if parts.count == 2 {
                found.append(Word(option: option, value: String(parts[1])))
            } else if let value = iterator.next() {
                found.append(Word(option: option, value: value))
            }
        }
        for (option, values) in parsed where found.filter({ $0.option == option }).map(\.value) != values { return nil }
        self.words = found
    }
}
