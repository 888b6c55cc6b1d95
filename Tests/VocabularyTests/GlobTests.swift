import Testing
import Vocabulary

@Suite struct GlobTests {
    struct Case: CustomTestStringConvertible {
        let pattern: String
        let matching: [String]
        let other: [String]
        var testDescription: String { pattern }
    }

    static let table: [Case] = [
        Case(pattern: "*.jpg", matching: ["a.jpg", "x/y/a.jpg", ".jpg", "a.jpg/b"], other: ["a.jpeg", "a.JPG", "jpg"]),
        Case(pattern: "/*.jpg", matching: ["a.jpg"], other: ["x/a.jpg"]),
        Case(pattern: "tokyo", matching: ["tokyo", "tokyo/a", "x/tokyo/a/b"], other: ["tokyo2/a", "xtokyo/a"]),
        Case(pattern: "tokyo/", matching: ["tokyo/a", "x/tokyo/a/b"], other: ["tokyo", "x/tokyo"]),
        Case(pattern: "2024/tokyo", matching: ["2024/tokyo/a", "2024/tokyo"], other: ["x/2024/tokyo/a", "2024/tokyos"]),
        Case(pattern: "2024/*.jpg", matching: ["2024/a.jpg"], other: ["2024/x/a.jpg"]),
        Case(pattern: "2024/**/*.jpg", matching: ["2024/a.jpg", "2024/x/a.jpg", "2024/x/y/a.jpg"], other: ["2025/a.jpg", "2024a.jpg"]),
        Case(pattern: "**/raw/*", matching: ["raw/a", "x/raw/a", "x/y/raw/a"], other: ["xraw/a", "raw"]),
        Case(pattern: "a/**", matching: ["a/b", "a/b/c"], other: ["a", "ab/c", "x/a/b"]),
        Case(pattern: "**", matching: ["a", "a/b"], other: []),
        Case(pattern: "a**b", matching: ["ab", "axxb", "q/axb"], other: ["a/b"]),
        Case(pattern: "IMG_????.jpg", matching: ["IMG_0001.jpg", "IMG_äöü1.jpg"], other: ["IMG_001.jpg", "IMG_0/01.jpg"]),
        Case(pattern: "[a-c]x", matching: ["ax", "cx"], other: ["dx", "[a-c]x", "-x"]),
        Case(pattern: "[!a-c]x", matching: ["dx", "äx"], other: ["ax"]),
        Case(pattern: "[]x]", matching: ["]", "x"], other: ["y"]),
        Case(pattern: "[а-я].jpg", matching: ["ж.jpg"], other: ["z.jpg"]),
        Case(pattern: "{a,b{c,d}}.jpg", matching: ["a.jpg", "bc.jpg", "bd.jpg"], other: ["b.jpg", "c.jpg"]),
        Case(pattern: "{2023,2024}/*.jpg", matching: ["2023/a.jpg", "2024/a.jpg"], other: ["2025/a.jpg", "x/2023/a.jpg"]),
        Case(pattern: "[{]a", matching: ["{a"], other: ["a"]),
        Case(pattern: "\\*.jpg", matching: ["*.jpg"], other: ["a.jpg"]),
        Case(pattern: "\\{a,b}", matching: ["{a,b}"], other: ["a"]),
        Case(pattern: "a\u{308}.jpg", matching: ["a\u{308}.jpg"], other: ["\u{e4}.jpg"]),
        Case(pattern: "b*a*n*a*na", matching: ["banana", "bxaxnxaxna"], other: ["bananan"]),
    ]

    @Test(arguments: table) func matches(_ row: Case) throws {
        let glob = try Glob(row.pattern)
        for path in row.matching { #expect(glob.matches(Array(path.utf8)), "\(row.pattern) should match \(path)") }
        for path in row.other { #expect(!glob.matches(Array(path.utf8)), "\(row.pattern) should not match \(path)") }
    }

    @Test(arguments: [
        ("tokyo", "tokyo", true, true), ("tokyo", "tokyo", false, true), ("tokyo", "tokyo/a", false, false),
        ("tokyo/", "tokyo", true, true),
        ("tokyo/", "tokyo", false, false), ("a/**", "a/b", false, true), ("a/**", "a", true, false), ("*", "a/b", false, true),
        ("/*", "a/b", false, false), ("a/*", "a/b/c", false, false),
    ]) func matchesItself(_ pattern: String, _ path: String, isFolder: Bool, _ expected: Bool) throws {
        #expect(try Glob(pattern).matchesItself(Array(path.utf8)[...], isFolder: isFolder) == expected)
    }

    @Test(arguments: ["", "/", "[a", "{a,b", "a\\"]) func refuses(_ pattern: String) {
        #expect(throws: Glob.SyntaxError.self) { try Glob(pattern) }
    }

    @Test func bracesAreBounded() {
        #expect(throws: Glob.SyntaxError.self) { try Glob(String(repeating: "{a,b}", count: 11)) }
    }

    @Test func manyStarsStayFast() throws {
        let glob = try Glob(String(repeating: "*a", count: 60) + "b")
        let path = [UInt8](repeating: UInt8(ascii: "a"), count: 1000)
        let clock = ContinuousClock()
        let time = clock.measure { #expect(!glob.matches(path)) }
        #expect(time < .seconds(1))
    }
}
