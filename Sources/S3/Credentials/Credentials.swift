/// An access key with its secret, as a request is signed with it (AWS Signature Version 4).
///
/// Neither the secret nor the token appears in any description, debug description, dump or mirror, so that no log,
/// test failure or error message can leak them.
public struct Credentials: Sendable, Hashable {
    /// The public half: the access key's ID.
    public let accessKeyID: String
    /// The secret half; it signs and is never sent.
    public let secretAccessKey: String
    /// The token of temporary credentials, sent as `x-amz-security-token`.
    public let sessionToken: String?
    /// When temporary credentials end, in seconds since 1970-01-01T00:00:00Z; nil where they do not.
    public let expires: Int64?

    /// Creates credentials; an empty session token counts as none.
    public init(accessKeyID: String, secretAccessKey: String, sessionToken: String? = nil, expires: Int64? = nil) {
        self.accessKeyID = accessKeyID
        self.secretAccessKey = secretAccessKey
        self.sessionToken = sessionToken?.isEmpty == true ? nil : sessionToken
        self.expires = expires
    }

    /// The first four characters of the key's ID and an ellipsis: enough to tell two keys apart in a report.
    public var shortKeyID: String { accessKeyID.prefix(4) + "…" }
}

extension Credentials: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The short key ID only.
    public var description: String { "Credentials(\(shortKeyID))" }

    /// The short key ID only.
    public var debugDescription: String { description }

    /// A mirror without secrets, for `dump` and for the differences that a failing test prints.
    public var customMirror: Mirror {
        Mirror(
            self,
            children: [
                "accessKeyID": shortKeyID, "secretAccessKey": "redacted", "sessionToken": sessionToken == nil ? "none" : "redacted",
                "expires": expires as Any,
            ])
    }
}
