public import Vocabulary

extension PlanRefusal {
    /// Two of which one is a picture made of a photo, that would become one object.
    public struct PictureCollision: Sendable, Hashable {
        /// What would become the object.
        public enum Source: Sendable, Hashable {
            /// The file at this path below the source.
            case file(Key)
            /// The picture that a key template of the settings makes of the photo at this path.
            case picture(of: Key, template: String)
        }

        /// The object's path below the prefix.
        public let key: Key
        /// The one.
        public let first: Source
        /// The other.
        public let second: Source

        /// Creates a collision.
        public init(key: Key, first: Source, second: Source) {
            self.key = key
            self.first = first
            self.second = second
        }

        /// What would become what.
        var words: String { "\(key.string.escapedForTerminal) (\(first.words), \(second.words))" }
    }

    static func words(_ collisions: [PictureCollision]) -> String {
        "refused: \(collisions.count == 1 ? "a picture" : "\(collisions.count) pictures") of `derivatives` would get the key of another: "
            + collisions.prefix(3).map(\.words).joined(separator: "; ") + (collisions.count > 3 ? "; …" : "")
            + ". Nothing was sent. Write {dir} or {ext} into the key, or narrow the pattern with `path`."
    }
}

extension PlanRefusal.PictureCollision.Source {
    fileprivate var words: String {
        switch self {
        case .file(let path): "the file \(path.string.escapedForTerminal)"
        case .picture(let photo, let template): "made of \(photo.string.escapedForTerminal) by \(template.escapedForTerminal)"
        }
    }
}
