import Glibc
import TestSupport
import Testing
import Vocabulary

@testable import State

@Suite struct DamageTests {
    static let count = 600

    /// Reads everything; what is answered must be exactly what was written, or nothing.
    static func survey(_ path: String) -> (wrong: Int, right: Int, fault: StateError?) {
        var wrong = 0
        var right = 0
        do throws(StateError) {
            let reader = try StateReader(StateDatabase(at: path, of: Sample.place))
            for n in order {
                switch try reader.fingerprint(of: Sample.key(n), passing: { _ in }) {
                case nil: break
                case Sample.fingerprint(n): right += 1
                default: wrong += 1
                }
                switch try reader.object(at: Sample.key(n), passing: { _ in }) {
                case nil: break
                case Sample.object(n): right += 1
                default: wrong += 1
                }
            }
            _ = try reader.objectKeys(every: 100)
            _ = try reader.multipartUploads()
            return (wrong, right, nil)
        } catch {
            return (wrong, right, error)
        }
    }

    static let order = (0..<count).sorted { Sample.key($0) < Sample.key($1) }

    static func original(in folder: TemporaryFolder) throws -> [UInt8] {
        let database = try Sample.database(count, in: folder)
        let bytes = try read(database.path)
        #expect(access(database.path + "-wal", F_OK) != 0)
        return bytes
    }

    static func read(_ path: String) throws -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        defer { close(descriptor) }
        var status = stat()
        fstat(descriptor, &status)
        return [UInt8](unsafeUninitializedCapacity: Int(status.st_size)) { buffer, count in
            count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
        }
    }

    @Test func theOriginalIsWhole() throws {
        let folder = try TemporaryFolder("state")
        _ = try Self.original(in: folder)
        let result = Self.survey(folder.path("state.sqlite"))
        #expect(result.wrong == 0 && result.right == 2 * Self.count && result.fault == nil)
    }

    @Test func flippedBytesOnEveryPageAreLostRowsAtWorst() throws {
        let folder = try TemporaryFolder("state")
        let original = try Self.original(in: folder)
        var random = SplitMix(state: 20_240_615)
        var faults = 0
        for page in 0..<original.count / 4096 {
            for kind in 0..<5 {
                var bytes = original
                switch kind {
                // A bit in the head of the page, where the tree is; a byte anywhere, twice; a stretch of zeros; a page of noise.
                case 0: bytes[page * 4096 + Int(random.next() % 64)] ^= 1 << UInt8(random.next() % 8)
                case 1, 2: bytes[page * 4096 + Int(random.next() % 4096)] ^= UInt8(random.next() % 255) + 1
                case 3:
                    let start = page * 4096 + Int(random.next() % 3072)
                    for i in start..<start + 1024 { bytes[i] = 0 }
                default: for i in page * 4096..<(page + 1) * 4096 { bytes[i] = UInt8(truncatingIfNeeded: random.next()) }
                }
                let path = "flipped-\(page)-\(kind).sqlite"
                try folder.write(bytes, to: path)
                let result = Self.survey(folder.path(path))
                #expect(result.wrong == 0, "page \(page), kind \(kind)")
                if result.fault != nil { faults += 1 }
                unlink(folder.path(path))
            }
        }
        #expect(faults > 0)
    }

    @Test func truncatedAnywhereItIsEmptyOrDamaged() throws {
        let folder = try TemporaryFolder("state")
        let original = try Self.original(in: folder)
        for page in 0..<original.count / 4096 {
            for extra in [0, 1, 100, 2048, 4095] {
                let path = "cut-\(page)-\(extra).sqlite"
                try folder.write(original[..<(page * 4096 + extra)], to: path)
                let result = Self.survey(folder.path(path))
                #expect(result.wrong == 0)
                if page + extra == 0 {
                    #expect(result.fault == nil && result.right == 0)
                } else if let cause = result.fault?.cause {
                    guard case .damaged = cause else {
                        Issue.record("page \(page) + \(extra): \(cause)")
                        return
                    }
                }
                unlink(folder.path(path))
            }
        }
    }

    /// A flipped bit in a value is not SQLite's business to notice; the row's seal does.
    @Test(arguments: [
        "UPDATE fingerprints SET sha256 = zeroblob(32)", "UPDATE fingerprints SET size = size + 1", "UPDATE fingerprints SET modified = 0",
        "UPDATE fingerprints SET inode = 7", "UPDATE fingerprints SET recipe = NULL WHERE recipe IS NOT NULL",
        "UPDATE fingerprints SET recipe = 99",
        "UPDATE fingerprints SET recipe = 1 + recipe % 7", "UPDATE fingerprints SET sha256 = x'00'",
        "UPDATE fingerprints SET sha256 = 'text'",
        "UPDATE fingerprints SET path = path || x'00'", "UPDATE words SET value = zeroblob(length(value) + id)",
        "UPDATE words SET id = 1000 - id",
        "UPDATE fingerprints SET deployed_size = 1", "UPDATE fingerprints SET md5 = x'00112233445566778899aabbccddeeff'",
        "UPDATE fingerprints SET source_sha256 = sha256", "UPDATE fingerprints SET refused = 1 - ifnull(refused, 0)",
        "UPDATE fingerprints SET seal = NULL", "DELETE FROM words",
    ])
    func aValueThatDoesNotFitItsSealIsALostRow(_ sql: String) throws {
        let folder = try TemporaryFolder("state")
        let database = try Sample.database(40, in: folder)
        do {
            let connection = try database.connect()
            try connection.execute(sql)
        }
        let reader = try StateReader(database)
        var kept = 0
        for n in 0..<40 {
            guard let record = try reader.fingerprint(of: Sample.key(n), passing: { _ in }) else { continue }
            #expect(record == Sample.fingerprint(n))
            kept += 1
        }
        #expect(kept < 40)
    }

    @Test(arguments: [
        "UPDATE objects SET etag = x'00112233445566778899aabbccddeeff'", "UPDATE objects SET etag = 1.5 WHERE etag IS NOT NULL",
        "UPDATE objects SET size = -1",
        "UPDATE objects SET last_modified = '2024'", "UPDATE objects SET sha256 = zeroblob(32)",
        "UPDATE objects SET headers = 1 + headers % 3",
        "UPDATE objects SET correction = NULL WHERE correction IS NOT NULL", "UPDATE objects SET key = x'ff' || key",
        "UPDATE objects SET etag = zeroblob(1000000)",
    ])
    func anObjectsRowIsSealedToo(_ sql: String) throws {
        let folder = try TemporaryFolder("state")
        let database = try Sample.database(40, in: folder)
        do {
            let connection = try database.connect()
            try connection.execute(sql)
        }
        let reader = try StateReader(database)
        var kept = 0
        for n in 0..<40 {
            guard let record = try reader.object(at: Sample.key(n), passing: { _ in }) else { continue }
            #expect(record == Sample.object(n))
            kept += 1
        }
        #expect(kept < 40)
    }

    @Test func setAsideItBeginsAnew() throws {
        let folder = try TemporaryFolder("state")
        let path = folder.path("state.sqlite")
        try folder.write(String(repeating: "no database ", count: 1000), to: "state.sqlite")
        guard case .failed(.open, path, .damaged)? = Self.survey(path).fault else {
            Issue.record("opened")
            return
        }
        try StateDatabase.setAside(path)
        #expect(access(path + ".damaged", F_OK) == 0)
        #expect(Self.survey(path).fault == nil)
    }
}

/// Sebastiano Vigna's splitmix64: a seed gives the same damage every time.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}
