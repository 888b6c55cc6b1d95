import Photo
import Testing
import Vocabulary

/// Photos made at random, seeded: whatever comes in, what goes out is the same photo with two values changed, or the same bytes.
@Suite struct PropertyTests {
    @Test(arguments: 0..<12) func nothingElseChanges(_ batch: UInt64) throws {
        var numbers = SeededNumbers(seed: 0x5EED + batch)
        for round in 0..<60 {
            let block = BlockBuilder.random(&numbers)
            var photo = PhotoBuilder(block)
            if numbers.chance(20) { photo.trailer = numbers.bytes(200) }
            if numbers.chance(10) { photo.segments.insert(PhotoBuilder.xmp("<x exif:DateTimeOriginal='2001-01-01'/>"), at: 1) }
            let before = photo.bytes()
            let zone = numbers.chance(50) ? "-05:00" : "keep"
            let done = try Rewritten(before, time: newTime, zone: zone)
            let note: Comment = "batch \(batch) round \(round)"
            guard done.rewrite.refusal == nil else {
                #expect(done.bytes == before, note)
                continue
            }
            let offset = zone == "keep" || done.rewrite.isPartial ? nil : zone
            try expectOnlyTimeChanged(before, done.bytes, time: newTime, offset: offset, note)
            try expectLibexifAgrees(before, done.bytes, offset: offset, note)
            #expect(try Rewritten(done.bytes, time: newTime, zone: zone).bytes == done.bytes, note)
            expectOnlyKnownBytesDiffer(before, done, note)
        }
    }

    /// Beside pointers, lengths and the values themselves, the old block is a prefix of the new one.
    private func expectOnlyKnownBytesDiffer(_ before: [UInt8], _ done: Rewritten, _ note: Comment) {
        guard let old = PlainReader.block(of: before), let new = PlainReader.block(of: done.bytes) else { return }
        let differing = zip(old, new).reduce(0) { $0 + ($1.0 == $1.1 ? 0 : 1) }
        switch done.rewrite.method {
        case .inPlace: #expect(differing <= 19 + 6 + 64 && old.count == new.count, note)
        case .appended: #expect(differing <= 19 + 64 + 4 * 3, note)
        default: break
        }
    }

    /// The new values are there for libexif, and every entry that it saw before.
    private func expectLibexifAgrees(_ before: [UInt8], _ after: [UInt8], offset: String?, _ note: Comment) throws {
        guard let old = PlainReader.block(of: before), let oldEntries = SecondReader(tiff: old)?.entries else { return }
        let new = try #require(PlainReader.block(of: after).flatMap { SecondReader(tiff: $0) }, note)
        func isOurs(_ entry: SecondReader.Entry) -> Bool {
            entry.directory == 2
                && (entry.tag == 0x9003 || (offset != nil && entry.tag == 0x9011)
                    || (entry.tag == 0x9000 && !oldEntries.contains { $0.directory == 2 }))
        }
        let time = new.entries.filter { $0.directory == 2 && $0.tag == 0x9003 }
        #expect(time.map { Array($0.bytes.prefix(20)) } == [Array(newTime.utf8) + [0]], note)
        #expect(new.entries.filter { !isOurs($0) } == oldEntries.filter { !isOurs($0) }, note)
    }

    /// Photos with bytes changed at random: no crash, and never another segment or image than before.
    @Test(arguments: 0..<10) func mutationsDoNoHarm(_ batch: UInt64) throws {
        var numbers = SeededNumbers(seed: 0xF00D + batch)
        for _ in 0..<80 {
            var block = BlockBuilder.random(&numbers)
            if block.exif == nil { block.exif = [] }
            var photo = PhotoBuilder(block)
            photo.trailer = numbers.chance(20) ? numbers.bytes(30) : []
            var bytes = photo.bytes()
            let head = bytes.count - 500
            for _ in 0..<Int.random(in: 1...6, using: &numbers) {
                bytes[Int.random(in: 20..<head, using: &numbers)] =
                    numbers.chance(50) ? [0, 1, 2, 4, 0x7F, 0x80, 0xFF].randomElement(using: &numbers) ?? 0 : numbers.bytes(1)[0]
            }
            let done = try Rewritten(bytes, time: newTime, zone: "-05:00")
            guard done.rewrite.refusal == nil else {
                #expect(done.bytes == bytes)
                continue
            }
            // The values can be read back by our own reader at least, and the second run is quiet.
            let facts = try PhotoRewriter.facts(MemoryBytes(done.bytes))
            #expect(facts.captureTime?.description == newTime)
            #expect(try Rewritten(done.bytes, time: newTime, zone: "-05:00").bytes == done.bytes)
            let scan = 500 + photo.trailer.count
            #expect(done.bytes.suffix(scan) == bytes.suffix(scan))
        }
    }
}
