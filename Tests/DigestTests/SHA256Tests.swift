import Digest
import Testing
import Vocabulary

@Suite struct SHA256Tests {
    /// FIPS 180-4 examples (NIST "SHA256.pdf"): one block, two blocks, and the empty message and one million "a" of NIST's short and long message sets.
    static let vectors: [(String, Int, String)] = [
        ("", 1, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", 1, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1,
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
        ("a", 1_000_000, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"),
    ]

    @Test(arguments: vectors)
    func oneShotAnswersTheVector(_ text: String, _ repeated: Int, _ expected: String) {
        let message = [UInt8](String(repeating: text, count: repeated).utf8)
        #expect(SHA256.digest(of: message).hex == expected)
        #expect(SHA256.digest(of: ([0] + message)[1...]).hex == expected)
    }

    @Test(arguments: vectors, [1, 63, 64, 65, 4096])
    func piecesAnswerTheVector(_ vector: (String, Int, String), _ step: Int) {
        let message = [UInt8](String(repeating: vector.0, count: vector.1).utf8)
        var hasher = SHA256Hasher()
        for start in stride(from: 0, to: message.count, by: step) {
            hasher.update(message[start..<min(start + step, message.count)])
        }
        #expect(hasher.finalize().hex == vector.2)
    }

    @Test func hasherIsReadyAgainAfterFinalize() {
        var hasher = SHA256Hasher()
        hasher.update([1, 2, 3])
        _ = hasher.finalize()
        #expect(hasher.finalize() == .empty)
        hasher.update([UInt8]("abc".utf8))
        #expect(hasher.finalize().hex == Self.vectors[1].2)
    }
}
