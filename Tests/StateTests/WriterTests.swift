import Glibc
import Synchronization
import TestSupport
import Testing
import Vocabulary

@testable import State

@Suite struct WriterTests {
    /// The sizes of the batches that were committed, and a way to wait for them.
    final class Commits: Sendable {
        private let sizes = Mutex<[Int]>([])
        private let stream = AsyncStream<Int>.makeStream()

        func note(_ size: Int) {
            sizes.withLock { $0.append(size) }
            stream.continuation.yield(size)
        }

        var all: [Int] { sizes.withLock { $0 } }

        func next() async -> Int? {
            var iterator = stream.stream.makeAsyncIterator()
            return await iterator.next()
        }
    }

    @Test func aFullBatchIsCommittedAtOnce() async throws {
        let folder = try TemporaryFolder("state")
        let database = try StateDatabase(at: folder.path("state.sqlite"), of: Sample.place)
        let commits = Commits()
        let writer = StateWriter(database, batchSize: 100, interval: .seconds(3600)) { commits.note($0) }
        for n in 0..<100 { writer.record(.object(key: Sample.key(n), Sample.object(n))) }
        #expect(await commits.next() == 100)
        // A run that is killed now keeps them.
        #expect(try StateReader(database).object(at: Sample.key(99)) { _ in } == Sample.object(99))
        writer.record(.object(key: Sample.key(100), Sample.object(100)))
        #expect(writer.finish() == StateSummary(written: 101, dropped: 0, failure: nil))
        #expect(commits.all == [100, 1])
    }

    @Test func anOldBatchIsCommittedThoughItIsSmall() async throws {
        let folder = try TemporaryFolder("state")
        let database = try StateDatabase(at: folder.path("state.sqlite"), of: Sample.place)
        let commits = Commits()
        let writer = StateWriter(database, batchSize: 1000, interval: .milliseconds(5)) { commits.note($0) }
        writer.record(.object(key: Sample.key(1), Sample.object(1)))
        #expect(await commits.next() == 1)
        #expect(try StateReader(database).object(at: Sample.key(1)) { _ in } == Sample.object(1))
        #expect(writer.finish().written == 1)
    }

    /// Rows are inserted many at once; the last word on each key counts all the same, be it within one statement, and a removal comes after all that was
    /// said before it.
    @Test(arguments: [1, 31, 32, 33, 64, 100, 1000], [nil, 7, 97] as [Int?])
    func theLastWordOnAKeyCounts(_ batchSize: Int, _ removalEach: Int?) throws {
        let folder = try TemporaryFolder("state")
        let database = try StateDatabase(at: folder.path("state.sqlite"), of: Sample.place)
        let writer = StateWriter(database, batchSize: batchSize, interval: .seconds(3600))
        var objects: [Key: ObjectRecord] = [:]
        var files: [Key: FingerprintRecord] = [:]
        var names: [Key: NameRecord] = [:]
        var pictures: [Key: PictureRecord] = [:]
        for n in 0..<500 {
            let key = Sample.key(n % 20)
            if let removalEach, n % removalEach == 3 {
                writer.record(.forgetObject(key: key))
                // With a file goes what was known of the picture.
                writer.record(.forgetFingerprint(path: key))
                (objects[key], files[key], pictures[key]) = (nil, nil, nil)
            } else {
                writer.record(.object(key: key, Sample.object(n)))
                writer.record(.fingerprint(path: key, Sample.fingerprint(n)))
                writer.record(.name(path: key, Sample.name(n)))
                writer.record(.picture(path: key, Sample.picture(n)))
                (objects[key], files[key], names[key], pictures[key]) = (
                    Sample.object(n), Sample.fingerprint(n), Sample.name(n), Sample.picture(n)
                )
            }
        }
        let summary = writer.finish()
        #expect(summary.failure == nil && summary.dropped == 0)
        let reader = try StateReader(database)
        for key in (0..<20).map(Sample.key) {
            #expect(try reader.object(at: key) { _ in } == objects[key])
            #expect(try reader.fingerprint(of: key) { _ in } == files[key])
        }
        #expect(try reader.names() == names)
        #expect(try reader.pictures(of: (0..<20).map(Sample.key)) == pictures)
    }

    @Test func withoutAChangeNothingIsOpened() throws {
        let folder = try TemporaryFolder("state")
        let database = try StateDatabase(at: folder.path("state.sqlite"), of: Sample.place)
        #expect(unlink(database.path) == 0)
        #expect(StateWriter(database).finish() == StateSummary())
        #expect(access(database.path, F_OK) != 0)
    }

    @Test func afterTheEndChangesAreLetGo() throws {
        let folder = try TemporaryFolder("state")
        let writer = StateWriter(try StateDatabase(at: folder.path("state.sqlite"), of: Sample.place))
        writer.record(.forgetObject(key: Key("a")))
        #expect(writer.finish() == StateSummary(written: 1, dropped: 0, failure: nil))
        writer.record(.forgetObject(key: Key("a")))
        #expect(writer.finish() == StateSummary(written: 1, dropped: 1, failure: nil))
    }

    @Test func aFullDiskEndsTheWritingAndKeepsWhatWasCommitted() async throws {
        let folder = try TemporaryFolder("state")
        let database = try StateDatabase(at: folder.path("state.sqlite"), of: Sample.place, pageLimit: 60)
        let commits = Commits()
        let writer = StateWriter(database, batchSize: 100, interval: .seconds(3600)) { commits.note($0) }
        for n in 0..<100 { writer.record(.object(key: Sample.key(n), Sample.object(n))) }
        #expect(await commits.next() == 100)
        for n in 100..<60_000 { writer.record(.object(key: Sample.key(n), Sample.object(n))) }
        let summary = writer.finish()
        #expect(summary.failure == .failed(.write, path: database.path, .diskFull))
        #expect(summary.written >= 100)
        #expect(summary.written + summary.dropped == 60_000)
        let reader = try StateReader(database)
        var kept = 0
        try reader.passRemainingObjects { _ in kept += 1 }
        #expect(kept == summary.written)
    }

    @Test func aDatabaseThatVanishedIsAFaultNotACrash() throws {
        let folder = try TemporaryFolder("state")
        let database = try StateDatabase(at: folder.path("state.sqlite"), of: Sample.place)
        #expect(unlink(database.path) == 0)
        let writer = StateWriter(database)
        writer.record(.forgetObject(key: Key("a")))
        let summary = writer.finish()
        #expect(summary.dropped == 1)
        guard case .failed(.open, database.path, .other) = summary.failure else {
            Issue.record("\(summary)")
            return
        }
    }

    @Test func twoWritersDoNotLoseEachOthersRows() async throws {
        let folder = try TemporaryFolder("state")
        let path = folder.path("state.sqlite")
        try await withThrowingTaskGroup(of: StateSummary.self) { group in
            for parity in 0..<2 {
                group.addTask {
                    let writer = StateWriter(try StateDatabase(at: path, of: Sample.place), batchSize: 20, interval: .seconds(3600))
                    for n in stride(from: parity, to: 4000, by: 2) {
                        writer.record(.fingerprint(path: Sample.key(n), Sample.fingerprint(n)))
                    }
                    return writer.finish()
                }
            }
            for try await summary in group { #expect(summary == StateSummary(written: 2000, dropped: 0, failure: nil)) }
        }
        let reader = try StateReader(StateDatabase(at: path, of: Sample.place))
        for n in 0..<4000 { #expect(try reader.fingerprint(of: Sample.key(n), passing: neverPassed) == Sample.fingerprint(n)) }
    }

    /// Another program's process, with SQLite's own locks between the two.
    @Test func anotherProcessMayWriteAtTheSameTime() async throws {
        let folder = try TemporaryFolder("state")
        let database = try StateDatabase(at: folder.path("state.sqlite"), of: Sample.place)
        let script = """
            import sqlite3, sys
            c = sqlite3.connect(sys.argv[1], timeout=60, isolation_level=None)
            for i in range(300):
                c.execute("BEGIN IMMEDIATE")
                c.execute("INSERT INTO runs(started) VALUES(?)", (i,))
                c.execute("COMMIT")
            """
        let null = open("/dev/null", O_RDWR | O_CLOEXEC)
        defer { close(null) }
        let process = try ChildProcess(
            "/usr/bin/python3", ["-c", script, database.path], environment: [:], input: null, output: null, errors: 2)
        let writer = StateWriter(database, batchSize: 10, interval: .seconds(3600))
        for n in 0..<5000 { writer.record(.object(key: Sample.key(n), Sample.object(n))) }
        let summary = writer.finish()
        #expect(process.wait() == 0)
        #expect(summary == StateSummary(written: 5000, dropped: 0, failure: nil))
        #expect(try RunHistory(database).runs(limit: 1000).count == 300)
    }

    @Test func theLogStaysSmallWhileAReaderTakesItsTime() throws {
        let folder = try TemporaryFolder("state")
        let database = try Sample.database(3000, in: folder)
        let reader = try StateReader(database)
        // In the middle of a page, and left there.
        #expect(try reader.object(at: Sample.key(0)) { _ in } != nil)
        let writer = StateWriter(database, batchSize: 500)
        for round in 0..<40 {
            for n in 0..<3000 { writer.record(.object(key: Sample.key(n), Sample.object(n + round))) }
        }
        #expect(writer.finish().failure == nil)
        var status = stat()
        #expect(stat(database.path + "-wal", &status) == 0)
        // SQLite folds the log back every 1,000 pages; with an open cursor it would hold every page ever written.
        #expect(status.st_size < 6 << 20)
        #expect(try reader.object(at: Sample.key(2999)) { _ in } == Sample.object(2999 + 39))
    }
}
