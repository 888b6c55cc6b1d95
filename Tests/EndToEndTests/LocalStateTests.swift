import Foundation
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
