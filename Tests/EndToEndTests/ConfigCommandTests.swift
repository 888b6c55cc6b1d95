import Foundation
import TestSupport
import Testing

/// `config show`, `config schema` and `init`.
@Suite struct ConfigCommandTests {
    private func run(_ words: [String], in folder: TemporaryFolder, environment: [String: String] = [:]) async throws -> Program.Run {
        try await Program.run([Executable.path] + words, environment: environment, folder: folder.path)
    }

    @Test func showTellsWhereEachValueComesFrom() async throws {
        let folder = try TemporaryFolder("config")
        try folder.write("source: g\ndestination: s3://my-photos/2024\njobs: 4\nmax-delete: 5\n", to: "galleria-deploy.yml")
        try folder.write("", to: "below/x")
        let environment = ["GALLERIA_MAX_DELETE": "40%", "AWS_REGION": "eu-west-1"]
        let run = try await Program.run(
            [Executable.path, "config", "show", "--delete", "--clock-shift", "-4h"], environment: environment, folder: folder.path("below"))
        #expect(run.status == 0, "\(run)")
        let rows = Dictionary(
            run.output.split(separator: "\n").dropFirst().map { line in
                let cells = line.split(separator: /\s\s+/).map(String.init)
                return (cells[0], Array(cells.dropFirst()))
            }
        ) { first, _ in first }
        let file = folder.path("galleria-deploy.yml")
        #expect(rows["source"] == [folder.path("g"), "\(file):1"], "\(run)")
        #expect(rows["jobs"] == ["4", "\(file):3"])
        #expect(rows["max-delete"] == ["40%", "GALLERIA_MAX_DELETE"])
        #expect(rows["delete"] == ["true", "--delete"])
        #expect(rows["clock-shift"] == ["-4h", "--clock-shift"])
        #expect(rows["region"] == ["eu-west-1", "AWS_REGION"])
        #expect(rows["cors"] == ["require", "default"])
    }

    @Test func showAsJSONListsTheTargets() async throws {
        let folder = try TemporaryFolder("config")
        try folder.write(
            "targets:\n  a: {source: x, destination: s3://one-bucket}\n  b: {source: y, destination: s3://two-bucket, privacy: [gps, owner]}\n",
            to: "galleria-deploy.yml")
        let run = try await run(["config", "show", "--format", "json"], in: folder)
        #expect(run.status == 0, "\(run)")
        let document = try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
        let targets = try #require(document["targets"] as? [[String: Any]])
        #expect(targets.map { $0["target"] as? String } == ["a", "b"])
        let settings = try #require(targets[1]["settings"] as? [String: [String: Any]])
        #expect(settings["privacy"]?["value"] as? [String] == ["gps", "owner"])
        #expect(try await self.run(["config", "show", "b"], in: folder).output.contains("target b"))
        #expect(try await self.run(["config", "show", "c"], in: folder).status == 64)
    }

    @Test func theSchemaIsTheProjects() async throws {
        let run = try await run(["config", "schema"], in: try TemporaryFolder("config"))
        #expect(run.output == (try String(contentsOfFile: PackageFolder.path("docs/galleria-deploy.schema.json"), encoding: .utf8)))
    }

    @Test func initWritesAFileThatHolds() async throws {
        let folder = try TemporaryFolder("config")
        let run = try await run(["init", "my photos", "s3://my-photos/2024"], in: folder)
        #expect(run.status == 0, "\(run)")
        let shown = try await self.run(["config", "show"], in: folder)
        #expect(shown.output.contains("\(folder.path)/my photos") && shown.output.contains("s3://my-photos/2024"), "\(shown)")
        let written = try String(contentsOfFile: folder.path("galleria-deploy.yml"), encoding: .utf8)
        #expect(try await self.run(["init", "--print", "my photos", "s3://my-photos/2024"], in: folder).output == written)
        let again = try await self.run(["init"], in: folder)
        #expect(again.status == 5 && again.errors.contains("exists and is not written over"), "\(again)")
        #expect(try String(contentsOfFile: folder.path("galleria-deploy.yml"), encoding: .utf8) == written)
    }

    @Test func initRefusesWhatADeployWould() async throws {
        let folder = try TemporaryFolder("config")
        #expect(try await run(["init", "photos", "my-photos"], in: folder).status == 64)
        #expect(try await run(["init", "s3://my-photos", "photos"], in: folder).status == 64)
        #expect(!FileManager.default.fileExists(atPath: folder.path("galleria-deploy.yml")))
    }
}
