internal import Digest
internal import HTTP
internal import S3
internal import State
internal import Vocabulary

/// Signs addresses of objects with one set of credentials, none to be valid for longer than these.
struct Presigner {
    private let session: BucketSession
    private let credentials: Credentials
    private let method: HTTPMethod
    private let overrides: [(name: String, value: String)]
    /// How long was asked for, in seconds.
    private let asked: Int
    /// How long the addresses are valid, in seconds.
    let seconds: Int
    private let kept: PresignedAddresses?
    private let signsAnew: Bool

    /// An address that is kept is answered until so many seconds before it expires.
    static let margin: Int64 = 300

    /// Gets the credentials ready. Where they end before the addresses would, that is said, and the addresses end with them.
    init(
        _ session: BucketSession, _ arguments: SigningArguments, method: HTTPMethod = .get, overrides: [(name: String, value: String)] = []
    ) async throws {
        self.session = session
        self.method = method
        self.overrides = overrides
        signsAnew = arguments.fresh
        do throws(CredentialError) { credentials = try await session.credentials.credentials() } catch {
            throw Fault(.configuration, error.description)
        }
        asked = Int(arguments.expires?.components.seconds ?? 3600)
        var seconds = asked
        if let end = credentials.expires {
            let left = Int(clamping: end - session.store.now)
            guard left > 0 else { throw Fault(.configuration, "the credentials have expired. Renew them.") }
            if left < seconds {
                session.console.complain(
                    "warning: the credentials end in \(Duration.seconds(left).text), and so do the addresses, not in \(Duration.seconds(seconds).text)."
                )
                seconds = left
            }
        }
        self.seconds = seconds
        kept = arguments.stable ? try PresignedPlace(session).open() : nil
    }

    /// A signed address of an object: the one that is kept where that was asked for and it is good for a while.
    func url(of key: Key) throws -> PresignedURL {
        guard let kept else { return try sign(key) }
        let now = session.store.now
        do throws(StateError) {
            if !signsAnew, let found = try kept.address(of: key, request: request), found.expires - now > margin {
                return PresignedURL(url: found.url, expires: found.expires)
            }
        } catch { throw Fault(.configuration, error.description) }
        let signed = try sign(key)
        do throws(StateError) {
            try kept.keep(PresignedAddresses.Address(url: signed.url, expires: signed.expires), of: key, request: request, now: now)
        } catch { throw Fault(.configuration, error.description) }
        return signed
    }

    /// An address that is valid for less than ten minutes is signed anew after half of its time.
    private var margin: Int64 { min(Self.margin, Int64(seconds / 2)) }

    private func sign(_ key: Key) throws -> PresignedURL {
        do throws(S3Error) {
            return try session.store.presign(key, method: method, seconds: seconds, overrides: overrides, credentials: credentials)
        } catch { throw Fault(error) }
    }

    /// What was asked for, so that only an address of the same is answered again. A lasting key that was changed for another signs anew; temporary ones
    /// change by themselves, and what they signed stays valid until they end.
    private var request: SHA256 {
        let identity = credentials.sessionToken == nil ? credentials.accessKeyID : ""
        let parts = [method.rawValue, "\(asked)", identity, session.store.region] + overrides.flatMap { [$0.name, $0.value] }
        return SHA256.digest(of: Array(parts.map { "\($0.utf8.count):\($0)" }.joined(separator: ",").utf8))
    }
}
