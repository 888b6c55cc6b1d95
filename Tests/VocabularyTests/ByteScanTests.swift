import Testing
import Vocabulary

@Suite struct ByteScanTests {
    /// At every place of texts that are shorter, longer and just as long as a word.
    @Test(arguments: [1, 7, 8, 9, 16, 23], [0x00, 0x09, 0x0a, 0x0d, 0x20, 0x21, 0x23, 0x7e, 0x7f, 0x80, 0xff] as [UInt8])
    func findsAByteWhereverItStands(_ length: Int, _ byte: UInt8) {
        for place in 0..<length {
            var text = [UInt8](repeating: UInt8(ascii: "a"), count: length)
            text[place] = byte
            text.withUnsafeBytes { text in
                #expect(ByteScan.contains(text) { ByteScan.hasByte($0, byte) })
                #expect(ByteScan.contains(text) { ByteScan.hasByte($0, below: 0x21) } == (byte < 0x21))
                #expect(ByteScan.contains(text) { ByteScan.hasHighByte($0) } == (byte >= 0x80))
                for other in 0...UInt8.max where other != byte && other != UInt8(ascii: "a") {
                    #expect(!ByteScan.contains(text) { ByteScan.hasByte($0, other) })
                }
            }
        }
    }

    @Test func nothingIsInNothing() {
        #expect(!ByteScan.contains(UnsafeRawBufferPointer(start: nil, count: 0)) { ~$0 })
    }
}
