internal import S3

/// A configuration file as it was read: the settings at its top level and its targets.
public struct ConfigurationDocument: Sendable {
    /// One group of settings: the values, and where each stands.
    struct Layer: Sendable {
        var values = SettingValues()
        var positions: [String: Position] = [:]
    }

    struct Target: Sendable {
        let name: String
        let layer: Layer
    }

    /// The file as it was named; nil where there is none.
    public let path: String?
    let common: Layer
    let targets: [Target]

    /// The names of the targets in the order of the file; empty where the file describes a single one.
    public var targetNames: [String] { targets.map(\.name) }

    /// No configuration file: nothing said.
    public static let empty = ConfigurationDocument(path: nil, common: Layer(), targets: [])

    /// Reads a configuration from a file on the disk.
    /// - Parameters:
    ///   - path: The file, as `ConfigurationFile.find` answers it.
    ///   - environment: For `${NAME}` in values, and for `~/` in paths.
    ///   - reserved: Names that no target may have: those of the commands.
    public static func load(
        path: String, environment: [String: String], reserved: Set<String> = []
    ) throws(ConfigurationError) -> ConfigurationDocument {
        try load(bytes: try ConfigurationFile.read(path), path: path, environment: environment, reserved: reserved)
    }

    /// Reads a configuration from text. `path` is named in errors, and relative paths in the text start at its folder.
    public static func load(
        text: String, path: String, environment: [String: String], reserved: Set<String> = []
    ) throws(ConfigurationError) -> ConfigurationDocument {
        try load(bytes: Array(text.utf8), path: path, environment: environment, reserved: reserved)
    }

    private static func load(
        bytes: [UInt8], path: String, environment: [String: String], reserved: Set<String>
    ) throws(ConfigurationError) -> ConfigurationDocument {
        let root: YAMLNode?
        do { root = try YAMLTree.parse(bytes, path: path) } catch { throw .faults([error]) }
        let folder = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[...$0]) } ?? ""
        var reader = SettingsReader(path: path, folder: folder, environment: environment)
        var common = Layer()
        var targets: [Target] = []
        if let root, !root.isAbsent {
            common.positions = reader.group(
                root, rows: SettingTable.rows, into: &common.values, others: [SettingTable.targetsKey],
                elsewhere: (SettingTable.ruleNames, "a rule (below `rules:`)"))
            if case .mapping(let entries) = root.content, let entry = entries.first(where: { $0.name == SettingTable.targetsKey }) {
                targets = reader.targets(entry.value, reserved: reserved)
            }
        }
        let document = ConfigurationDocument(path: path, common: common, targets: targets)
        document.noteSharedDestinations(&reader)
        guard reader.faults.isEmpty else { throw .faults(reader.faults.sorted { $0.position < $1.position }) }
        return document
    }

    /// The settings of a target: its own above those of the top level. Nil is the file without its targets.
    func layer(of target: Target?) -> Layer {
        guard let target else { return common }
        var merged = common
        for row in SettingTable.all where row.take(target.layer.values, &merged.values) {
            merged.positions[row.name] = target.layer.positions[row.name]
        }
        return merged
    }

    /// The places of the other targets of the file: their objects are never this target's to delete.
    func destinations(besides target: Target?) -> [BucketAddress] {
        targets.filter { $0.name != target?.name }.compactMap { other in
            layer(of: other).values.destination.flatMap { try? BucketAddress(destination: $0) }
        }
    }

    /// Two targets with the same bucket, folder and store would delete each other's objects.
    private func noteSharedDestinations(_ reader: inout SettingsReader) {
        var seen: [[String?]: String] = [:]
        for target in targets {
            let layer = layer(of: target)
            guard let destination = layer.values.destination, let address = try? BucketAddress(destination: destination) else { continue }
            // A web address brings its own store.
            let isPlain = destination.lowercased().hasPrefix("s3://")
            let place = [address.description, layer.values.endpointURL, layer.values.profile, isPlain ? nil : destination]
            if let first = seen.updateValue(target.name, forKey: place) {
                let position = target.layer.positions["destination"] ?? layer.positions["destination"] ?? Position(line: 1, column: 1)
                reader.note(position, .sameDestination(first, target.name))
            }
        }
    }
}

extension SettingsReader {
    /// Reads what stands below `targets:`.
    fileprivate mutating func targets(_ node: YAMLNode, reserved: Set<String>) -> [ConfigurationDocument.Target] {
        if node.isAbsent {
            note(node.position, .noTargets)
            return []
        }
        guard case .mapping(let entries) = node.content else {
            note(
                node.position,
                .wrongType(
                    SettingTable.targetsKey, expected: "a group of named targets (`photos:` and below it its settings)", found: node.kind))
            return []
        }
        if entries.isEmpty { note(node.position, .noTargets) }
        var targets: [ConfigurationDocument.Target] = []
        var lines: [String: Int] = [:]
        for entry in entries {
            if let first = lines[entry.name] {
                note(entry.position, .duplicateKey(entry.name, firstLine: first))
                continue
            }
            lines[entry.name] = entry.position.line
            if let problem = Self.problem(ofName: entry.name, reserved: reserved) {
                note(entry.position, .targetName(entry.name, problem))
            }
            var layer = ConfigurationDocument.Layer()
            if !entry.value.isAbsent {
                layer.positions = group(
                    entry.value, rows: SettingTable.rows, into: &layer.values,
                    elsewhere: (SettingTable.ruleNames.union([SettingTable.targetsKey]), "a rule, or the file's top level"))
            }
            targets.append(ConfigurationDocument.Target(name: entry.name, layer: layer))
        }
        return targets
    }

    /// A target's name is typed as the word of a command, so it looks like one.
    private static func problem(ofName name: String, reserved: Set<String>) -> String? {
        if reserved.contains(name) { return "it is the name of a command. Choose another" }
        let bytes = Array(name.utf8)
        let isWord = bytes.allSatisfy { 97...122 ~= $0 || 65...90 ~= $0 || 48...57 ~= $0 || ".-_".utf8.contains($0) }
        guard isWord, let first = bytes.first, !".-_".utf8.contains(first) else {
            return "it may hold letters, digits, “.”, “-” and “_”, and begins with a letter or digit"
        }
        return nil
    }
}
