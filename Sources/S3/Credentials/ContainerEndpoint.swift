internal import HTTP

/// The agent beside a container that gives its credentials out: ECS tasks, EKS Pod Identity, and whatever else speaks its protocol
/// (AWS SDKs Reference Guide, "Container credential provider").
struct ContainerEndpoint: Sendable, Hashable {
    /// The whole URL.
    let url: String
    /// The file whose content is sent as Authorization; it is read anew each time, since the agent replaces it.
    let tokenFile: String?
    /// What is sent as Authorization where there is no file.
    let token: String?

    /// Where relative URIs are asked for.
    static let ecs = "http://169.254.170.2"

    /// True for a URL that an authorization token may go to: https, loopback, and the agents' addresses.
    static func mayAsk(_ url: String) -> Bool {
        guard url.firstRange(of: "://") != nil, let endpoint = try? Endpoint(parsing: String(url.prefix { $0 != "?" && $0 != "#" })) else {
            return false
        }
        if endpoint.scheme == .https { return true }
        let agents: Set<String> = ["169.254.170.2", "169.254.170.23", "fd00:ec2::23", "localhost", "::1"]
        return agents.contains(endpoint.host) || (isIPv4(endpoint.host) && endpoint.host.hasPrefix("127."))
    }

    func fetch(_ parts: CredentialParts) async throws(CredentialError) -> Credentials {
        let source = "the container's credentials at \(url)"
        var headers = [HTTPHeader("Accept", "application/json")]
        if let authorization = try tokenFile.map({ path throws(CredentialError) in try parts.files.text(path) }) ?? token {
            headers.append(HTTPHeader("Authorization", authorization))
        }
        let response = try await CredentialRequest(parts: parts, transport: parts.local, source: source, deadline: .seconds(2), tries: 3)
            .send(HTTPRequest(method: .get, url: url, headers: headers))
        guard response.status == 200 else { throw .refused(source: source, reason: "status \(response.status)") }
        return try CredentialDocument.read(response.body, from: source, mustExpire: true)
    }
}
