/// A method that S3's CORS rules know (Amazon S3 API Reference, CORSRule).
public enum CORSMethod: String, Sendable, Hashable, CaseIterable {
    case get = "GET"
    case head = "HEAD"
    case put = "PUT"
    case post = "POST"
    case delete = "DELETE"
}

/// What a deploy does about the bucket's CORS rules before anything is sent.
public enum CORSPolicy: String, Sendable, Hashable, CaseIterable {
    /// They are read, and a deploy stops (exit 3) where they do not let browsers read the gallery.
    case require
    /// They are read, and a deploy warns.
    case warn
    /// They are not read.
    case off
}
