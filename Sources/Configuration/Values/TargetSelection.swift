/// Which of a configuration's targets a command works on, and with which settings.
public enum TargetSelection {
    /// Resolves the settings of the targets that a command works on: flag > environment > file > default.
    ///
    /// | the file | the command line | answered |
    /// |---|---|---|
    /// | none, or one without `targets:` | no target named | one, without a name |
    /// | with `targets:` | nothing named | all, in the order of the file |
    /// | with `targets:` | targets named | those, in the order of the file |
    /// | with `targets:` | a destination | one, without a name, with the settings of the file's top level |
    ///
    /// - Parameters:
    ///   - document: The file, or `.empty`.
    ///   - names: The targets that the command line names.
    ///   - flags: What the options say; only what was given.
    ///   - environment: The environment.
    public static func resolve(
        _ document: ConfigurationDocument, names: [String] = [], flags: SettingValues = SettingValues(), environment: [String: String]
    ) throws(ConfigurationError) -> [TargetSettings] {
        for name in names where !document.targetNames.contains(name) {
            throw .noTarget(
                name, known: document.targetNames, nearest: NearestName.nearest(to: name, among: document.targetNames))
        }
        let variables = try EnvironmentSettings(environment)
        let aliases = try EnvironmentSettings(environment, \.aliases)
        let isAdHoc = document.targets.isEmpty || (names.isEmpty && flags.destination != nil)
        let chosen: [ConfigurationDocument.Target?] =
            isAdHoc ? [nil] : document.targets.filter { names.isEmpty || names.contains($0.name) }
        if chosen.count > 1 {
            // What is meant for one place would send every target there.
            for row in SettingTable.all where ["source", "destination"].contains(row.name) {
                if let name = variables.names[row.name] {
                    throw .variableForSeveralTargets(name: name, targets: chosen.compactMap { $0?.name })
                }
            }
            if flags.source != nil {
                throw .contradiction("a source on the command line needs a destination beside it, or one target's name.")
            }
        }
        var settings: [TargetSettings] = []
        for target in chosen { settings.append(try merge(document, target, flags, variables, aliases)) }
        return settings
    }

    /// What options and environment say where no file could be read: enough to tell someone so.
    public static func withoutFile(flags: SettingValues, environment: [String: String]) -> SettingValues {
        guard var values = (try? EnvironmentSettings(environment))?.values else { return flags }
        for row in SettingTable.all { _ = row.take(flags, &values) }
        return values
    }

    private static func merge(
        _ document: ConfigurationDocument, _ target: ConfigurationDocument.Target?, _ flags: SettingValues,
        _ variables: EnvironmentSettings, _ aliases: EnvironmentSettings
    ) throws(ConfigurationError) -> TargetSettings {
        let layer = document.layer(of: target)
        var values = layer.values
        var origins: [String: SettingOrigin] = [:]
        for row in SettingTable.all {
            if row.text(layer.values) != nil, let position = layer.positions[row.name], let path = document.path {
                origins[row.name] = .file(path: path, position)
            }
            if row.text(values) == nil, row.take(aliases.values, &values), let name = aliases.names[row.name] {
                origins[row.name] = .variable(name)
            }
            if row.take(variables.values, &values), let name = variables.names[row.name] { origins[row.name] = .variable(name) }
            if row.take(flags, &values) { origins[row.name] = .flag(row.facts.flag ?? "--" + row.name) }
        }
        let settings = TargetSettings(
            target: target?.name, file: document.path, values: values, origins: origins, others: document.destinations(besides: target))
        try settings.checkCorrections()
        try settings.checkCodings()
        return settings
    }
}
