internal import Digest
internal import HTTP
internal import Vocabulary

/// A role that is assumed with other credentials (AWS STS API Reference, AssumeRole).
struct AssumeRole: Sendable, Hashable {
    let role: String
    /// The session's name; one with the time in it where the profile gives none.
    let sessionName: String?
    let externalID: String?
    /// The session's length in seconds; STS's own, an hour, where the profile gives none.
    let duration: Int?
    let sts: SecurityTokenService

    func fetch(_ parts: CredentialParts, source: any CredentialProvider) async throws(CredentialError) -> Credentials {
        var form = [
            ("Action", "AssumeRole"), ("RoleArn", role), ("RoleSessionName", sessionName ?? "galleria-deploy-\(parts.clock.now())"),
        ]
        if let externalID { form.append(("ExternalId", externalID)) }
        if let duration { form.append(("DurationSeconds", String(duration))) }
        return try await sts.ask(form, signedWith: try await source.credentials(), parts)
    }
}

/// A role that is assumed with a token of an identity provider, as CI systems and Kubernetes hand it out (AWS STS API Reference,
/// AssumeRoleWithWebIdentity). The request is not signed; the token is read anew each time, since whoever provides it replaces it.
struct WebIdentity: Sendable, Hashable {
    let role: String
    let sessionName: String?
    let tokenFile: String
    let sts: SecurityTokenService

    func fetch(_ parts: CredentialParts) async throws(CredentialError) -> Credentials {
        let token = try parts.files.text(tokenFile)
        return try await sts.ask(
            [
                ("Action", "AssumeRoleWithWebIdentity"), ("RoleArn", role),
                ("RoleSessionName", sessionName ?? "galleria-deploy-\(parts.clock.now())"), ("WebIdentityToken", token),
            ], signedWith: nil, parts)
    }
}

/// The security token service of a region.
struct SecurityTokenService: Sendable, Hashable {
    /// Its URL, with a slash at the end.
    let url: String
    /// The region that requests are signed for.
    let region: String

    func ask(
        _ form: [(name: String, value: String)], signedWith credentials: Credentials?, _ parts: CredentialParts
    ) async throws(CredentialError) -> Credentials {
        let source = "STS at \(url)"
        let text = (form + [("Version", "2011-06-15")]).map { PercentEncoding.query($0.name) + "=" + PercentEncoding.query($0.value) }
        let body = [UInt8](text.joined(separator: "&").utf8)
        var request = HTTPRequest(
            method: .post, url: url, headers: [HTTPHeader("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")],
            body: .bytes(body))
        if let credentials {
            do {
                try SigV4.generic(region: region, service: "sts")
                    .sign(&request, payload: .sha256(.digest(of: body)), credentials: credentials, at: parts.clock.now())
            } catch { throw .unreachable(source: source, reason: "its address is no URL") }
        }
        let response = try await CredentialRequest(
            parts: parts, transport: parts.transport, source: source, deadline: .seconds(30), tries: 3
        ).send(request)
        guard let document = try? XMLElement(document: response.body) else {
            throw .malformedAnswer(source: source, reason: "status \(response.status), and no XML")
        }
        guard response.status == 200 else {
            let error = document.child("Error") ?? document
            let words = [error.text("Code"), error.text("Message")].compactMap(\.self).joined(separator: ": ")
            throw .refused(source: source, reason: words.isEmpty ? "status \(response.status)" : words)
        }
        let found = document.children.lazy.compactMap { $0.child("Credentials") }.first
        guard let found, let id = found.text("AccessKeyId"), let secret = found.text("SecretAccessKey"),
            let token = found.text("SessionToken"),
            let expires = found.text("Expiration").flatMap(Timestamp.unixSeconds)
        else { throw .malformedAnswer(source: source, reason: "its document holds no credentials") }
        return Credentials(accessKeyID: id, secretAccessKey: secret, sessionToken: token, expires: expires)
    }
}
