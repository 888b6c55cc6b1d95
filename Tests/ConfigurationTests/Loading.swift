import Configuration

/// Loads a text as `conf/galleria-deploy.yml`.
func load(
    _ text: String, environment: [String: String] = [:], reserved: Set<String> = []
) throws(ConfigurationError) -> ConfigurationDocument {
    try ConfigurationDocument.load(text: text, path: "conf/galleria-deploy.yml", environment: environment, reserved: reserved)
}

/// The settings of a text's only target.
func settings(_ text: String, flags: SettingValues = SettingValues(), environment: [String: String] = [:]) throws -> TargetSettings {
    let all = try TargetSelection.resolve(try load(text, environment: environment), flags: flags, environment: environment)
    guard let first = all.first, all.count == 1 else { throw NotOneTarget(count: all.count) }
    return first
}

struct NotOneTarget: Error {
    let count: Int
}

/// What went wrong with a text, as the user reads it; nil where nothing did.
func complaint(_ text: String, environment: [String: String] = [:], reserved: Set<String> = []) -> String? {
    do throws(ConfigurationError) {
        let document = try load(text, environment: environment, reserved: reserved)
        _ = try TargetSelection.resolve(document, environment: environment)
        return nil
    } catch { return error.description }
}
