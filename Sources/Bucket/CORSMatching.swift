public import Vocabulary

/// A request as a browser sends it across origins.
public struct CORSRequest: Sendable, Hashable {
    /// The Origin header.
    public var origin: String
    /// The method, or that of Access-Control-Request-Method.
    public var method: String
    /// The names in Access-Control-Request-Headers of a preflight; nil for the request itself, whose headers take no part in matching.
    public var preflightHeaders: [String]?

    /// Creates a request.
    public init(origin: String, method: String, preflightHeaders: [String]? = nil) {
        self.origin = origin
        self.method = method
        self.preflightHeaders = preflightHeaders
    }
}

/// How a server picks the rule that answers a request.
public enum CORSMatching: Sendable, Hashable, CaseIterable {
    /// As S3 does: "uses the first CORSRule rule that matches the incoming browser request", that is, its origin, its method and every header
    /// that it asks for (Amazon S3 User Guide, "How does Amazon S3 evaluate the CORS configuration on a bucket?").
    case firstMatch
    /// As Ceph's gateway does before ceph/ceph#69190 (2026): the first rule whose origin matches; its methods and headers then decide.
    case firstOrigin

    /// The index of the rule that grants `request`; nil where it is refused.
    public func rule(for request: CORSRequest, in rules: [CORSRule]) -> Int? {
        let origin = [UInt8](request.origin.utf8)
        let headers = request.preflightHeaders?.map { [UInt8]($0.lowercased().utf8) }
        for (index, rule) in rules.enumerated() {
            let rule = CompiledRule(rule)
            guard rule.allows(origin: origin) else { continue }
            if rule.allows(method: request.method), headers?.allSatisfy(rule.allows(header:)) ?? true { return index }
            if self == .firstOrigin { return nil }
        }
        return nil
    }
}

/// A rule with its patterns read.
struct CompiledRule {
    let rule: CORSRule
    let origins: [CORSPattern]
    let headers: [CORSPattern]

    init(_ rule: CORSRule) {
        self.rule = rule
        origins = rule.allowedOrigins.map(CORSPattern.init)
        headers = rule.allowedHeaders.map { CORSPattern($0.lowercased()) }
    }

    func allows(origin: [UInt8]) -> Bool { origins.contains { $0.matches(origin) } }

    /// Method names are compared with their case (RFC 9110 §9.1).
    func allows(method: String) -> Bool { rule.allowedMethods.contains(method) }

    /// `header` is in lower case.
    func allows(header: [UInt8]) -> Bool { headers.contains { $0.matches(header) } }

    /// Those of `names` that scripts may not read. S3 itself refuses `*` here; where a server takes it, browsers read it as all.
    func unexposed(_ names: [String]) -> [String] {
        let exposed = Set(rule.exposeHeaders.map { $0.lowercased() })
        return exposed.contains("*") ? [] : names.filter { !exposed.contains($0.lowercased()) }
    }

    /// How long browsers keep a preflight's answer: five seconds where the rule is silent (Fetch standard, "CORS-preflight fetch").
    var maxAge: Int { rule.maxAgeSeconds ?? 5 }
}
