/// What a validator that is not ours says of JSON and a schema in docs/.
package enum SchemaVerdict {
    /// Judges a text by `docs/NAME.schema.json`: status 0 where it fits, 1 and the reasons where it does not. With `lines` each line is a document.
    package static func on(_ text: String, by schema: String, lines: Bool = false) async throws -> Program.Run {
        let folder = try TemporaryFolder("schema")
        try folder.write(text, to: "document")
        return try await Program.run(
            [
                PackageFolder.path(".venv/bin/python"), "-B", PackageFolder.path("Tests/Servers/schema.py"),
                PackageFolder.path("docs/\(schema).schema.json"), folder.path("document"),
            ] + (lines ? ["lines"] : []))
    }
}
