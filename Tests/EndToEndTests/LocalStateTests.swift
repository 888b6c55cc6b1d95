import Foundation
import Glibc
import TestSupport
import Testing

/// The local state is a cache: whatever becomes of it, the bucket ends as it should and nothing is sent twice.
@Suite struct LocalStateTests {
    private func stateFile(_ site: Site) throws -> String {
        let folder = site.folder.path("home/.local/state/galleria-deploy")
        let name = try #require(try FileManager.default.contentsOfDirectory(atPath: folder).first { $0.hasSuffix(".sqlite") })
        return "\(folder)/\(name)"
    }

    /// A site deployed once through a recorder that has seen nothing since.
    private func deployed(_ options: [String] = []) async throws -> (site: Site, recorder: Recorder) {
        var site = try await Site(.files(["a.txt": "one", "b/c.txt": "two"]), on: .radosgw)
        for path in ["a.txt", "b/c.txt"] { try FileTimes.touch("\(site.source)/\(path)", at: 1_700_000_000) }
        let recorder = try await Recorder(before: site.place)
        site.place = recorder.place
        let run = try await site.deploy(options)
        #expect(run.status == 0, "\(run)")
        _ = try await recorder.log()
        return (site, recorder)
    }

    private func listsOnly(_ recorder: Recorder) async throws -> Bool {
        try await recorder.log().map(\.operation) == ["ListObjectsV2"]
    }

    @Test func aDamagedStateIsSetAsideAndBeginsAnew() async throws {
        let (site, recorder) = try await deployed()
        let path = try stateFile(site)
        try Data(repeating: 0x5a, count: 20_000).write(to: URL(filePath: path))
        let run = try await site.deploy()
        #expect(run.status == 0 && run.errors.contains("damaged"), "\(run)")
        #expect(try await listsOnly(recorder))
        #expect(FileManager.default.fileExists(atPath: path + ".damaged"))
        let again = try await site.deploy()
        #expect(again.status == 0 && again.errors.isEmpty, "\(again)")
        #expect(try await listsOnly(recorder))
    }

    @Test func withoutItsStateARunReadsMoreAndSendsNothing() async throws {
        let (site, recorder) = try await deployed()
        let path = try stateFile(site)
        for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
        let run = try await site.deploy()
        #expect(run.status == 0 && run.errors.isEmpty && run.output.contains("2 unchanged"), "\(run)")
        #expect(try await listsOnly(recorder))
    }

    /// At every page, and within every page.
    @Test func aTruncatedStateDoesNoHarm() async throws {
        let (site, recorder) = try await deployed()
        let path = try stateFile(site)
        let whole = try Data(contentsOf: URL(filePath: path))
        #expect(whole.count % 4096 == 0 && whole.count > 4 * 4096)
        for size in stride(from: 0, to: whole.count, by: 4096).flatMap({ [$0, $0 + 2000] }) {
            for suffix in ["-wal", "-shm", ".damaged"] { try? FileManager.default.removeItem(atPath: path + suffix) }
            try whole.prefix(size).write(to: URL(filePath: path))
            let run = try await site.deploy()
            #expect(run.status == 0 && run.output.contains("2 unchanged"), "\(size): \(run)")
            #expect(try await listsOnly(recorder))
        }
        let edited = "TWO"
        try site.folder.write(edited, to: "gallery/b/c.txt")
        try whole.prefix(whole.count - 4096).write(to: URL(filePath: path))
        #expect(try await site.deploy().status == 0)
        #expect(try await site.bucket.body("b/c.txt") == [UInt8](edited.utf8))
    }

    /// Of a later version of this program, it is neither used nor touched.
    @Test func aStateFromTheFutureIsLeftAsItIs() async throws {
        let (site, recorder) = try await deployed()
        let path = try stateFile(site)
        var content = try Data(contentsOf: URL(filePath: path))
        // The user version, big-endian (sqlite.org/fileformat2.html, §1.3).
        content.replaceSubrange(60..<64, with: [0, 0, 0x7f, 0xff])
        try content.write(to: URL(filePath: path))
        let run = try await site.deploy()
        #expect(run.status == 0 && run.errors.contains("without it") && run.output.contains("2 unchanged"), "\(run)")
        #expect(try await listsOnly(recorder))
        #expect(try Data(contentsOf: URL(filePath: path)) == content)
    }

    /// What the state keeps of files: `PATH CTIME`, the time in nanoseconds.
    private func fingerprints(_ site: Site) async throws -> [String] {
        let script = """
            import sqlite3, sys
            for path, changed in sqlite3.connect(sys.argv[1]).execute('SELECT path, changed FROM fingerprints'): print(bytes(path).decode(), changed)
            """
        let run = try await Program.run(["python3", "-c", script, try stateFile(site)])
        #expect(run.status == 0, "\(run)")
        return run.output.split(separator: "\n").map(String.init)
    }

    private func status(_ path: String) throws -> (changed: Int, now: Int) {
        var (status, now) = (stat(), timespec())
        guard stat(path, &status) == 0, clock_gettime(CLOCK_REALTIME, &now) == 0 else { throw CocoaError(.fileReadUnknown) }
        return (status.st_ctim.tv_sec * 1_000_000_000 + status.st_ctim.tv_nsec, now.tv_sec * 1_000_000_000 + now.tv_nsec)
    }

    /// A file that was written within the grain of its file system's clock may be written again without a trace: what was read of it is not kept. Of
    /// one that has rested it is.
    @Test func anEditWithinATickOfTheClockIsSeen() async throws {
        let (site, recorder) = try await deployed()
        try FileManager.default.createSymbolicLink(
            atPath: "\(site.source)/rested.html", withDestinationPath: PackageFolder.path("Fixtures/gallery/index.html"))
        let path = "\(site.source)/a.txt"
        for n in 0..<5 {
            try site.folder.write("one \(n)", to: "gallery/a.txt")
            #expect(try await site.deploy().status == 0)
            let (changed, now) = try status(path)
            let kept = try await fingerprints(site).contains("a.txt \(changed)")
            // On a machine so busy that the program came to the file two seconds late, the file had rested.
            if now - changed < 2_000_000_000 { #expect(!kept) }
            let times = try FileTimes(of: path)
            let file = try FileHandle(forUpdating: URL(filePath: path))
            try file.write(contentsOf: Data("TWO".utf8))
            try file.close()
            try times.restore(to: path)
            #expect(try FileTimes(of: path) == times)
            _ = try await recorder.log()
            #expect(try await site.deploy().status == 0)
            #expect(try await recorder.log().count { $0.operation == "PutObject" } == 1)
            #expect(try await site.bucket.body("a.txt") == [UInt8]("TWO \(n)".utf8))
        }
        #expect(try await fingerprints(site).contains { $0.hasPrefix("rested.html ") })
    }

    @Test func aFileOfAnotherKindIsLeftAsItIs() async throws {
        let (site, recorder) = try await deployed()
        let path = site.folder.path("precious.jpg")
        let content = Data("no database, and somebody's only copy".utf8)
        try content.write(to: URL(filePath: path))
        let run = try await site.deploy(["--state", path])
        #expect(run.status == 0 && run.errors.contains("without it"), "\(run)")
        #expect(try await listsOnly(recorder))
        #expect(try Data(contentsOf: URL(filePath: path)) == content)
    }

    @Test func theStateOfAnotherDestinationIsNotUsed() async throws {
        let (site, recorder) = try await deployed(["--state", "own.galleria-state"])
        let run = try await site.deploy(["--state", "own.galleria-state"], prefix: "elsewhere")
        #expect(run.status == 0 && run.errors.contains("another source or destination"), "\(run)")
        #expect(try await recorder.log().count { $0.operation == "PutObject" } == 2)
    }

    @Test func withoutAHomeItGoesOnWithoutState() async throws {
        let (site, recorder) = try await deployed()
        let run = try await site.deploy(environment: ["HOME": "", "XDG_STATE_HOME": ""])
        #expect(run.status == 0 && run.errors.contains("--state"), "\(run)")
        #expect(try await listsOnly(recorder))
    }

    @Test func anUnchangedRunWritesNothingToTheState() async throws {
        var site = try await Site(.files([:]), on: .radosgw)
        // Links to files that have rested for long: what was written a moment ago is not remembered until it is two seconds old.
        for name in ["index.html", "photos/Moonrise.jpg"] {
            let link = "\(site.source)/\(name.split(separator: "/").joined(separator: "-"))"
            try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: PackageFolder.path("Fixtures/gallery/\(name)"))
        }
        let recorder = try await Recorder(before: site.place)
        site.place = recorder.place
        // The second run adopts the listing's times of what the first one sent; after that there is nothing to learn.
        for _ in 0..<2 { #expect(try await site.deploy().status == 0) }
        let path = try stateFile(site)
        let before = try Data(contentsOf: URL(filePath: path))
        _ = try await recorder.log()
        #expect(try await site.deploy().status == 0)
        #expect(try await listsOnly(recorder))
        #expect(try Data(contentsOf: URL(filePath: path)) == before)
    }

    @Test func theStateIsNeverPublished() async throws {
        let (site, recorder) = try await deployed()
        let refused = try await site.deploy(["--state", "\(site.source)/state.db"])
        #expect(refused.status == 64 && refused.errors.contains("SOURCE"), "\(refused)")
        #expect(try await recorder.log().isEmpty)
        let named = try await site.deploy(["--state", "\(site.source)/.galleria-state"])
        #expect(named.status == 0, "\(named)")
        #expect(try await site.bucket.keys() == ["a.txt", "b/c.txt"])
    }

    @Test func aStateAndNoneExcludeEachOther() async throws {
        let (site, recorder) = try await deployed()
        #expect(try await site.deploy(["--state", "x.galleria-state", "--no-state"]).status == 64)
        #expect(try await recorder.log().isEmpty)
    }
}
