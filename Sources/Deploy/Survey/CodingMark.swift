internal import HTTP
internal import Planning
internal import S3
internal import Source
internal import Vocabulary

/// What an object's metadata says of how its bytes were coded. Releases of a library may code the same file to other bytes; by this a machine
/// sees that another one's are of its own file, and sends nothing.
struct CodingMark {
    /// SHA-256 of the file before it was coded.
    let source: SHA256
    /// The compressor's recipe: method and library.
    let recipe: String

    static let sourceName = "galleria-source"
    static let recipeName = "galleria-coding"

    /// The mark of an object; nil where it has none.
    init?(_ head: ObjectHead) {
        guard let source = head.metadata[Self.sourceName].flatMap({ SHA256(hex: $0) }), let recipe = head.metadata[Self.recipeName] else {
            return nil
        }
        self.source = source
        self.recipe = recipe
    }

    /// True where what made the object differs from a coding of this program in the library's release at most.
    func isMade(by coding: ContentCoding) -> Bool {
        recipe.prefix { $0 != " " } == CodedContent.method(coding)
    }

    /// The header fields that mark an object with this content.
    static func headers(of content: Content) -> [HTTPHeader] {
        guard let coded = content.coded else { return [] }
        return [
            HTTPHeader(HeaderSet.metadataPrefix + sourceName, coded.sourceSHA256.hex),
            HTTPHeader(HeaderSet.metadataPrefix + recipeName, coded.recipe),
        ]
    }
}

extension ContentReader {
    /// The same reader, coding what the header rules want coded.
    func coding(by rules: HeaderRules) -> ContentReader {
        rules.mayCode ? coding { rules.coding(of: $0) } : self
    }
}
