public import HTTP
internal import Synchronization
public import Vocabulary

/// What a server tells of who may do what with an object.
public enum ObjectACL: Sendable, Hashable {
    /// As the headers of a PUT or a copy that grants the same; none where only the owner may.
    case granting([HTTPHeader])
    /// The server has no access control lists of objects.
    case unsupported
    /// It does not tell: most likely the permission s3:GetObjectAcl is missing.
    case untold
}

extension S3Client {
    /// Who may do what with an object (Amazon S3 API Reference, GetObjectAcl; Amazon S3 User Guide, "Access control list overview").
    ///
    /// A copy starts with the owner alone. A server that does not know the question answers with the object: it is not asked again.
    public func acl(of key: Key) async throws(S3Error) -> ObjectACL {
        if lacksObjectACL.load(ordering: .relaxed) { return .unsupported }
        do throws(S3Error) {
            let call = Call(operation: .getObjectACL, method: .get, key: key, query: "acl")
            return try await send(call) { response throws(AnswerFault) in
                .granting(ObjectGrants(try XMLElement(answer: response, root: "AccessControlPolicy")).headers)
            }
        } catch {
            switch error.cause {
            case .refused(let refusal):
                switch refusal.code {
                case .notImplemented, .methodNotAllowed: lacksObjectACL.store(true, ordering: .relaxed)
                case .accessDenied, .other: return .untold
                default: throw error
                }
            case .unreadable, .transport(.responseTooLarge): lacksObjectACL.store(true, ordering: .relaxed)
            default: throw error
            }
            return .unsupported
        }
    }
}

/// The grants of an object.
struct ObjectGrants {
    private struct Grant: Hashable {
        let grantee: String
        let permission: String
    }

    private let owner: String
    private var grants: [Grant] = []

    private static let everyone = "uri=\"http://acs.amazonaws.com/groups/global/AllUsers\""
    private static let authenticated = "uri=\"http://acs.amazonaws.com/groups/global/AuthenticatedUsers\""

    private static let headerNames = [
        "READ": "x-amz-grant-read", "WRITE": "x-amz-grant-write", "READ_ACP": "x-amz-grant-read-acp",
        "WRITE_ACP": "x-amz-grant-write-acp", "FULL_CONTROL": "x-amz-grant-full-control",
    ]

    init(_ policy: XMLElement) {
        owner = "id=\"\(policy.child("Owner")?.text("ID") ?? "")\""
        for grant in policy.child("AccessControlList")?.children("Grant") ?? [] {
            guard let permission = grant.text("Permission"), let grantee = grant.child("Grantee") else { continue }
            if let uri = grantee.text("URI"), !uri.isEmpty {
                grants.append(Grant(grantee: "uri=\"\(uri)\"", permission: permission))
            } else if let id = grantee.text("ID") {
                grants.append(Grant(grantee: "id=\"\(id)\"", permission: permission))
            } else if let address = grantee.text("EmailAddress") {
                grants.append(Grant(grantee: "emailAddress=\"\(address)\"", permission: permission))
            }
        }
    }

    /// The canned name where there is one, because every server knows those; else each grant.
    var headers: [HTTPHeader] {
        let others = Set(grants.filter { !($0.grantee == owner && $0.permission == "FULL_CONTROL") })
        switch others {
        case []: return []
        case [Grant(grantee: Self.everyone, permission: "READ")]: return [HTTPHeader("x-amz-acl", "public-read")]
        case [Grant(grantee: Self.everyone, permission: "READ"), Grant(grantee: Self.everyone, permission: "WRITE")]:
            return [HTTPHeader("x-amz-acl", "public-read-write")]
        case [Grant(grantee: Self.authenticated, permission: "READ")]: return [HTTPHeader("x-amz-acl", "authenticated-read")]
        default:
            return Dictionary(grouping: grants, by: \.permission).sorted { $0.key < $1.key }.compactMap { permission, grants in
                Self.headerNames[permission].map { HTTPHeader($0, grants.map(\.grantee).joined(separator: ", ")) }
            }
        }
    }
}
