import TestSupport
import Testing
import Vocabulary

@testable import State

/// What the state keeps of earlier runs.
@Suite struct HistoryTests {
    private static func run(_ number: Int) -> RunRecord {
        var run = RunRecord(started: Int64(number), ended: Int64(number) + 1, exitStatus: 1)
        run.target = "photos"
        run.uploaded = 3
        run.copied = 2
        run.headerUpdates = 4
        run.unchanged = 5
        run.deleted = 6
        run.failed = 7
        run.left = 9
        run.bytes = 8
        run.fault = "the bucket is gone"
        return run
    }

    private static func changes(_ count: Int) -> [RunChange] {
        (0..<count).map { RunChange(action: "upload", reason: "new", key: Key("\($0)"), size: Int64($0)) }
    }

    @Test func runsAndTheirChangesAreKept() throws {
        let folder = try TemporaryFolder("state")
        let history = RunHistory(try StateDatabase(at: folder.path("state.sqlite"), of: Sample.place))
        let changes = [
            RunChange(action: "upload", reason: "new", key: Key("b"), size: 8),
            RunChange(action: "delete", reason: nil, key: Key("a"), size: nil),
        ]
        let first = try history.append(Self.run(1), changes: changes)
        let second = try history.append(RunRecord(started: 9, ended: 10, exitStatus: 130), changes: [])
        #expect(try history.runs(limit: 10).map(\.number) == [second, first])
        #expect(try history.runs(limit: 1).map(\.run.exitStatus) == [130])
        #expect(try history.runs(limit: 10).last?.run == Self.run(1))
        #expect(try history.run(first) == Self.run(1) && history.run(77) == nil)
        #expect(try history.changes(of: first) == changes)
        #expect(try history.changes(of: second).isEmpty)
    }

    @Test(arguments: [31, 32, 33, 100])
    func allChangesAreKeptInTheirOrder(_ count: Int) throws {
        let folder = try TemporaryFolder("state")
        let history = RunHistory(try StateDatabase(at: folder.path("state.sqlite"), of: Sample.place))
        var changes = Self.changes(count)
        changes[count / 2] = RunChange(action: "delete", reason: nil, key: Key("z"), size: nil)
        #expect(try history.changes(of: history.append(Self.run(1), changes: changes)) == changes)
    }

    @Test func oldRunsGo() throws {
        let folder = try TemporaryFolder("state")
        let history = RunHistory(
            try StateDatabase(at: folder.path("state.sqlite"), of: Sample.place), limits: .init(runs: 5, changes: 20))
        for number in 1...9 { try history.append(Self.run(number), changes: Self.changes(number == 6 ? 0 : 7)) }
        #expect(try history.runs(limit: 100).map(\.number) == [9, 8, 7, 6, 5])
        // Two times seven fit into twenty; the changes of whole runs go.
        #expect(try (5...9).map { try history.changes(of: $0).count } == [0, 0, 0, 7, 7])
        // The last run keeps its changes, however many.
        try history.append(Self.run(10), changes: Self.changes(50))
        #expect(try (8...10).map { try history.changes(of: $0).count } == [0, 0, 50])
        try history.append(Self.run(11), changes: [])
        #expect(try history.changes(of: 11).isEmpty && history.runs(limit: 100).count == 5)
    }

    /// A database of every earlier version becomes one of this, with the runs that it held.
    @Test(arguments: 1..<Schema.version) func earlierVersionsAreBroughtUpToDate(_ version: Int) throws {
        let folder = try TemporaryFolder("state")
        let path = folder.path("state.sqlite")
        try folder.write("", to: "state.sqlite")
        do {
            let connection = try Connection(opening: path)
            for script in Schema.migrations[..<version] { for statement in script { try connection.execute(statement) } }
            let insert = try Statement("INSERT INTO place VALUES(?1)", on: connection)
            insert.bind(1, Sample.place.digest)
            try insert.run()
            // A row of that version: later ones know more of a run.
            try connection.execute(
                version < 3
                    ? "INSERT INTO runs VALUES(7, 1, 2, 3, 4, 5, 6, 0, 8, 130)"
                    : "INSERT INTO runs VALUES(7, 1, 2, NULL, 3, 0, 4, 5, 6, 0, 0, 8, 130, NULL)")
            try connection.execute("INSERT INTO run_changes VALUES(7, 0, 'upload', 'new', x'61', 3)")
            try connection.execute("PRAGMA application_id=\(Schema.applicationID); PRAGMA user_version=\(version)")
        }
        let history = RunHistory(try StateDatabase(at: path, of: Sample.place))
        var expected = RunRecord(started: 1, ended: 2, exitStatus: 130)
        (expected.uploaded, expected.headerUpdates, expected.unchanged, expected.deleted, expected.bytes) = (3, 4, 5, 6, 8)
        #expect(try history.runs(limit: 10).map(\.number) == [7] && history.run(7) == expected)
        #expect(try history.changes(of: 7) == [RunChange(action: "upload", reason: "new", key: Key("a"), size: 3)])
        #expect(try history.append(Self.run(8), changes: []) == 8)
        #expect(try StateReader(StateDatabase(at: path, of: Sample.place)).fact("x") == nil)
        #expect(try StateReader(StateDatabase(at: path, of: Sample.place)).names().isEmpty)
    }

    /// A key that a layout gave is read back as it was written, and a row that was tampered with is lost.
    @Test func namesAreKept() throws {
        let folder = try TemporaryFolder("state")
        let database = try StateDatabase(at: folder.path("state.sqlite"), of: Sample.place)
        let status = FileStatus(size: 5, modified: 1, changed: 2, inode: 3, device: 0)
        let digests = ["a", "b"].map { SHA256(hex: String(repeating: $0, count: 64)) }
        let (recipe, layout) = (try #require(digests[0]), try #require(digests[1]))
        let records = [
            Key("a"): NameRecord(status: status, recipe: recipe, layout: layout, key: Key("x/1"), seen: 1_700_000_000_123_456, index: 7),
            Key("b"): NameRecord(status: nil, recipe: recipe, layout: layout, key: Key("x/2"), seen: 0, index: nil),
        ]
        let writer = StateWriter(database)
        for (path, record) in records { writer.record(.name(path: path, record)) }
        #expect(writer.finish().failure == nil)
        #expect(try StateReader(database).names() == records)
        #expect(
            records[Key("a")]?.holds(for: status, recipe: recipe) == true && records[Key("a")]?.holds(for: status, recipe: layout) == false)
        #expect(records[Key("b")]?.holds(for: status, recipe: recipe) == false)
        try Connection(opening: folder.path("state.sqlite")).execute("UPDATE names SET number = 8")
        #expect(try StateReader(database).names().isEmpty)
    }
}
