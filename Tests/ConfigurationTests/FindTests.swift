import Configuration
import Glibc
import TestSupport
import Testing

@Suite struct FindTests {
    @Test func takesTheNearestFileUpwards() throws {
        let folder = try TemporaryFolder("configuration")
        try folder.write("", to: "galleria-deploy.yml")
        try folder.write("", to: "a/galleria-deploy.yaml")
        try folder.write("", to: "a/b/c/x")
        #expect(try ConfigurationFile.find(from: folder.path("a/b/c")) == folder.path("a/galleria-deploy.yaml"))
        #expect(try ConfigurationFile.find(from: folder.path("a")) == folder.path("a/galleria-deploy.yaml"))
        #expect(try ConfigurationFile.find(from: folder.path) == folder.path("galleria-deploy.yml"))
    }

    @Test func findsNothingWhereThereIsNothing() throws {
        #expect(try ConfigurationFile.find(from: "/proc/self/fd") == nil)
        #expect(try ConfigurationFile.find(from: "/") == nil)
    }

    @Test func takesTheFileThatIsNamed() throws {
        let folder = try TemporaryFolder("configuration")
        try folder.write("", to: "galleria-deploy.yml")
        try folder.write("", to: "other.yml")
        #expect(try ConfigurationFile.find(from: folder.path, explicit: "other.yml") == folder.path("other.yml"))
        #expect(try ConfigurationFile.find(from: "/", explicit: folder.path("other.yml")) == folder.path("other.yml"))
        #expect(throws: ConfigurationError.notFound(path: "nope.yml")) {
            try ConfigurationFile.find(from: folder.path, explicit: "nope.yml")
        }
        #expect(throws: ConfigurationError.unreadable(path: folder.path, cause: "it is a folder")) {
            try ConfigurationFile.find(from: "/", explicit: folder.path)
        }
    }

    @Test func refusesTwoFilesInOneFolder() throws {
        let folder = try TemporaryFolder("configuration")
        try folder.write("", to: "galleria-deploy.yml")
        try folder.write("", to: "galleria-deploy.yaml")
        try folder.write("", to: "a/x")
        #expect(throws: ConfigurationError.ambiguous(folder: folder.path)) { try ConfigurationFile.find(from: folder.path("a")) }
        #expect(try ConfigurationFile.find(from: folder.path, explicit: "galleria-deploy.yml") != nil)
    }

    @Test func refusesAFolderOfThatName() throws {
        let folder = try TemporaryFolder("configuration")
        try folder.write("", to: "galleria-deploy.yml/x")
        #expect(throws: ConfigurationError.unreadable(path: folder.path("galleria-deploy.yml"), cause: "it is a folder")) {
            try ConfigurationFile.find(from: folder.path)
        }
    }

    /// Giving a file away takes root's rights.
    @Test(.enabled(if: geteuid() == 0)) func refusesWhatAnotherUserPutIntoASharedFolder() throws {
        let folder = try TemporaryFolder("configuration")
        let path = folder.path("galleria-deploy.yml")
        try folder.write("jobs: 4", to: "galleria-deploy.yml")
        try folder.write("", to: "a/x")
        #expect(chown(path, 12345, 12345) == 0)
        #expect(try ConfigurationFile.find(from: folder.path("a")) == path)
        #expect(chmod(folder.path, 0o1777) == 0)
        #expect(throws: ConfigurationError.foreign(path: path)) { try ConfigurationFile.find(from: folder.path("a")) }
        #expect(try ConfigurationFile.find(from: folder.path("a"), explicit: path) == path)
        #expect(chown(path, 0, 0) == 0)
        #expect(try ConfigurationFile.find(from: folder.path("a")) == path)
    }

    @Test func readsFromTheDiskAndStartsPathsThere() throws {
        let folder = try TemporaryFolder("configuration")
        try folder.write("source: public\nstate: ../x\ncapture-times: /abs.csv\n", to: "galleria-deploy.yml")
        let document = try ConfigurationDocument.load(path: folder.path("galleria-deploy.yml"), environment: [:])
        let values = try #require(try TargetSelection.resolve(document, environment: [:]).first).values
        #expect(values.source == folder.path("public"))
        #expect(values.state == folder.path("../x"))
        #expect(values.captureTimes == "/abs.csv")
    }

    @Test func pathsMayBeginAtHome() throws {
        #expect(try settings("source: ~/p", environment: ["HOME": "/home/ada"]).values.source == "/home/ada/p")
        #expect(try settings("source: '~'", environment: ["HOME": "/home/ada"]).values.source == "/home/ada")
        #expect(try settings("source: ~ada/p", environment: ["HOME": "/home/ada"]).values.source == "conf/~ada/p")
    }

    @Test func aFileThatVanishedIsSaidSo() {
        #expect(throws: ConfigurationError.unreadable(path: "/nope/x.yml", cause: "No such file or directory")) {
            try ConfigurationDocument.load(path: "/nope/x.yml", environment: [:])
        }
    }
}
