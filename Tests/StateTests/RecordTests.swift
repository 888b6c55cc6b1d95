import State
import TestSupport
import Testing
import Vocabulary

@Suite struct RecordTests {
    @Test func recordsComeBackAsTheyWereWritten() throws {
        let folder = try TemporaryFolder("state")
        let reader = try StateReader(Sample.database(2500, in: folder))
        for n in 0..<2500 {
            let key = Sample.key(n)
            #expect(try reader.fingerprint(of: key, passing: neverPassed) == Sample.fingerprint(n))
            #expect(try reader.object(at: key, passing: neverPassed) == Sample.object(n))
        }
        try reader.passRemainingFingerprints(neverPassed)
        try reader.passRemainingObjects(neverPassed)
    }

    @Test func aRecordTakesThePlaceOfTheOneBefore() throws {
        let folder = try TemporaryFolder("state")
        let database = try Sample.database(3, in: folder)
        let writer = StateWriter(database)
        writer.record(.fingerprint(path: Sample.key(1), Sample.fingerprint(77)))
        writer.record(.object(key: Sample.key(1), Sample.object(78)))
        writer.record(.forgetFingerprint(path: Sample.key(2)))
        writer.record(.forgetObject(key: Sample.key(0)))
        #expect(writer.finish().written == 4)
        let reader = try StateReader(database)
        #expect(try reader.fingerprint(of: Sample.key(0), passing: neverPassed) == Sample.fingerprint(0))
        #expect(try reader.fingerprint(of: Sample.key(1), passing: neverPassed) == Sample.fingerprint(77))
        #expect(try reader.fingerprint(of: Sample.key(2), passing: neverPassed) == nil)
        #expect(try reader.object(at: Sample.key(0), passing: neverPassed) == nil)
        #expect(try reader.object(at: Sample.key(1), passing: neverPassed) == Sample.object(78))
        #expect(try reader.object(at: Sample.key(2), passing: neverPassed) == Sample.object(2))
    }

    /// UTF-16 order, locale order and normalisation would each put some of these elsewhere, or take two for one.
    static let oddKeys = [
        "A", "Z/1", "a", "a!b", "a%2Fb", "a+b", "a-b", "a.b", "a/", "a/b", "a/b/c", "a0", "aa", "e\u{301}.jpg", "z", "\u{e9}.jpg",
        "\u{ffff}",
        "\u{1f600}", "\u{1f600}/x",
    ]

    @Test func rowsComeInByteOrder() throws {
        let folder = try TemporaryFolder("state")
        let database = try StateDatabase(at: folder.path("state.sqlite"), of: Sample.place)
        let writer = StateWriter(database)
        for (n, key) in Self.oddKeys.enumerated().reversed() { writer.record(.object(key: Key(key), Sample.object(n))) }
        #expect(writer.finish().failure == nil)
        let reader = try StateReader(database)
        var passed: [Key] = []
        try reader.passRemainingObjects { passed.append($0) }
        #expect(passed == Self.oddKeys.map { Key($0) })
        let again = try StateReader(database)
        for (n, key) in Self.oddKeys.enumerated() {
            #expect(try again.object(at: Key(key), passing: neverPassed) == Sample.object(n), "\(key)")
        }
    }

    @Test func whatLiesBetweenIsPassed() throws {
        let folder = try TemporaryFolder("state")
        let reader = try StateReader(Sample.database(3000, in: folder))
        var passed: [Key] = []
        #expect(try reader.fingerprint(of: Key("album 1000/"), passing: neverPassed) == nil)
        #expect(try reader.fingerprint(of: Sample.key(1500)) { passed.append($0) } == Sample.fingerprint(1500))
        #expect(Set(passed).isSubset(of: Set((0..<3000).map(Sample.key))))
        #expect(passed == passed.sorted())
        let before = passed.count
        #expect(before == (0..<3000).filter { Sample.key($0) < Sample.key(1500) }.count)
        try reader.passRemainingFingerprints { passed.append($0) }
        #expect(passed.count == 2999)
    }

    @Test(arguments: [(0, 0), (1, 0), (999, 0), (1000, 0), (1001, 1), (2000, 1), (2500, 2)]) func cutsEveryThousandKeys(
        _ count: Int, _ cuts: Int
    ) throws {
        let folder = try TemporaryFolder("state")
        let keys = try StateReader(Sample.database(count, in: folder)).objectKeys(every: 1000)
        let sorted = (0..<count).map(Sample.key).sorted()
        #expect(keys == (0..<cuts).map { sorted[$0 * 1000 + 999] })
    }

    @Test func multipartUploadsAreKeptUntilTheyEnd() throws {
        let folder = try TemporaryFolder("state")
        let database = try StateDatabase(at: folder.path("state.sqlite"), of: Sample.place)
        let upload = MultipartUpload(uploadID: "2~x/y", partSize: 16 << 20, began: 7, status: Sample.status(3), recipe: Sample.sha256(9))
        let parts = (1...3).map { MultipartPart(number: $0, size: 16 << 20, sha256: Sample.sha256($0), etag: ETag(Sample.md5($0))) }
        let writer = StateWriter(database)
        for key in ["a", "b"] {
            writer.record(.multipartBegan(key: Key(key), upload))
            for part in parts { writer.record(.multipartPart(key: Key(key), part)) }
        }
        writer.record(.multipartEnded(key: Key("a")))
        #expect(writer.finish().failure == nil)
        let found = try StateReader(database).multipartUploads()
        #expect(found.map(\.key) == [Key("b")])
        #expect(found.first?.upload == upload)
        #expect(found.first?.parts == parts)
    }
}

/// For readers that must not come by a row that was not asked for.
func neverPassed(_ key: Key) { Issue.record("passed \(key)") }
