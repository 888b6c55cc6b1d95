import Photo
import Testing
import Vocabulary

@Suite struct SecondReaderTests {
    @Test(arguments: [false, true]) func readsWhatIsThere(bigEndian: Bool) throws {
        let reader = try #require(SecondReader(tiff: BlockBuilder.camera(bigEndian: bigEndian).bytes()))
        let tags = reader.entries.filter { $0.directory == 2 }.map(\.tag)
        // Nothing added, nothing dropped: FOLLOW_SPECIFICATION is unset.
        #expect(tags == [0x829A, 0x9000, 0x9003, 0x9004, 0x927C, 0x9291, 0xA431])
        #expect(reader.entries.first { $0.tag == 0x9291 }?.bytes == Array("042\0".utf8))
    }

    @Test func findsSerialNumbersInMakerNotes() throws {
        // A Nikon note: signature, a TIFF header of its own, one text.
        var nikon = Array("Nikon\0\u{2}\u{10}\0\0MM\0*".utf8) + [0, 0, 0, 8]
        nikon += [0, 1, 0, 0x1D, 0, 2, 0, 0, 0, 8, 0, 0, 0, 26, 0, 0, 0, 0] + Array("6012345\0".utf8)
        var block = BlockBuilder.camera(bigEndian: true, makerNote: false)
        block.image[0] = BlockBuilder.ascii(0x010F, "NIKON CORPORATION")
        block.exif = [
            BlockBuilder.undefined(0x9000, Array("0230".utf8)), BlockBuilder.ascii(0x9003, "2019:03:21 08:09:10"),
            BlockBuilder.undefined(0x927C, nikon),
        ]
        let photo = PhotoBuilder(block).bytes()
        #expect(try PhotoRewriter.facts(MemoryBytes(photo)).serial == "6012345")
        // A rule that asks for the number makes the rewrite look for it; others do not pay for it.
        let rule = CaptureRule(serial: "6012345", correction: CaptureCorrection(clockShift: ClockShift(seconds: 60)))
        #expect(try Rewritten(photo, PhotoRewriter(rules: CaptureRules([rule]))).rewrite.rule == 0)
        #expect(try Rewritten(photo, PhotoRewriter(rules: CaptureRules())).rewrite.facts.serial == nil)
    }

    @Test func aDoubleReadingAgrees() throws {
        let rewriter = PhotoRewriter(
            rules: CaptureRules(all: CaptureCorrection(clockShift: ClockShift(seconds: 60), zone: .fixed(.utc))), isDoublyRead: true)
        for block in [BlockBuilder.camera(), .camera(bigEndian: true), .camera(offset: "+02:00")] {
            let done = try Rewritten(PhotoBuilder(block).bytes(), rewriter)
            #expect(done.rewrite.refusal == nil)
            #expect(done.rewrite.offsetAfter == .utc)
        }
    }

    @Test(arguments: [[], [1, 2, 3], [UInt8](repeating: 0, count: 70_000)]) func refusesWhatIsNoBlock(bytes: [UInt8]) {
        #expect(SecondReader(tiff: bytes) == nil)
    }
}
