internal import ArgumentParser
internal import Configuration
internal import Planning

/// How files are named in the bucket.
struct NameArguments: ParsableArguments {
    @Option(help: ArgumentHelp("How keys write characters that Unicode writes in two ways: keep (the default) or nfc.", valueName: "form"))
    var unicode: KeyNaming.Spelling?

    @Option(help: ArgumentHelp("How keys write letters: keep (the default) or lower.", valueName: "case"))
    var keyCase: KeyNaming.LetterCase?

    @Option(
        help: ArgumentHelp(
            "How files are named: a preset (see layout list), or a template such as '{taken:yyyy/MM}/{name}'.", valueName: "layout"))
    var layout: String?

    @Option(
        help: ArgumentHelp(
            "What paths below the source look like, to tell the layout's own variables: '{kind}/{slug}/{name}'.", valueName: "template"))
    var layoutFrom: String?

    @Option(parsing: .singleValue, help: ArgumentHelp("Set a variable of the layout: user=ada. May be repeated.", valueName: "name=value"))
    var set: [String] = []

    @Option(help: ArgumentHelp("A CSV, JSON or YAML file of paths, keys, metadata and tags, above the layout.", valueName: "file"))
    var map: String?

    /// Adds what the options say.
    func fill(_ values: inout SettingValues) throws {
        values.unicode = unicode
        values.keyCase = keyCase
        values.map = map
        do throws(ConfigurationError) { try values.readLayout(layout, paths: layoutFrom, setting: set) } catch { throw Fault(error) }
    }
}
