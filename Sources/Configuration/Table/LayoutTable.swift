extension SettingTable {
    /// What gives files other keys than their paths.
    static let layout: [Setting<SettingValues>] = [
        Setting(
            "layout", \.layout, .layout, .layout,
            help:
                "How files are named in the bucket: a preset's name, or a template of text and variables that files tell. Two files with one key are an "
                + "error. `galleria-deploy layout list` prints presets and variables.",
            example: "\"{taken:yyyy/MM/dd|undated}/{name}\"", flag: "--layout", variables: [own("LAYOUT")]),
        Setting(
            "layout-from", \.layoutFrom, .pathTemplate, .layout,
            help:
                "What paths below the source look like, so that they tell the layout's own variables. A file of another path is an error.",
            example: "\"{kind}/{category}/{slug}/{name}\"", flag: "--layout-from", variables: [own("LAYOUT_FROM")]),
        Setting(
            "set", \.layoutValues, .pairs(of: .layoutValue), .layout,
            help: "Values of the layout's own variables. Those of the command line join those of the file, and rank above them.",
            example: "[user=ada, type=bag]", flag: "--set",
            joining: { above, below in above + below.filter { item in !above.contains { $0.name == item.name } } }),
        Setting(
            "map", \.map, .path("a file"), .layout,
            help: "A CSV, JSON or YAML file of paths, keys, metadata and tags. Such keys stand above the layout.",
            example: "keys.csv", flag: "--map", variables: [own("MAP")]),
    ]
}
