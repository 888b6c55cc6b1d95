/// What the environment says, by the variables of the table, or by their old aliases. An empty variable is unset; two names that disagree are an
/// error.
struct EnvironmentSettings: Sendable {
    private(set) var values = SettingValues()
    /// The variable that spoke, by the setting's name.
    private(set) var names: [String: String] = [:]

    /// Reads the variables that `listed` takes from each row: `\.variables`, which rank above the file, or `\.aliases`, which rank below.
    init(
        _ environment: [String: String], _ listed: KeyPath<Setting<SettingValues>, [Setting<SettingValues>.Variable]> = \.variables
    ) throws(ConfigurationError) {
        for row in SettingTable.all {
            guard let parse = row.parse else { continue }
            var said: [String]?
            for variable in row[keyPath: listed] {
                guard let text = environment[variable.name].map({ $0[...].trimmingBlanks }), !text.isEmpty else { continue }
                do throws(BadValue) {
                    // An old name may say that nothing is wanted.
                    let translated = try variable.translate(text)
                    if translated.isEmpty { continue }
                    try parse(translated, &values)
                } catch {
                    throw .variable(name: variable.name, error.problem)
                }
                let now = row.text(values)
                if let said, let first = names[row.name], said != now { throw .conflictingVariables(first, variable.name) }
                if said == nil { names[row.name] = variable.name }
                said = now
            }
        }
    }
}
