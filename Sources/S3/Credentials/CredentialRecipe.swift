/// How credentials are come by: decided from flags, variables and files alone, before anything is asked over the network.
indirect enum CredentialRecipe: Sendable, Hashable {
    /// They are known.
    case fixed(Credentials)
    /// A program prints them.
    case process(CredentialProcess)
    /// STS gives them to whoever holds others.
    case assumeRole(AssumeRole, source: CredentialRecipe)
    /// STS gives them to whoever holds a token of an identity provider.
    case webIdentity(WebIdentity)
    /// The single sign-on portal gives them to whoever has logged in.
    case singleSignOn(SingleSignOn)
    /// The container's agent gives them.
    case container(ContainerEndpoint)
    /// The instance's metadata gives them, if this is an instance; what was looked at before.
    case instance(InstanceMetadata, looked: [String])
    /// There are none; what was looked at.
    case none(looked: [String])
}

extension CredentialRecipe {
    /// The provider that follows the recipe. Temporary credentials are kept and renewed before they end.
    func provider(_ parts: CredentialParts) -> any CredentialProvider {
        func renewing(_ fetch: @escaping @Sendable () async throws(CredentialError) -> Credentials) -> RenewingCredentials {
            RenewingCredentials(clock: parts.clock, fetch: fetch)
        }
        switch self {
        case .fixed(let credentials):
            return StaticCredentials(credentials)
        case .process(let process):
            return renewing { () async throws(CredentialError) in try await process.fetch(parts) }
        case .assumeRole(let role, let source):
            let holder = source.provider(parts)
            return renewing { () async throws(CredentialError) in try await role.fetch(parts, source: holder) }
        case .webIdentity(let identity):
            return renewing { () async throws(CredentialError) in try await identity.fetch(parts) }
        case .singleSignOn(let session):
            return renewing { () async throws(CredentialError) in try await session.fetch(parts) }
        case .container(let endpoint):
            return renewing { () async throws(CredentialError) in try await endpoint.fetch(parts) }
        case .instance(let metadata, let looked):
            return renewing { () async throws(CredentialError) in try await metadata.fetch(parts, looked: looked) }
        case .none(let looked):
            return NoCredentials(looked: looked)
        }
    }
}

extension CredentialRecipe {
    /// True where the machine or container itself may be asked.
    var isLocal: Bool {
        switch self {
        case .container, .instance: true
        case .assumeRole(_, let source): source.isLocal
        case .fixed, .process, .webIdentity, .singleSignOn, .none: false
        }
    }
}

extension CredentialRecipe {
    /// The files that hold tokens which credentials are given for.
    var tokenFiles: [String] {
        switch self {
        case .webIdentity(let identity): [identity.tokenFile]
        case .singleSignOn(let session): [session.tokenFile]
        case .container(let endpoint): endpoint.tokenFile.map { [$0] } ?? []
        case .assumeRole(_, let source): source.tokenFiles
        case .fixed, .process, .instance, .none: []
        }
    }
}

extension Place {
    /// True where credentials may come from the machine's or container's own metadata, which must be asked through no proxy; otherwise
    /// `CredentialParts.local` is not used.
    public var asksLocalMetadata: Bool { recipe.isLocal }

    /// The provider of the credentials that requests to this place are signed with.
    public func credentialProvider(_ parts: CredentialParts) -> any CredentialProvider { recipe.provider(parts) }
}

/// Fails with the list of places that were looked at.
private struct NoCredentials: CredentialProvider {
    let looked: [String]

    func credentials() async throws(CredentialError) -> Credentials { throw .missing(looked: looked) }
}
