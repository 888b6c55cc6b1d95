internal import HTTP
internal import S3
internal import Vocabulary

/// Everything that a HEAD tells of an object, as `stat` and `ls --metadata` print it.
struct ObjectDetails {
    let key: Key
    let head: ObjectHead

    /// The header fields that say how the object is delivered and kept, by their names in lower case.
    static let shown = [
        "content-type", "cache-control", "content-disposition", "content-encoding", "content-language", "expires", "x-amz-storage-class",
        "x-amz-version-id", "x-amz-server-side-encryption", "x-amz-server-side-encryption-aws-kms-key-id",
        "x-amz-server-side-encryption-customer-algorithm", "x-amz-website-redirect-location", "x-amz-tagging-count",
    ]

    /// The fields that there are.
    var fields: [(name: String, value: String)] { Self.shown.compactMap { name in head.header(name).map { (name, $0) } } }

    /// The metadata without the hash, which is told by itself.
    var metadata: [String: String] { head.metadata.filter { $0.key != "sha256" } }

    /// Adds all of it to a row.
    func fill(_ row: inout JSONRow) {
        row.add("content_type", head.header("content-type"))
        row.add("cache_control", head.header("cache-control"))
        row.add("content_disposition", head.header("content-disposition"))
        row.add("content_encoding", head.header("content-encoding"))
        row.add("content_language", head.header("content-language"))
        row.add("version_id", head.header("x-amz-version-id"))
        row.add("encryption", head.header("x-amz-server-side-encryption") ?? head.header("x-amz-server-side-encryption-customer-algorithm"))
        row.add("sha256", head.sha256?.hex)
        row.add("metadata", metadata)
    }
}
