/// How credentials are come by: decided from flags, variables and files alone, before anything is asked over the network.
indirect enum CredentialRecipe: Sendable, Hashable {
    /// They are known.
    case fixed(Credentials)
    /// There are none; what was looked at.
    case none(looked: [String])
}

extension Place {
    /// The provider of the credentials that requests to this place are signed with.
    public func credentialProvider() -> any CredentialProvider {
        switch recipe {
        case .fixed(let credentials): StaticCredentials(credentials)
        case .none(let looked): NoCredentials(looked: looked)
        }
    }
}

/// Fails with the list of places that were looked at.
private struct NoCredentials: CredentialProvider {
    let looked: [String]

    func credentials() async throws(CredentialError) -> Credentials { throw .missing(looked: looked) }
}
