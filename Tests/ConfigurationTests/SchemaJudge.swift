import Configuration
import Foundation

/// Python's jsonschema and PyYAML, where they are installed: in the project's environment for tests, else in the Python of the path.
enum SchemaJudge {
    private static let program = """
        import json, re, sys, jsonschema, yaml
        schema, texts = json.load(sys.stdin)
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

    private static let python: String? = {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        return [root.appending(path: ".venv/bin/python").path, "python3"].first { python in
            (try? run(python, ["-c", "import jsonschema, yaml"], input: Data()))?.status == 0
        }
    }()

    static var exists: Bool { python != nil }

    /// True for each text that the schema accepts.
    static func judge(_ texts: [String]) throws -> [Bool] {
        let schema = try JSONSerialization.jsonObject(with: Data(SettingsSchema.text.utf8))
        let (status, output) = try run(python ?? "", ["-c", program], input: try JSONSerialization.data(withJSONObject: [schema, texts]))
        guard status == 0, let verdicts = try JSONSerialization.jsonObject(with: output) as? [Bool] else {
            throw CocoaError(.fileReadUnknown)
        }
        return verdicts
    }

    private static func run(_ path: String, _ arguments: [String], input: Data) throws -> (status: Int32, output: Data) {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [path] + arguments
        let (stdin, stdout) = (Pipe(), Pipe())
        process.standardInput = stdin
        process.standardOutput = stdout
        process.standardError = FileHandle.nullDevice
        try process.run()
        try stdin.fileHandleForWriting.write(contentsOf: input)
        try stdin.fileHandleForWriting.close()
        let output = try stdout.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (process.terminationStatus, output)
    }
}
