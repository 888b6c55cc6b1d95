/// Keeps temporary credentials and fetches new ones before they end; however many requests ask at once, one fetch serves them all.
///
/// New ones are fetched when less than 15 minutes, or less than a third of their lifetime, is left. If that fails while the old ones are still
/// good, or brings no later end, the old ones are used and the next try waits a minute: a metadata server out of order must not stop a run that
/// could go on, nor be asked at every request.
public actor RenewingCredentials: CredentialProvider {
    private let clock: S3Clock
    private let fetch: @Sendable () async throws(CredentialError) -> Credentials
    private var current: Credentials?
    private var renewAt: Int64 = 0
    private var underWay: Task<Result<Credentials, CredentialError>, Never>?

    /// Keeps what `fetch` answers.
    public init(clock: S3Clock, fetch: @escaping @Sendable () async throws(CredentialError) -> Credentials) {
        self.clock = clock
        self.fetch = fetch
    }

    /// Credentials that are valid now.
    public func credentials() async throws(CredentialError) -> Credentials {
        if let current, !isDue(current) { return current }
        // A task of its own: the request that happened to come first may be cancelled, and the others still wait.
        let task = underWay ?? Task { await renew() }
        underWay = task
        return try await task.value.get()
    }

    /// Forgets `credentials`, so that the next call fetches others.
    ///
    /// Spelt `async`: otherwise the protocol's own version, which does nothing, would be preferred where both can be called.
    public func invalidate(_ credentials: Credentials) async {
        if current == credentials { current = nil }
    }

    private func isDue(_ credentials: Credentials) -> Bool { credentials.expires != nil && clock.now() >= renewAt }

    private func hasEnded(_ credentials: Credentials) -> Bool { credentials.expires.map { clock.now() >= $0 } ?? false }

    private func renew() async -> Result<Credentials, CredentialError> {
        let result: Result<Credentials, CredentialError>
        do throws(CredentialError) { result = .success(try await fetch()) } catch { result = .failure(error) }
        underWay = nil
        let now = clock.now()
        switch result {
        case .success(let fresh):
            let isLater = current.map { ($0.expires ?? 0) < (fresh.expires ?? .max) } ?? true
            current = fresh
            let left = (fresh.expires ?? .max) - now
            renewAt = now + max(left - min(900, left / 3), isLater ? 1 : 60)
            return result
        case .failure:
            guard let current, !hasEnded(current) else { return result }
            renewAt = min(now + 60, current.expires ?? .max)
            return .success(current)
        }
    }
}
