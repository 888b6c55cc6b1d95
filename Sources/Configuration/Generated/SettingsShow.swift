public import S3
internal import Vocabulary

/// What `config show` prints: every setting's effective value, and where it comes from.
public struct SettingsShow: Sendable {
    /// One setting.
    public struct Row: Sendable, Hashable {
        /// The key in the file.
        public let name: String
        /// The value as text of the file, one text for each item of a list; empty where nothing holds.
        public let values: [String]
        /// Where it comes from: `--jobs`, `GALLERIA_JOBS`, `galleria-deploy.yml:12`, `default`.
        public let origin: String
    }

    /// The target's name; nil for the only one, without a name.
    public let target: String?
    /// The configuration file; nil where there is none.
    public let file: String?
    /// Every setting, in the order of the manual.
    public let rows: [Row]

    /// Gathers what holds.
    /// - Parameter place: What `PlaceResolver` found out from these settings, the environment and AWS's files; without it the settings of the
    ///   place are shown as said.
    public init(_ settings: TargetSettings, place: Place? = nil) {
        target = settings.target
        file = settings.file
        rows = SettingTable.all.map { row in
            if let (value, source) = place.flatMap({ Self.resolved(row.name, $0) }) {
                switch source {
                // The file's line says more than that it is the target's.
                case .target, .flag: break
                default: return Row(name: row.name, values: [value], origin: source.description)
                }
            }
            if let text = row.text(settings.values) {
                return Row(name: row.name, values: text, origin: settings.origin(of: row.name).description)
            }
            return Row(name: row.name, values: row.facts.standard.map { [$0] } ?? [], origin: SettingOrigin.standard.description)
        }
    }

    private static func resolved(_ name: String, _ place: Place) -> (String, SettingSource)? {
        switch name {
        case "destination": place.destination.map { ($0.value.description, $0.source) }
        case "endpoint-url": (place.endpoint.value.description, place.endpoint.source)
        case "region": (place.region.value, place.region.source)
        case "profile": (place.profile.value, place.profile.source)
        default: nil
        }
    }

    /// The settings as text: name, value, origin in columns; further items of a list below the first.
    public var text: String {
        var lines = ["# " + (file.map(\.escapedForTerminal) ?? "no configuration file") + (target.map { ", target \($0)" } ?? "")]
        let cells = rows.map { row in (row.name, row.values.map(\.escapedForTerminal), row.origin.escapedForTerminal) }
        let nameWidth = cells.map(\.0.count).max() ?? 0
        // One long value is not to push every origin off the screen.
        let valueWidth = min(44, cells.compactMap { $0.1.first?.count }.max() ?? 0)
        for (name, values, origin) in cells {
            lines.append(
                Self.padded(name, nameWidth) + "  " + Self.padded(values.first ?? "-", valueWidth) + "  " + (values.isEmpty ? "" : origin))
            for value in values.dropFirst() { lines.append(Self.padded("", nameWidth) + "  " + value) }
        }
        return lines.map { line in String(line[..<(line.lastIndex { $0 != " " }.map { line.index(after: $0) } ?? line.startIndex)]) }
            .joined(separator: "\n") + "\n"
    }

    /// Targets as JSON: `{"version": 1, "targets": [{"target", "file", "settings": {NAME: {"value", "origin"}}}]}`; a value is a text, a list of
    /// texts where the setting is a list, or null.
    public static func json(_ targets: [SettingsShow]) -> String {
        JSONValue.object([("version", .number(1)), ("targets", .array(targets.map(\.members)))]).text()
    }

    private var members: JSONValue {
        let settings = zip(rows, SettingTable.facts).map { row, facts in
            let value: JSONValue =
                switch facts.shape {
                case .list, .records, .group: .array(row.values.map(JSONValue.string))
                default: row.values.first.map(JSONValue.string) ?? .null
                }
            return (row.name, JSONValue.object([("value", value), ("origin", .string(row.origin))]))
        }
        return .object([
            ("target", target.map(JSONValue.string) ?? .null), ("file", file.map(JSONValue.string) ?? .null),
            ("settings", .object(settings)),
        ])
    }

    private static func padded(_ text: String, _ width: Int) -> String { text + String(repeating: " ", count: max(0, width - text.count)) }
}
