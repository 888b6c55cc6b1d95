internal import FoundationEssentials

/// The JSON document in which programs, containers and instances give credentials out: `AccessKeyId`, `SecretAccessKey`, `Token` or
/// `SessionToken`, `Expiration` (AWS SDKs Reference Guide, "Process credential provider" and "Container credential provider";
/// EC2 User Guide, "Retrieve security credentials from instance metadata").
enum CredentialDocument {
    private struct Members: Decodable {
        // Named as in the document.
        let Version: Int?
        let Code: String?
        let Message: String?
        let AccessKeyId: String?
        let SecretAccessKey: String?
        let SessionToken: String?
        let Token: String?
        let Expiration: String?
    }

    /// Reads the document. Errors never quote it: it may hold a secret.
    static func read(
        _ bytes: [UInt8], from source: String, version: Int? = nil, mustExpire: Bool = false
    ) throws(CredentialError) -> Credentials {
        func malformed(_ reason: String) -> CredentialError { .malformedAnswer(source: source, reason: reason) }
        let members: Members
        do { members = try JSONDecoder().decode(Members.self, from: Data(bytes)) } catch {
            throw malformed("it is not the JSON that was expected")
        }
        if let version, members.Version != version {
            throw malformed("its Version is \(members.Version.map { String($0) } ?? "missing"), not \(version)")
        }
        if let code = members.Code, code != "Success" {
            throw .refused(source: source, reason: [code, members.Message ?? ""].joined(separator: " "))
        }
        guard let id = members.AccessKeyId, !id.isEmpty else { throw malformed("AccessKeyId is missing") }
        guard let secret = members.SecretAccessKey, !secret.isEmpty else { throw malformed("SecretAccessKey is missing") }
        var expires: Int64?
        if let text = members.Expiration, !text.isEmpty {
            guard let moment = Timestamp.unixSeconds(text) else { throw malformed("Expiration is no ISO 8601 time") }
            expires = moment
        } else if mustExpire {
            throw malformed("Expiration is missing")
        }
        return Credentials(accessKeyID: id, secretAccessKey: secret, sessionToken: members.SessionToken ?? members.Token, expires: expires)
    }
}
