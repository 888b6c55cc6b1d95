import Configuration
import Foundation
import TestSupport

/// Python's jsonschema and PyYAML, where they are installed: in the project's environment for tests, else in the Python of the path.
enum SchemaJudge {
    private static let program = """
        import json, re, sys, jsonschema, yaml
        schema, texts = json.load(open(sys.argv[1]))
        validator = jsonschema.Draft7Validator(schema)
        jsonschema.Draft7Validator.check_schema(schema)
        loader = type("Loader", (yaml.SafeLoader,), {})
        # Dates, octal and sexagesimal numbers stay text, as in the YAML 1.2 that editors parse.
        loader.yaml_implicit_resolvers = {
            first: [rule for rule in rules if not rule[0].endswith(("timestamp", "int", "float"))]
            for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
        }
        loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile("^(0|[1-9][0-9]*)$"), list("0123456789"))
        print(json.dumps([validator.is_valid(yaml.load(text, loader)) for text in texts]))
        """

    /// A Python that has both, nil where none does.
    static func python() async throws -> String? {
        for python in [PackageFolder.path(".venv/bin/python"), "python3"]
        where try await Program.run([python, "-c", "import jsonschema, yaml"]).status == 0 { return python }
        return nil
    }

    /// True for each text that the schema accepts.
    static func judge(_ texts: [String]) async throws -> [Bool] {
        let folder = try TemporaryFolder("schema")
        let schema = try JSONSerialization.jsonObject(with: Data(SettingsSchema.text.utf8))
        try folder.write(try JSONSerialization.data(withJSONObject: [schema, texts]), to: "input")
        let run = try await Program.run([try await python() ?? "", "-c", program, folder.path("input")])
        guard run.status == 0 else { throw Failed(run: run) }
        return try JSONDecoder().decode([Bool].self, from: Data(run.output.utf8))
    }

    private struct Failed: Error {
        let run: Program.Run
    }
}
