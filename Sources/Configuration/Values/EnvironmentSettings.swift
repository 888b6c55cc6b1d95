/// What the environment says, by the variables of the table. An empty variable is unset.
struct EnvironmentSettings: Sendable {
    private(set) var values = SettingValues()
    /// The variable that spoke, by the setting's name.
    private(set) var names: [String: String] = [:]

    init(_ environment: [String: String]) throws(ConfigurationError) {
        for row in SettingTable.all {
            guard let parse = row.parse else { continue }
            var said: [String]?
            for variable in row.variables {
                guard let text = environment[variable.name].map({ $0[...].trimmingBlanks }), !text.isEmpty else { continue }
                do throws(BadValue) { try parse(try variable.translate(text), &values) } catch {
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
