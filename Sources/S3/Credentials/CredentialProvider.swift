/// Answers the credentials that requests are signed with, anew whenever it is asked: providers of temporary ones renew them before they end.
public protocol CredentialProvider: Sendable {
    /// Credentials that are valid now.
    func credentials() async throws(CredentialError) -> Credentials

    /// The credentials, where they never change; nil where one has to ask.
    var unchanging: Credentials? { get }

    /// Tells that the server refused `credentials` as expired (`ExpiredToken`), so that the next call answers others where it can.
    func invalidate(_ credentials: Credentials) async
}

extension CredentialProvider {
    /// Nil: to be asked for each time.
    public var unchanging: Credentials? { nil }

    /// Does nothing: credentials that are always the same cannot be renewed.
    public func invalidate(_ credentials: Credentials) async {}
}

/// Credentials that never change.
public struct StaticCredentials: CredentialProvider {
    private let value: Credentials

    /// Wraps `credentials`.
    public init(_ credentials: Credentials) { value = credentials }

    /// The credentials given.
    public var unchanging: Credentials? { value }

    /// The credentials given.
    public func credentials() async throws(CredentialError) -> Credentials { value }
}
