import Planning
import Testing
import Vocabulary

@Suite struct KeyAdviceTests {
    /// Amazon S3 User Guide, "Naming Amazon S3 objects": characters to avoid; the safe ones and those that want encoding are not.
    @Test func everyAsciiCharacter() {
        let avoided = Set(#"\{}^%`[]"<>~#|"#.utf8)
        for byte in UInt8(0)...127 {
            let key = Key("a\(Character(UnicodeScalar(byte)))b")
            #expect(KeyAdvice.advisesAgainst(key) == (byte < 32 || byte == 127 || avoided.contains(byte)), "\(byte)")
        }
        #expect(!KeyAdvice.advisesAgainst(Key("photos/Bröllop 2024 – 日本.jpg")))
    }
}
