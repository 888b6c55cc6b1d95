import Testing
import Vocabulary

@Suite struct KeyTests {
    @Test(arguments: [
        ("a-b", "a/b"), ("a/b", "a0"), ("Z", "a"), ("e\u{301}", "\u{e9}"), ("\u{ffff}", "\u{1f600}"), ("a", "aa"), ("", "a"),
    ])
    func ordersByUTF8Bytes(_ smaller: String, _ greater: String) {
        #expect(Key(smaller) < Key(greater))
        #expect(!(Key(greater) < Key(smaller)))
    }

    @Test func normalisationFormsAreDifferentKeys() {
        #expect("\u{e9}" == "e\u{301}")
        #expect(Key("\u{e9}") != Key("e\u{301}"))
        #expect(Set([Key("\u{e9}"), Key("e\u{301}")]).count == 2)
    }

    @Test(arguments: [[0xff], [0xc3], [0xed, 0xa0, 0x80], [0xc0, 0xaf]] as [[UInt8]])
    func refusesInvalidUTF8(_ bytes: [UInt8]) {
        #expect(Key(validating: bytes) == nil)
    }
}
