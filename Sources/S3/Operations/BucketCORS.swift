internal import HTTP
public import Vocabulary

/// What a bucket answers when it is asked for its CORS configuration.
public enum CORSAnswer: Sendable, Hashable {
    /// These rules, in order.
    case rules([CORSRule])
    /// None is configured.
    case notConfigured
    /// Nothing is known of it.
    case unreadable(Reason)

    /// Why nothing is known.
    public enum Reason: Sendable, Hashable {
        /// The access key must not read it; the server's words.
        case denied(String)
        /// The server does not offer it; the server's words.
        case unsupported(String)
        /// The server answered something else, as one does that ignores `?cors`.
        case notCORSAnswer(String)
    }
}

extension S3Client {
    /// The bucket's CORS rules (Amazon S3 API Reference, GetBucketCors). The root element of the answer is checked: servers that do not know
    /// the sub-resource answer 200 with a listing.
    public func getCORS() async throws(S3Error) -> CORSAnswer {
        let call = Call(operation: .getBucketCORS, method: .get, query: "cors")
        do throws(S3Error) {
            return try await send(call) { response throws(AnswerFault) in
                let root = try XMLElement(answer: response)
                guard root.name == "CORSConfiguration" else {
                    let fault = XMLFault.root(expected: "CORSConfiguration", found: root.name)
                    // A proxy's page; the next answer may be the server's.
                    if root.name.lowercased() == "html" { throw .unreadable(fault) }
                    // No fault to try again for: the server took it for another request.
                    return CORSAnswer.unreadable(.notCORSAnswer(String(describing: fault)))
                }
                let rules = root.children("CORSRule").map { CORSRule($0) }
                return rules.isEmpty ? .notConfigured : .rules(rules)
            }
        } catch {
            if case .refused(let refusal) = error.cause, refusal.code == .noSuchCORSConfiguration { return .notConfigured }
            guard let reason = CORSAnswer.Reason(error) else { throw error }
            return .unreadable(reason)
        }
    }

    /// The rules of a CORS document, as GetBucketCors answers it and PutBucketCors takes it.
    public static func corsRules(document: [UInt8]) throws(XMLFault) -> [CORSRule] {
        try XMLElement(document: document, root: "CORSConfiguration").children("CORSRule").map { CORSRule($0) }
    }

    /// True where the server is Ceph's gateway, which looks at the origin only when it picks the rule for a request, unlike S3
    /// (ceph/ceph#69190). It is known by its host, or by its request ids, `tx000…`.
    public var picksCORSRulesByOriginAlone: Bool { profile.picksCORSRulesByOriginAlone }

    /// Replaces the bucket's CORS rules (Amazon S3 API Reference, PutBucketCors, at most 100 rules).
    public func putCORS(_ rules: [CORSRule]) async throws(S3Error) {
        var document = XMLWriter(root: "CORSConfiguration")
        for rule in rules {
            document.open("CORSRule")
            if let id = rule.id { document.element("ID", id) }
            for method in rule.allowedMethods { document.element("AllowedMethod", method) }
            for origin in rule.allowedOrigins { document.element("AllowedOrigin", origin) }
            for header in rule.allowedHeaders { document.element("AllowedHeader", header) }
            if let age = rule.maxAgeSeconds { document.element("MaxAgeSeconds", String(age)) }
            for header in rule.exposeHeaders { document.element("ExposeHeader", header) }
            document.close("CORSRule")
        }
        document.close("CORSConfiguration")
        try await send(.document(document.bytes, operation: .putBucketCORS, method: .put, query: "cors")) { _ throws(AnswerFault) in }
    }
}

extension CORSAnswer.Reason {
    /// What an error of a CORS request says of the store; nil where it says nothing of CORS.
    public init?(_ error: S3Error) {
        switch error.cause {
        case .refused(let refusal):
            let words = refusal.message.isEmpty ? refusal.code.name : refusal.message
            switch refusal.code {
            case .accessDenied: self = .denied(words)
            case .notImplemented, .methodNotAllowed: self = .unsupported(words)
            default: return nil
            }
        case .unreadable(_, let reason, _): self = .notCORSAnswer(reason)
        default: return nil
        }
    }
}

extension CORSRule {
    /// The rule of a `CORSRule` element.
    init(_ element: XMLElement) {
        self.init(
            id: element.text("ID"), allowedOrigins: element.children("AllowedOrigin").map(\.text),
            allowedMethods: element.children("AllowedMethod").map(\.text), allowedHeaders: element.children("AllowedHeader").map(\.text),
            exposeHeaders: element.children("ExposeHeader").map(\.text), maxAgeSeconds: element.text("MaxAgeSeconds").flatMap { Int($0) })
    }
}
