import Planning
import Testing
import Vocabulary

@Suite struct UploadRuleTests {
    @Test(arguments: [
        ("image/jpeg", "image/jpeg", true), ("image/*", "image/webp", true), ("image/*", "text/html; charset=utf-8", false),
        ("text/html", "text/html; charset=utf-8", true), ("IMAGE/PNG", "image/png", true), ("image/png", "image/pngx", false),
        ("image/svg+xml", "image/svg+xml", true),
    ]) func typesMatch(row: (pattern: String, type: String, matches: Bool)) throws {
        #expect(try #require(MediaTypePattern(row.pattern)).matches(row.type) == row.matches)
    }

    @Test(arguments: ["image", "*/*", "image/", "/png", "image/j*", "a/b/c", "image/jp eg", ""]) func noType(text: String) {
        #expect(MediaTypePattern(text) == nil)
    }

    /// Bytes decide; of what is text, the name says which.
    @Test(
        arguments: [
            ("a.jpg", [0xFF, 0xD8, 0xFF, 0xE0], ["image/jpeg"], nil), ("a.png", [0xFF, 0xD8, 0xFF, 0xE0], ["image/png"], "image/jpeg"),
            ("a.jpg", Array("<html>".utf8), ["image/*"], "text/html; charset=utf-8"),
            ("a.json", Array("{}".utf8), ["application/json"], nil),
            ("a.css", Array("a{}".utf8), ["text/css"], nil), ("a.jpg", Array("hello".utf8), ["image/*"], "text/plain; charset=utf-8"),
            ("a.wasm", Array("hello".utf8), ["application/wasm"], "text/plain; charset=utf-8"),
            ("a.svg", Array("<svg xmlns=''/>".utf8), ["image/svg+xml"], nil), ("a.bin", [0, 1, 2], [], nil),
            ("a.exe", [0x4D, 0x5A, 0], ["image/*", "text/*"], "application/octet-stream"),
        ] as [(String, [UInt8], [String], String?)]) func forbidsTypes(
            row: (name: String, head: [UInt8], allowed: [String], forbidden: String?)
        )
    {
        let rules = UploadRules(allowedTypes: row.allowed.compactMap { MediaTypePattern($0) })
        #expect(rules.forbiddenType(row.head, name: Key(row.name)) == row.forbidden)
    }
}
