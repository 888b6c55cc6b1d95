public import Photo
public import Vocabulary

/// What the photo engine did to one photo, for the report.
public struct PhotoNote: Sendable {
    /// The photo's path.
    public let path: Key
    /// What was done, or why nothing was.
    public let rewrite: PhotoRewrite

    init(path: Key, _ rewrite: PhotoRewrite) {
        self.path = path
        self.rewrite = rewrite
    }
}
