public import HTTP
internal import Digest
public import Vocabulary

/// AWS Signature Version 4 (AWS General Reference, "AWS Signature Version 4 for API requests"; for S3 the differences of the Amazon S3 API
/// Reference, "Authenticating Requests").
///
/// It signs the request that is sent: host, path and query are read from its URL. The moment is a parameter.
public struct SigV4: Sendable {
    /// How the path of the URL enters the signature.
    public enum PathRule: Sendable, Hashable {
        /// As it stands in the URL, encoded once and never normalised: S3.
        case asSent
        /// Percent-encoded once more, with dot segments and empty ones removed where `normalized`: every other service.
        case encodedAgain(normalized: Bool)
    }

    /// What is signed of the content.
    public enum Payload: Sendable, Hashable {
        /// Its SHA-256, which the server checks.
        case sha256(SHA256)
        /// Nothing: `UNSIGNED-PAYLOAD`.
        case unsigned

        var text: String {
            switch self {
            case .sha256(let digest): digest.hex
            case .unsigned: "UNSIGNED-PAYLOAD"
            }
        }
    }

    /// What each stage of a signature produced, for tests and for explaining a refusal.
    public struct Stages: Sendable, Hashable {
        /// The canonical request.
        public let canonicalRequest: String
        /// The string to sign.
        public let stringToSign: String
        /// The signature, 64 hexadecimal digits.
        public let signature: String
    }

    /// The region in the credential scope.
    public let region: String
    /// The service in the credential scope: `s3`, `sts`.
    public let service: String
    /// The rule for the path.
    public let pathRule: PathRule
    /// True where the payload's hash is sent as `x-amz-content-sha256`, as S3 demands.
    public let sendsContentHash: Bool
    /// False where the session token is added after signing, unsigned, as a few services want it.
    public var signsSessionToken = true

    private let cache: SigningKeyCache

    /// The flavour of S3: the path as sent, the content's hash in a header.
    public static func s3(region: String) -> SigV4 { SigV4(region: region, service: "s3", pathRule: .asSent, sendsContentHash: true) }

    /// The flavour of every other service.
    public static func generic(region: String, service: String, normalized: Bool = true, sendsContentHash: Bool = false) -> SigV4 {
        SigV4(region: region, service: service, pathRule: .encodedAgain(normalized: normalized), sendsContentHash: sendsContentHash)
    }

    /// The same for another region, with the same cache of keys.
    public func with(region: String) -> SigV4 {
        SigV4(
            region: region, service: service, pathRule: pathRule, sendsContentHash: sendsContentHash, signsSessionToken: signsSessionToken,
            cache: cache)
    }

    private init(
        region: String, service: String, pathRule: PathRule, sendsContentHash: Bool, signsSessionToken: Bool = true,
        cache: SigningKeyCache = SigningKeyCache()
    ) {
        self.region = region
        self.service = service
        self.pathRule = pathRule
        self.sendsContentHash = sendsContentHash
        self.signsSessionToken = signsSessionToken
        self.cache = cache
    }
}

extension SigV4 {
    /// Why a request cannot be signed.
    public enum Fault: Error, Sendable, Hashable {
        /// The URL is not `scheme://host…`.
        case url
    }

    /// Adds `X-Amz-Date`, where needed `x-amz-security-token` and `x-amz-content-sha256`, and `Authorization`.
    ///
    /// `unixSeconds` is the moment in seconds since 1970-01-01T00:00:00Z. Every header of the request is signed, except those that clients and
    /// proxies set or change on the way (User-Agent, Expect, Connection, Accept-Encoding, Transfer-Encoding, X-Amzn-Trace-Id).
    @discardableResult
    public func sign(
        _ request: inout HTTPRequest, payload: Payload, credentials: Credentials, at unixSeconds: Int64
    ) throws(Fault) -> SignedParts {
        guard let parts = URLParts(request.url) else { throw .url }
        let date = SigningDate(unixSeconds: unixSeconds)
        let payloadText = payload.text
        let given = request.headers.count
        if let token = credentials.sessionToken, signsSessionToken { request.headers.append(HTTPHeader("X-Amz-Security-Token", token)) }
        request.headers.append(HTTPHeader("X-Amz-Date", date.text))
        if sendsContentHash { request.headers.append(HTTPHeader("x-amz-content-sha256", payloadText)) }
        let canonical = CanonicalRequest(
            method: request.method, parts: parts, headers: request.headers, payload: payloadText, path: pathRule)
        let key = cache.key(secret: credentials.secretAccessKey, day: date.day, region: region, service: service)
        let signed = SignedParts(canonical: canonical, date: date, key: key)
        if let token = credentials.sessionToken, !signsSessionToken {
            request.headers.insert(HTTPHeader("X-Amz-Security-Token", token), at: given)
        }
        request.headers.append(HTTPHeader("Authorization", authorization(credentials.accessKeyID, key.scope, canonical, signed.signature)))
        return signed
    }

    private func authorization(_ keyID: String, _ scope: String, _ canonical: CanonicalRequest, _ signature: String) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(384)
        text.append(contentsOf: "AWS4-HMAC-SHA256 Credential=".utf8)
        text.append(contentsOf: keyID.utf8)
        text.append(UInt8(ascii: "/"))
        text.append(contentsOf: scope.utf8)
        text.append(contentsOf: ", SignedHeaders=".utf8)
        text.append(contentsOf: canonical.bytes[canonical.signedHeaders])
        text.append(contentsOf: ", Signature=".utf8)
        text.append(contentsOf: signature.utf8)
        return String(decoding: text, as: UTF8.self)
    }

    /// A URL that carries its own signature in the query and is valid for `expires` seconds (at most 604,800 on AWS).
    ///
    /// `headers` are those that the user of the URL must send; Host is always signed.
    public func presign(
        method: HTTPMethod, url: String, headers: [HTTPHeader] = [], payload: Payload = .unsigned, expires: Int, credentials: Credentials,
        at unixSeconds: Int64
    ) throws(Fault) -> Presigned {
        guard let parts = URLParts(url) else { throw .url }
        let date = SigningDate(unixSeconds: unixSeconds)
        let key = cache.key(secret: credentials.secretAccessKey, day: date.day, region: region, service: service)
        let names = CanonicalRequest(method: method, parts: parts, headers: headers, payload: "", path: pathRule).signedHeaderNames
        var query: [(name: String, value: String)] = [
            ("X-Amz-Algorithm", "AWS4-HMAC-SHA256"), ("X-Amz-Credential", credentials.accessKeyID + "/" + key.scope),
            ("X-Amz-Date", date.text), ("X-Amz-SignedHeaders", names), ("X-Amz-Expires", String(expires)),
        ]
        if let token = credentials.sessionToken, signsSessionToken { query.append(("X-Amz-Security-Token", token)) }
        let canonical = CanonicalRequest(
            method: method, parts: parts, extraQuery: query, headers: headers, payload: payload.text, path: pathRule)
        let signed = SignedParts(canonical: canonical, date: date, key: key)
        if let token = credentials.sessionToken, !signsSessionToken { query.append(("X-Amz-Security-Token", token)) }
        query.append(("X-Amz-Signature", signed.signature))
        let text = query.map { $0.name + "=" + PercentEncoding.query($0.value) }.joined(separator: "&")
        return Presigned(url: url + (parts.query.isEmpty ? url.hasSuffix("?") ? "" : "?" : "&") + text, parts: signed)
    }

    /// A presigned URL with the stages of its signature.
    public struct Presigned: Sendable {
        /// The URL. It is a secret until it expires.
        public let url: String
        /// The stages.
        public let parts: SignedParts
    }

    /// The stages of one signature, as bytes; text is made of them only where it is asked for.
    public struct SignedParts: Sendable {
        private let canonical: [UInt8]
        private let toSign: [UInt8]
        /// The signature, 64 hexadecimal digits.
        public let signature: String

        init(canonical: CanonicalRequest, date: SigningDate, key: SigningKey) {
            self.canonical = canonical.bytes
            var text: [UInt8] = []
            text.reserveCapacity(160)
            text.append(contentsOf: "AWS4-HMAC-SHA256\n".utf8)
            text.append(contentsOf: date.text.utf8)
            text.append(UInt8(ascii: "\n"))
            text.append(contentsOf: key.scope.utf8)
            text.append(UInt8(ascii: "\n"))
            text.append(contentsOf: SHA256.digest(of: canonical.bytes).hex.utf8)
            toSign = text
            signature = key.signature(of: text)
        }

        /// Each stage as text.
        public var stages: Stages {
            Stages(
                canonicalRequest: String(decoding: canonical, as: UTF8.self), stringToSign: String(decoding: toSign, as: UTF8.self),
                signature: signature)
        }
    }
}
