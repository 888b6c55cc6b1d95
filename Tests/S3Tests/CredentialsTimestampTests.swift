import Testing

@testable import S3

@Suite struct CredentialsTimestampTests {
    @Test(
        arguments: [
            ("1970-01-01T00:00:00Z", 0), ("2026-11-21T10:40:21Z", 1_795_257_621), ("2019-05-29T00:21:43.000+00:00", 1_559_089_303),
            ("2019-05-29T02:21:43+02:00", 1_559_089_303), ("2019-05-28T19:21:43.123456-05:00", 1_559_089_303),
            ("2020-06-17T10:02:08UTC", 1_592_388_128),
            ("2026-02-30T00:00:00", nil), ("2026-13-01T00:00:00Z", nil), ("2026-01-01", nil), ("", nil), ("2026-01-01T00:00:00.Z", nil),
            ("2026-01-01T00:00:00+0000", nil), ("2026-01-01T00:00:00Z ", nil), ("+026-01-01T00:00:00Z", nil),
        ] as [(String, Int64?)])
    func reads(_ text: String, _ seconds: Int64?) {
        #expect(Timestamp.unixSeconds(text) == seconds)
    }

    @Test(
        arguments: [
            ("a b  c", ["a", "b", "c"]), (#"a 'b c' "d e""#, ["a", "b c", "d e"]), (#"a\ b"#, ["a b"]), (#""a\"b\\c\d""#, [#"a"b\c\d"#]),
            (#"'a\b'"#, [#"a\b"#]), ("a''b", ["ab"]), ("''", [""]), ("", []), ("'a", nil), (#"a\"#, nil), ("a'b'\"c\"d", ["abcd"]),
            ("  é\t漢  ", ["é", "漢"]),
        ] as [(String, [String]?)])
    func splitsLikeShlex(_ text: String, _ words: [String]?) {
        #expect(shellWords(text) == words)
    }

    @Test(arguments: [
        ("~/x", "/h/x"), ("~", "/h"), ("~u/x", "~u/x"), ("$A/b", "a/b"), ("${A}b", "ab"), ("$B/x", "$B/x"), ("a$", "a$"), ("${A", "${A"),
        ("$", "$"), ("$$A", "$a"), ("x~", "x~"), ("$HOME/x", "/h/x"),
    ])
    func expandsPathsLikeBotocore(_ path: String, _ expanded: String) {
        #expect(expandedPath(path, environment: ["HOME": "/h", "A": "a"]) == expanded)
    }
}
