extension SettingValues {
    /// Takes over what options say of a layout, as the file would say it; errors name the option.
    public mutating func readLayout(_ layout: String?, paths: String?, setting items: [String]) throws(ConfigurationError) {
        func read<Value>(_ text: String, _ form: Form<Value>, _ flag: String) throws(ConfigurationError) -> Value? {
            do throws(BadValue) { return try form.parse?(text) } catch { throw .variable(name: flag, error.problem) }
        }
        self.layout = try layout.flatMap { text throws(ConfigurationError) in try read(text, .layout, "--layout") }
        layoutFrom = try paths.flatMap { text throws(ConfigurationError) in try read(text, .pathTemplate, "--layout-from") }
        var values: [NameAndValue] = []
        for item in items {
            guard let value = try read(item, .layoutValue, "--set") else { continue }
            values.append(value)
        }
        guard !values.isEmpty else { return }
        do throws(BadValue) { layoutValues = try Form<[NameAndValue]>.check(values, .max) } catch {
            throw .variable(name: "--set", error.problem)
        }
    }
}
