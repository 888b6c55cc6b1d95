import Glibc
import State
import TestSupport
import Testing

@Suite struct LocationTests {
    @Test(
        arguments: [
            (["XDG_STATE_HOME": "/x", "HOME": "/h"], "/x/galleria-deploy"), (["XDG_STATE_HOME": "/x/"], "/x/galleria-deploy"),
            (["XDG_STATE_HOME": "x", "HOME": "/h"], "/h/.local/state/galleria-deploy"),
            (["XDG_STATE_HOME": "", "HOME": "/h/"], "/h/.local/state/galleria-deploy"), (["HOME": "/h"], "/h/.local/state/galleria-deploy"),
            ([:], nil), (["HOME": ""], nil), (["HOME": "h"], nil),
        ] as [([String: String], String?)])
    func liesWhereTheSystemSays(_ environment: [String: String], _ expected: String?) throws {
        guard let expected else {
            #expect(throws: StateError.noHome) { try StateLocation.folder(environment: environment) }
            return
        }
        #expect(try StateLocation.folder(environment: environment) == expected)
    }

    @Test func eachPlaceHasItsOwnName() {
        let parts = [
            ["https://a", "b", "c/", "/nowhere/d"], ["https://a", "b", "", "/nowhere/d"], ["https://a", "bc", "/", "/nowhere/d"],
            ["https://ab", "", "c/", "/nowhere/d"], ["http://a", "b", "c/", "/nowhere/d"], ["https://a", "b", "c/", "/nowhere/e"],
        ]
        let names = parts.map { StateLocation(endpoint: $0[0], bucket: $0[1], prefix: $0[2], source: $0[3]).fileName }
        #expect(Set(names).count == parts.count)
        for name in names { #expect(name.count == 71 && name.hasSuffix(".sqlite")) }
    }

    @Test func oneSourceHasOneNameThroughAnyLink() throws {
        let folder = try TemporaryFolder("state")
        try folder.write("x", to: "gallery/a")
        #expect(symlink(folder.path("gallery"), folder.path("link")) == 0)
        let names = ["gallery", "link", "gallery/", "gallery/../gallery"].map {
            StateLocation(endpoint: "e", bucket: "b", prefix: "", source: folder.path($0)).fileName
        }
        #expect(Set(names).count == 1)
    }

    @Test func folderAndFileAreTheUsersAlone() throws {
        let folder = try TemporaryFolder("state")
        let path = folder.path("state/galleria-deploy/x.sqlite")
        let reader = try StateReader(StateDatabase(at: path, of: Sample.place))
        for (path, mode) in [
            (path, 0o600), (path + "-wal", 0o600), (folder.path("state/galleria-deploy"), 0o700), (folder.path("state"), 0o700),
        ] as [(String, mode_t)] {
            var status = stat()
            #expect(stat(path, &status) == 0)
            #expect(status.st_mode & 0o777 == mode, "\(path)")
        }
        withExtendedLifetime(reader) {}
    }
}
