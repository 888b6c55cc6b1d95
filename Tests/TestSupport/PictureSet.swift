internal import Foundation

/// Pictures of all kinds, drawn by Pillow, and Pillow's judgement on what is made of them.
package struct PictureSet: Sendable {
    /// What Pillow says of a file.
    package struct Facts: Decodable, Sendable {
        package let path: String
        package let error: String?
        package let width: Int?
        package let height: Int?
        package let format: String?
        package let mode: String?
        package let frames: Int?
        package let orientation: Int?
        package let icc: Int?
        package let artist: String?
        package let copyright: String?
        package let make: String?
        package let taken: String?
        package let offset: String?
        package let gps: Bool?
    }

    /// What is to be compared: `made` with what Pillow would make of `original` at its size.
    package struct Task: Encodable, Sendable {
        package let original: String
        package let made: String
        package let fill: Bool
        /// The colour that both are laid over before they are compared, such as `#ffffff`.
        package let background: String?

        package init(original: String, made: String, fill: Bool = false, background: String? = nil) {
            self.original = original
            self.made = made
            self.fill = fill
            self.background = background
        }
    }

    /// How alike two pictures are.
    package struct Verdict: Decodable, Sendable {
        package let width: Int
        package let height: Int
        package let mode: String
        package let format: String
        /// Peak signal to noise, in dB; 99 where all is equal.
        package let psnr: Double
        /// Structural similarity, 1 where all is equal.
        package let ssim: Double
    }

    private let folder: TemporaryFolder

    /// Drawn once for a test process.
    package static let shared = _Concurrency.Task { try await PictureSet() }

    private init() async throws {
        folder = try TemporaryFolder("pictures")
        _ = try await Self.python(["make", folder.path])
    }

    /// The path of a picture, by its name in Tests/Pictures/pictures.py.
    package func path(_ name: String) -> String { folder.path(name) }

    /// The bytes of a picture.
    package func bytes(_ name: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(filePath: path(name)))) }

    /// What Pillow says of files.
    package static func facts(_ paths: [String]) async throws -> [Facts] {
        try JSONDecoder().decode([Facts].self, from: Data(try await python(["facts"] + paths).utf8))
    }

    /// Has Pillow compare.
    package static func judge(_ tasks: [Task]) async throws -> [Verdict] {
        let scratch = try TemporaryFolder("judge")
        try scratch.write([UInt8](try JSONEncoder().encode(tasks)), to: "tasks.json")
        return try JSONDecoder().decode([Verdict].self, from: Data(try await python(["judge", scratch.path("tasks.json")]).utf8))
    }

    private static func python(_ words: [String]) async throws -> String {
        let run = try await Program.run(
            [PackageFolder.path(".venv/bin/python"), "-B", PackageFolder.path("Tests/Pictures/pictures.py")] + words)
        guard run.status == 0 else { throw LineProcess.Broken(description: "\(run)") }
        return run.output
    }
}
