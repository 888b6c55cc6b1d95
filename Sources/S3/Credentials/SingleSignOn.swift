internal import FoundationEssentials
internal import HTTP
internal import Vocabulary

/// A role in an account that the single sign-on portal gives credentials for, with the token that `aws sso login` left in
/// `~/.aws/sso/cache` (AWS SDKs Reference Guide, "IAM Identity Center credential provider"; portal API, GetRoleCredentials).
struct SingleSignOn: Sendable, Hashable {
    let profile: String
    let account: String
    let role: String
    /// The portal's URL, with a slash at the end.
    let portal: String
    /// The file with the token.
    let tokenFile: String

    private struct Token: Decodable {
        let accessToken: String
        let expiresAt: String
    }

    private struct Answer: Decodable {
        struct Members: Decodable {
            let accessKeyId: String
            let secretAccessKey: String
            let sessionToken: String
            /// Milliseconds since 1970.
            let expiration: Int64
        }
        let roleCredentials: Members
    }

    private var remedy: String { "Log in again: aws sso login --profile \(profile)" }

    func fetch(_ parts: CredentialParts) async throws(CredentialError) -> Credentials {
        let source = "the single sign-on portal at \(portal)"
        let token = try token(parts)
        let query = "role_name=" + PercentEncoding.query(role) + "&account_id=" + PercentEncoding.query(account)
        let response = try await CredentialRequest(
            parts: parts, transport: parts.transport, source: source, deadline: .seconds(30), tries: 3
        )
        .send(
            HTTPRequest(
                method: .get, url: portal + "federation/credentials?" + query, headers: [HTTPHeader("x-amz-sso_bearer_token", token)]))
        switch response.status {
        case 200: break
        case 401: throw .expired(source: source, remedy: remedy)
        default:
            let message = (try? JSONDecoder().decode([String: String].self, from: Data(response.body)))?["message"]
            throw .refused(source: source, reason: message ?? "status \(response.status)")
        }
        guard let found = (try? JSONDecoder().decode(Answer.self, from: Data(response.body)))?.roleCredentials else {
            throw .malformedAnswer(source: source, reason: "its document holds no credentials")
        }
        return Credentials(
            accessKeyID: found.accessKeyId, secretAccessKey: found.secretAccessKey, sessionToken: found.sessionToken,
            expires: found.expiration / 1000)
    }

    private func token(_ parts: CredentialParts) throws(CredentialError) -> String {
        let bytes: [UInt8]
        switch parts.files.read(tokenFile) {
        case .file(let found, _): bytes = found
        case .missing: throw .expired(source: "single sign-on (\(tokenFile) does not exist)", remedy: remedy)
        case .unreadable(let reason): throw .unreadable(path: tokenFile, reason: reason)
        }
        guard let token = try? JSONDecoder().decode(Token.self, from: Data(bytes)), let ends = Timestamp.unixSeconds(token.expiresAt) else {
            throw .malformedFile(path: tokenFile, line: nil, reason: "it holds no accessToken with expiresAt")
        }
        guard parts.clock.now() < ends else { throw .expired(source: "single sign-on", remedy: remedy) }
        return token.accessToken
    }
}
