import Testing
import Vocabulary

@Suite struct DigestsTests {
    /// Each byte's two digits at every place of a digest, beside the way of one byte after another.
    @Test func digitsOfWords() throws {
        for start in UInt8.min...UInt8.max {
            let bytes = (0..<32).map { start &+ UInt8($0) &* 7 }
            let sha256 = try #require(SHA256(bytes: bytes))
            let md5 = try #require(MD5(bytes: bytes.prefix(16)))
            #expect(sha256.hex == hexString(bytes) && md5.hex == hexString(bytes.prefix(16)))
            #expect(sha256.bytes == bytes && md5.bytes == Array(bytes.prefix(16)))
            #expect(SHA256(hex: sha256.hex) == sha256 && MD5(hex: md5.hex) == md5)
            // Bytes in a row, and such as are not.
            #expect(SHA256(bytes: bytes.reversed().reversed()) == sha256 && SHA256(bytes: AnyCollection(bytes)) == sha256)
        }
        #expect(SHA256(bytes: [UInt8](repeating: 0, count: 31)) == nil && SHA256(bytes: [UInt8](repeating: 0, count: 33)) == nil)
    }

    @Test(arguments: [
        (SHA256.empty, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        (SHA256(0, .max, 0x0123_4567_89ab_cdef, 0x9a9a_a9a9_0f0f_f0f0), "0000000000000000ffffffffffffffff0123456789abcdef9a9aa9a90f0ff0f0"),
    ])
    func knownDigits(_ digest: SHA256, _ hex: String) { #expect(digest.hex == hex) }
}
