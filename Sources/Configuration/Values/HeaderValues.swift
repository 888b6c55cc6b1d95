public import Planning
public import Vocabulary

/// What objects are stored with: headers for browsers, and what the store does with them. Nil is unsaid.
public struct HeaderValues: Sendable, Hashable {
    /// `content-type`: instead of the one that the name tells.
    public var contentType: String?
    /// `cache-control`: how long browsers may keep it.
    public var cacheControl: String?
    /// `content-disposition`: shown or saved, and under which name.
    public var contentDisposition: String?
    /// `content-encoding`: how the content is compressed already.
    public var contentEncoding: String?
    /// `content-language`: the language it is in.
    public var contentLanguage: String?
    /// `redirect-location`: where a static website sends who asks for it.
    public var redirectLocation: String?
    /// `gzip`: text is coded so before it is sent.
    public var gzip: Bool?
    /// `brotli`: text is coded so before it is sent.
    public var brotli: Bool?
    /// `storage-class`: how it is stored.
    public var storageClass: String?
    /// `acl`: who may do what, as a canned access control list.
    public var acl: CannedACL?
    /// `tags`: the object's tags.
    public var tags: [NameAndValue]?
    /// `metadata`: what is told with it as `x-amz-meta-…`.
    public var metadata: [NameAndValue]?

    /// Nothing said.
    public init() {}

    /// The header fields of a PUT (Amazon S3 API Reference, PutObject).
    public var headerSet: HeaderSet {
        var set = HeaderSet()
        let plain = [
            ("content-type", contentType), ("cache-control", cacheControl), ("content-disposition", contentDisposition),
            ("content-encoding", contentEncoding), ("content-language", contentLanguage), ("x-amz-storage-class", storageClass),
            ("x-amz-acl", acl?.rawValue), ("x-amz-website-redirect-location", redirectLocation),
        ]
        for (name, value) in plain { if let value { set[name] = value } }
        if let tags { set["x-amz-tagging"] = tags.map { $0.name.urlEncoded + "=" + $0.value.urlEncoded }.joined(separator: "&") }
        for item in metadata ?? [] { set[HeaderSet.metadataPrefix + item.name] = item.value }
        return set
    }
}

extension HeaderValues {
    /// How text is coded, where anything is said of that.
    public var coding: HeaderRules.CodingChoice? {
        if brotli == true { return .coded(.brotli) }
        if gzip == true { return .coded(.gzip) }
        return gzip == nil && brotli == nil ? nil : .plain
    }

    /// What contradicts itself; nil where nothing does.
    var contradiction: String? {
        if gzip == true, brotli == true {
            return "`gzip: true` and `brotli: true` exclude each other: an object holds its content in one coding. Keep one."
        }
        if coding ?? .plain != .plain, contentEncoding != nil {
            return "`content-encoding` says that the files are coded already, and `gzip` or `brotli` would code them again. Keep one."
        }
        return nil
    }
}

/// One of the `headers`: a pattern, and what the files that it matches are stored with.
public struct HeaderRuleValues: Sendable, Hashable {
    /// `path`: a pattern for paths below the source; nil matches all.
    public var path: Glob?
    /// What is said of them.
    public var headers = HeaderValues()

    /// A rule that matches every file and says nothing.
    public init() {}
}

/// Who may do what with an object (Amazon S3 User Guide, "Canned ACL").
public enum CannedACL: String, Sendable, Hashable, CaseIterable {
    case `private`
    case publicRead = "public-read"
    case publicReadWrite = "public-read-write"
    case authenticatedRead = "authenticated-read"
    case awsExecRead = "aws-exec-read"
    case bucketOwnerRead = "bucket-owner-read"
    case bucketOwnerFullControl = "bucket-owner-full-control"
}

/// How objects are encrypted where they are stored (Amazon S3 User Guide, "Protecting data with encryption").
public enum ObjectEncryption: Sendable, Hashable {
    /// `AES256`: with the store's own keys.
    case store
    /// `aws:kms`: with a key of the key management service, its usual one where none is named.
    case managed(key: String?)
    /// `customer`: with a key that comes with each request.
    case customer
}

extension String {
    /// The text as it stands in a query: all but RFC 3986's unreserved characters percent-encoded.
    fileprivate var urlEncoded: String {
        utf8.map { byte in
            let isPlain = 65...90 ~= byte & 0xDF || 48...57 ~= byte || "-._~".utf8.contains(byte)
            let hex = String(byte, radix: 16, uppercase: true)
            return isPlain ? String(UnicodeScalar(byte)) : "%" + (hex.utf8.count == 1 ? "0" : "") + hex
        }.joined()
    }
}
