public import Photo
internal import Source
public import Vocabulary

/// What the photo engine did to one photo, for the report.
public struct PhotoNote: Sendable {
    /// The photo's path.
    public let path: Key
    /// What was done, or why nothing was.
    public let rewrite: PhotoRewrite
    /// True where the deployed bytes are not the photo's own.
    public let isRewritten: Bool

    init?(_ path: Key, _ content: Content) {
        guard let photo = content.photo else { return nil }
        self.path = path
        rewrite = photo
        isRewritten = content.isRewritten
    }
}
