internal import Foundation

/// Python's gzip and Brotli, which share no code with ours.
package enum PythonCoder {
    /// The content of coded bytes. `coding` is the value of a `content-encoding`.
    package static func decode(_ bytes: [UInt8], _ coding: String) async throws -> [UInt8] {
        try await run(bytes, coding == "br" ? "brotli.decompress(data)" : "gzip.decompress(data)")
    }

    /// The same content coded otherwise than we do: at the lowest level.
    package static func encode(_ bytes: [UInt8], _ coding: String) async throws -> [UInt8] {
        try await run(bytes, coding == "br" ? "brotli.compress(data, quality=0)" : "gzip.compress(data, 1, mtime=1)")
    }

    private static func run(_ bytes: [UInt8], _ expression: String) async throws -> [UInt8] {
        let folder = try TemporaryFolder("coder")
        try Data(bytes).write(to: URL(filePath: folder.path("in")))
        let script =
            "import brotli, gzip, sys; data = open(sys.argv[1], 'rb').read(); open(sys.argv[2], 'wb').write(\(expression))"
        let run = try await Program.run(
            [PackageFolder.path(".venv/bin/python"), "-B", "-c", script, folder.path("in"), folder.path("out")])
        guard run.status == 0, let data = FileManager.default.contents(atPath: folder.path("out")) else {
            throw LineProcess.Broken(description: "\(run)")
        }
        return [UInt8](data)
    }
}
