import Glibc
import TestSupport
import Testing
import Vocabulary

@testable import State

@Suite struct RefusalTests {
    @Test func aLaterVersionIsLeftAlone() throws {
        let folder = try TemporaryFolder("state")
        let database = try Sample.database(10, in: folder)
        try database.connect().execute("PRAGMA user_version=\(Schema.version + 1)")
        let before = try DamageTests.read(database.path)
        #expect(throws: StateError.failed(.open, path: database.path, .newer(found: Schema.version + 1, known: Schema.version))) {
            try StateDatabase(at: database.path, of: Sample.place)
        }
        #expect(try DamageTests.read(database.path) == before)
    }

    @Test(arguments: [
        "CREATE TABLE mine(x)", "PRAGMA application_id=7", "PRAGMA user_version=3",
        "CREATE TABLE fingerprints(path); PRAGMA user_version=1",
    ])
    func anotherProgramsDatabaseIsLeftAlone(_ sql: String) throws {
        let folder = try TemporaryFolder("state")
        let path = folder.path("other.sqlite")
        try folder.write("", to: "other.sqlite")
        try Connection(opening: path).execute(sql)
        let before = try DamageTests.read(path)
        #expect(throws: StateError.failed(.open, path: path, .foreign)) { try StateDatabase(at: path, of: Sample.place) }
        #expect(try DamageTests.read(path) == before)
    }

    @Test func aDatabaseBelongsToOnePlace() throws {
        let folder = try TemporaryFolder("state")
        let database = try Sample.database(10, in: folder)
        let other = StateLocation(endpoint: "https://s3.example.com", bucket: "b", prefix: "", source: "/nowhere/gallery")
        #expect(throws: StateError.failed(.open, path: database.path, .otherPlace)) { try StateDatabase(at: database.path, of: other) }
        #expect(try StateReader(database).object(at: Sample.key(0)) { _ in } == Sample.object(0))
    }

    @Test(arguments: [
        "DROP TABLE objects", "CREATE TABLE more(x)", "CREATE VIEW v AS SELECT 1", "ALTER TABLE objects ADD COLUMN more",
        "CREATE TRIGGER t AFTER INSERT ON words BEGIN DELETE FROM fingerprints; END",
        "DROP TABLE objects; CREATE VIEW objects AS SELECT path AS key FROM fingerprints",
    ])
    func otherTablesThanOursAreDamage(_ sql: String) throws {
        let folder = try TemporaryFolder("state")
        let database = try Sample.database(10, in: folder)
        try database.connect().execute(sql)
        #expect(throws: StateError.failed(.open, path: database.path, .damaged("its tables are not those of galleria-deploy"))) {
            try StateDatabase(at: database.path, of: Sample.place)
        }
    }

    @Test func aFolderInItsPlaceIsAFault() throws {
        let folder = try TemporaryFolder("state")
        try folder.write("", to: "state.sqlite/x")
        let path = folder.path("state.sqlite")
        #expect { try StateDatabase(at: path, of: Sample.place) } throws: { error in
            guard case .failed(.open, path, .other)? = error as? StateError else { return false }
            return true
        }
    }

    @Test func aFileInPlaceOfItsFolderIsAFault() throws {
        let folder = try TemporaryFolder("state")
        try folder.write("", to: "state")
        #expect(throws: StateError.self) { try StateDatabase(at: folder.path("state/x.sqlite"), of: Sample.place) }
    }

    /// Without the rights of root, if the tests run as root: setfsuid(2) takes them from this thread's file accesses alone.
    private func asNobody<R>(_ body: () throws -> R) throws -> R {
        guard geteuid() == 0 else { return try body() }
        // Glibc's module leaves <sys/fsuid.h> out.
        let setfsuid = unsafeBitCast(try #require(dlsym(nil, "setfsuid")), to: (@convention(c) (uid_t) -> Int32).self)
        _ = setfsuid(65534)
        defer { _ = setfsuid(0) }
        return try body()
    }

    @Test func aReadOnlyFileIsAFault() throws {
        let folder = try TemporaryFolder("state")
        let database = try Sample.database(10, in: folder)
        #expect(chmod(folder.path, 0o755) == 0 && chmod(database.path, 0o444) == 0)
        #expect(throws: StateError.failed(.open, path: database.path, .readOnly)) {
            try asNobody { try StateDatabase(at: database.path, of: Sample.place) }
        }
    }

    @Test func aReadOnlyFolderIsAFault() throws {
        let folder = try TemporaryFolder("state")
        #expect(chmod(folder.path, 0o555) == 0)
        for relative in ["state.sqlite", "new/state.sqlite"] {
            let path = folder.path(relative)
            #expect {
                try asNobody { try StateDatabase(at: path, of: Sample.place) }
            } throws: { error in
                guard let cause = (error as? StateError)?.cause else { return false }
                return cause == .readOnly
            }
        }
        #expect(chmod(folder.path, 0o755) == 0)
    }

    @Test func aFullDiskIsAFaultFromTheFirstPageOn() throws {
        let folder = try TemporaryFolder("state")
        let path = folder.path("state.sqlite")
        #expect(throws: StateError.failed(.open, path: path, .diskFull)) { try StateDatabase(at: path, of: Sample.place, pageLimit: 2) }
    }

    @Test(arguments: [
        StateCause.damaged("x"), .foreign, .otherPlace, .newer(found: 2, known: 1), .readOnly, .diskFull, .busy,
        .other(code: 14, "unable to open"),
    ])
    func messagesSayWhatWhyAndWhatNext(_ cause: StateCause) {
        for operation in StateOperation.allCases {
            let text = StateError.failed(operation, path: "/s/\u{1b}[31m.sqlite", cause).description
            #expect(text.hasPrefix("cannot \(operation.rawValue) the state database /s/"))
            #expect(text.contains(cause.description) && text.hasSuffix("."))
            #expect(!text.contains("\u{1b}"))
        }
        #expect(StateError.noHome.description.contains("--state"))
    }
}
