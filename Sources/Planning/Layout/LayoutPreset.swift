/// A layout with a name.
public struct LayoutPreset: Sendable, Hashable {
    /// Its name.
    public let name: String
    /// Its template.
    public let template: String
    /// What it is for.
    public let help: String

    /// All presets: the layouts of the programs that this one replaces, as they were.
    public static let all: [LayoutPreset] = [
        LayoutPreset(
            name: "training-data",
            template: "{user}/custom_{type}/training_data/{item}/{type}_{id8}_td_{timestamp}_{index:02}.{ext}",
            help: "pictures that a model is trained with, numbered"),
        LayoutPreset(
            name: "source-image", template: "{user}/custom_{type}/source_image/{item}/{type}_{id8}_source_{timestamp}.{ext}",
            help: "the one picture that an item was made from"),
        LayoutPreset(name: "products", template: "products/{kind}/{category}/{slug}/{name}", help: "pictures of products"),
        LayoutPreset(name: "backgrounds", template: "backgrounds/{kind=scene|gradient|solid}/{name}", help: "backgrounds of three kinds"),
        LayoutPreset(
            name: "composites", template: "composites/{campaign}/{product}/{ratio}/{name}", help: "pictures of campaigns, by their shape"),
        LayoutPreset(
            name: "events", template: "events/{event}/media/{yyyy}/{mm}/{dd}/{time}_{micros}.{ext}",
            help: "media of events, by time of arrival"
        ),
        LayoutPreset(name: "product", template: "{product}/{name}", help: "a folder for each product"),
    ]

    /// The template that a setting means: a preset's where it is one's name, else the text itself.
    public static func template(_ text: String) -> String { all.first { $0.name == text }?.template ?? text }
}
