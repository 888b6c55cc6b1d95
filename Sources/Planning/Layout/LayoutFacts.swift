public import Vocabulary

/// What one file tells a layout.
public struct LayoutFacts: Sendable {
    /// The path below the source.
    public var path: Key
    /// The capture time after correction.
    public var taken: LayoutTime?
    /// The camera's maker.
    public var make: String?
    /// The camera's model.
    public var model: String?
    /// Both, as people name a camera.
    public var camera: String?
    /// SHA-256 of the deployed bytes.
    public var sha256: SHA256?
    /// What its path tells of the layout's own variables.
    public var own: [String: String] = [:]
    /// When it was first seen, in microseconds since 1970.
    public var seen: Int64 = 0

    /// A file of which nothing but its path is known.
    public init(path: Key) { self.path = path }
}

extension LayoutFacts {
    /// The folders, the name, and the name's two halves.
    var pathParts: (dir: String, name: String, stem: String, ext: String) {
        let text = path.string
        let slash = text.utf8.lastIndex(of: UInt8(ascii: "/"))
        let dir = slash.map { String(text[..<$0]) } ?? ""
        let name = slash.map { String(text[text.utf8.index(after: $0)...]) } ?? text
        guard let dot = name.utf8.lastIndex(of: UInt8(ascii: ".")), dot != name.startIndex else { return (dir, name, name, "") }
        return (dir, name, String(name[..<dot]), String(name[name.utf8.index(after: dot)...]))
    }
}
