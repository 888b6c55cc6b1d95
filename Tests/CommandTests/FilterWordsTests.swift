import Testing

@testable import galleria_deploy

@Suite struct FilterWordsTests {
    private static func words(_ text: String) -> [String] { text.split(separator: " ").map(String.init) }

    @Test(
        arguments: [
            ("g s3://b", [], [], [], ""),
            ("g --exclude a --include b --exclude c", ["a", "c"], ["b"], [], "--exclude a --include b --exclude c"),
            ("--include=b --exclude=a=b g", ["a=b"], ["b"], [], "--include b --exclude a=b"),
            ("--exclude -x --filter-from f --include=", ["-x"], [""], ["f"], "--exclude -x --filter-from f --include "),
            ("--exclude --include --exclude b", ["--include", "b"], [], [], "--exclude --include --exclude b"),
            ("--exclude a -- --exclude b", ["a"], [], [], "--exclude a"),
        ] as [(String, [String], [String], [String], String)])
    func keepsTheirOrder(line: String, excludes: [String], includes: [String], files: [String], expected: String) {
        let found = FilterWords(Self.words(line), excludes: excludes, includes: includes, files: files)
        #expect(found?.words.map { "\($0.option) \($0.value)" }.joined(separator: " ") == expected)
    }

    /// A word that looks like an option here was another one's value to the parser: no rule may be made of it.
    @Test(
        arguments: [("--state --exclude a", []), ("--exclude a", []), ("--exclude a", ["b"]), ("--exclude a", ["a", "a"])]
            as [(String, [String])])
    func refusesToGuess(line: String, excludes: [String]) {
        #expect(FilterWords(Self.words(line), excludes: excludes, includes: [], files: []) == nil)
    }
}
