import Digest
import Testing
import Vocabulary

@Suite struct HMACSHA256Tests {
    /// RFC 4231 §4.2–4.8, without §4.6 (truncation): key, data and HMAC-SHA-256 in hexadecimal, or as text.
    static let vectors: [(key: [UInt8], data: [UInt8], code: String)] = [
        (bytes(0x0b, 20), text("Hi There"), "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
        (text("Jefe"), text("what do ya want for nothing?"), "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
        (bytes(0xaa, 20), bytes(0xdd, 50), "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"),
        ([UInt8](1...25), bytes(0xcd, 50), "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"),
        (
            bytes(0xaa, 131), text("Test Using Larger Than Block-Size Key - Hash Key First"),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        ),
        (
            bytes(0xaa, 131),
            text(
                "This is a test using a larger than block-size key and a larger than block-size data. "
                    + "The key needs to be hashed before being used by the HMAC algorithm."),
            "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"
        ),
    ]

    @Test(arguments: vectors)
    func answersTheVector(_ vector: (key: [UInt8], data: [UInt8], code: String)) {
        #expect(HMACSHA256.authenticate(vector.data, key: vector.key).hex == vector.code)
        let keyed = HMACSHA256(key: vector.key)
        for _ in 0..<2 { #expect(keyed.authenticate(vector.data).hex == vector.code) }
    }

    @Test func oneKeyServesManyTasksAtOnce() async {
        let vector = Self.vectors[1]
        let keyed = HMACSHA256(key: vector.key)
        let codes = await withTaskGroup(of: [String].self) { group in
            for _ in 0..<4 { group.addTask { (0..<500).map { _ in keyed.authenticate(vector.data).hex } } }
            return await group.reduce(into: []) { $0 += $1 }
        }
        #expect(codes == [String](repeating: vector.code, count: 2000))
    }

    private static func bytes(_ byte: UInt8, _ count: Int) -> [UInt8] { [UInt8](repeating: byte, count: count) }
    private static func text(_ text: String) -> [UInt8] { [UInt8](text.utf8) }
}
