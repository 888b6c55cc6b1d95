package import Foundation

/// A gallery on disk, a home folder of its own and a fresh bucket: everything a deploy touches, shared with no other test.
package struct Site: Sendable {
    /// Holds the source and the home folder.
    package let folder: TemporaryFolder
    /// Where it is deployed to.
    package let bucket: RealBucket
    /// Where the program is sent: the bucket's server, or a recorder before it.
    package var place: S3Place

    /// The folder to deploy.
    package var source: String { folder.path("gallery") }

    /// What the source holds at first.
    package enum Content: Sendable {
        /// The gallery of Fixtures/.
        case fixtures
        /// Text files by path.
        case files([String: String])
    }

    /// Makes the source and the bucket.
    package init(_ content: Content, on server: S3Server) async throws {
        folder = try TemporaryFolder("site")
        switch content {
        case .fixtures:
            // With its originals beside it: the gallery holds a symbolic link into them, as generators make them.
            for name in ["gallery", "originals"] {
                try FileManager.default.copyItem(atPath: PackageFolder.path("Fixtures/\(name)"), toPath: folder.path(name))
            }
        case .files(let files):
            try FileManager.default.createDirectory(atPath: folder.path("gallery"), withIntermediateDirectories: true)
            for (path, text) in files { try folder.write(text, to: "gallery/\(path)") }
        }
        try FileManager.default.createDirectory(atPath: folder.path("home"), withIntermediateDirectories: true)
        bucket = try await RealBucket(on: server)
        place = bucket.place
    }

    /// Runs `galleria-deploy SOURCE s3://BUCKET[/PREFIX] OPTIONS`; where it is not asked to look after CORS, it is told not to.
    package func deploy(
        _ options: [String] = [], prefix: String = "", checkingCORS: Bool = false, measured: Bool = false, asOrdinaryUser: Bool = false,
        through wrapper: [String] = [], environment extra: [String: String] = [:]
    ) async throws -> Program.Run {
        let destination = "s3://\(bucket.name)" + (prefix.isEmpty ? "" : "/\(prefix)")
        return try await run(
            [source, destination] + (checkingCORS ? [] : ["--no-cors-check"]) + options, measured: measured, asOrdinaryUser: asOrdinaryUser,
            through: wrapper, environment: extra)
    }

    /// Runs `galleria-deploy` with these arguments, keys and endpoint in its environment.
    package func run(
        _ arguments: [String], measured: Bool = false, asOrdinaryUser: Bool = false, through wrapper: [String] = [],
        environment extra: [String: String] = [:]
    ) async throws -> Program.Run {
        try await start(arguments, measured: measured, asOrdinaryUser: asOrdinaryUser, through: wrapper, environment: extra).finish()
    }

    /// Starts `galleria-deploy SOURCE s3://BUCKET OPTIONS`, not looking after CORS, and patient: on a busy machine a test that holds a request takes
    /// its time.
    package func startDeploy(
        _ options: [String] = [], through wrapper: [String] = [], environment extra: [String: String] = [:]
    ) throws -> Program.Running {
        try start(
            [source, "s3://\(bucket.name)", "--no-cors-check", "--stall-timeout", "10m"] + options, through: wrapper, environment: extra)
    }

    /// Starts `galleria-deploy` with these arguments, keys and endpoint in its environment; a wrapper such as `prlimit` starts it in turn.
    package func start(
        _ arguments: [String], measured: Bool = false, asOrdinaryUser: Bool = false, through wrapper: [String] = [],
        environment extra: [String: String] = [:]
    ) throws -> Program.Running {
        var environment = place.environment
        environment.merge(["HOME": folder.path("home"), "LANG": "C.UTF-8", "TZ": "UTC"]) { $1 }
        environment.merge(extra) { $1 }
        return try Program.start(
            wrapper + [Executable.path] + arguments, environment: environment, folder: folder.path, measured: measured,
            asOrdinaryUser: asOrdinaryUser
        )
    }

    /// Every file of the source, through symbolic links, by its path in it.
    package func files() throws -> [String: Data] {
        var result: [String: Data] = [:]
        for path in try FileManager.default.subpathsOfDirectory(atPath: source) {
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: "\(source)/\(path)", isDirectory: &isFolder), !isFolder.boolValue else { continue }
            result[path] = try Data(contentsOf: URL(filePath: "\(source)/\(path)"))
        }
        return result
    }

    /// Reads the whole bucket back into a fresh folder.
    package func readBack() async throws -> TemporaryFolder {
        let folder = try TemporaryFolder("back")
        for key in try await bucket.keys() { try folder.write(await bucket.body(key), to: key) }
        return folder
    }
}
