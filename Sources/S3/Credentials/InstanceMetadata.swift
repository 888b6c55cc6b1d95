internal import HTTP

/// The metadata of an EC2 instance, version 2 only: a session token first, then the role's name, then its credentials (EC2 User Guide,
/// "Use the Instance Metadata Service"). Version 1, which any server-side request forgery can reach, is never used.
struct InstanceMetadata: Sendable, Hashable {
    /// The URL, with a slash at the end.
    let url: String
    /// The longest that one request may take, in seconds; short, because on any other machine nobody answers.
    let timeout: Int
    /// How many tries each request has.
    let tries: Int

    /// The address of the metadata by IPv4 and by IPv6.
    static let address = "http://169.254.169.254/"
    static let address6 = "http://[fd00:ec2::254]/"

    func fetch(_ parts: CredentialParts, looked: [String]) async throws(CredentialError) -> Credentials {
        let source = "the instance's metadata at \(url)"
        let asking = CredentialRequest(parts: parts, transport: parts.local, source: source, deadline: .seconds(timeout), tries: tries)
        let path = url + "latest/meta-data/iam/security-credentials/"

        func missing(_ reason: String) -> CredentialError { .missing(looked: looked + ["\(source): \(reason)"]) }
        let session: HTTPResponse
        do throws(CredentialError) {
            session = try await asking.send(
                HTTPRequest(
                    method: .put, url: url + "latest/api/token", headers: [HTTPHeader("x-aws-ec2-metadata-token-ttl-seconds", "21600")]))
        } catch .unreachable(_, let reason) {
            throw missing(reason)
        }
        guard session.status == 200, let token = String(validating: session.body, as: UTF8.self)?.trimmingASCIISpace, !token.isEmpty else {
            throw missing("no session token, status \(session.status)")
        }
        func get(_ url: String) async throws(CredentialError) -> HTTPResponse {
            try await asking.send(HTTPRequest(method: .get, url: url, headers: [HTTPHeader("x-aws-ec2-metadata-token", token)]))
        }
        let roles = try await get(path)
        let names = String(decoding: roles.body, as: UTF8.self).split(whereSeparator: \.isNewline)
        guard roles.status == 200, let name = names.first.map({ $0.trimmingASCIISpace }), !name.isEmpty else {
            throw missing("the instance has no role")
        }
        let answer = try await get(path + PercentEncoding.segment([UInt8](name.utf8)))
        guard answer.status == 200 else { throw .refused(source: source, reason: "status \(answer.status) for the role \(name)") }
        return try CredentialDocument.read(answer.body, from: source, mustExpire: true)
    }
}
