public import HTTP
public import Vocabulary

/// A signed address of one object.
public struct PresignedURL: Sendable, Hashable {
    /// The address; whoever has it may do what it was signed for.
    public let url: String
    /// When it stops being valid, in seconds since 1970 by the store's clock.
    public let expires: Int64

    /// Creates a signed address.
    public init(url: String, expires: Int64) {
        self.url = url
        self.expires = expires
    }
}

extension S3Client {
    /// The longest that a signature in a query may be valid, in seconds: seven days (AWS Signature Version 4, "Authenticating Requests: Using Query
    /// Parameters", X-Amz-Expires).
    public static let longestPresigning = 604_800

    /// Signs an address by which anyone may read or write an object. Nothing is sent.
    ///
    /// - Parameters:
    ///   - key: the object.
    ///   - method: GET, HEAD or PUT.
    ///   - seconds: how long the address is valid.
    ///   - overrides: the names and values of `response-…` parameters, which say with which headers a GET is answered (Amazon S3 API Reference, GetObject).
    ///   - headers: fields that the user of the address must send with these values.
    ///   - credentials: who signs.
    public func presign(
        _ key: Key, method: HTTPMethod, seconds: Int, overrides: [(name: String, value: String)] = [], headers: [HTTPHeader] = [],
        credentials: Credentials
    ) throws(S3Error) -> PresignedURL {
        let target = currentTarget
        let now = parts.clock.now() + target.clockDifference
        let query = overrides.sorted { $0.name < $1.name }.map { $0.name + "=" + PercentEncoding.query($0.value) }.joined(separator: "&")
        let url = target.objectURL + PercentEncoding.path(key.bytes) + (query.isEmpty ? "" : "?" + query)
        do throws(SigV4.Fault) {
            let signed = try target.signer.presign(
                method: method, url: url, headers: headers, expires: seconds, credentials: credentials, at: now)
            return PresignedURL(url: signed.url, expires: now + Int64(seconds))
        } catch {
            throw self.error(
                Call(operation: .getObject, method: method, key: key), .unsendable("the URL \(url) is not one that can be signed"))
        }
    }
}
