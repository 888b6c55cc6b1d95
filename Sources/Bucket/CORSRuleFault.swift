public import Vocabulary

/// What S3 would refuse a rule for (Amazon S3 API Reference, PutBucketCors and CORSRule).
public enum CORSRuleFault: Sendable, Hashable {
    /// It allows no origin.
    case noOrigin
    /// It allows no method.
    case noMethod
    /// The method is none that S3 knows for CORS.
    case method(String)
    /// An origin or a header holds more than one `*`.
    case wildcards(String)
    /// The origin can never be a browser's: it has a path, an ending slash, capitals, the scheme's own port, or no scheme.
    case origin(String)
    /// The name is empty, or holds what no header field may.
    case header(String)
    /// The ID is longer than 255 characters.
    case longID
    /// The max age is negative.
    case maxAge(Int)

    /// What a server would refuse in `rule`; nil where there is nothing. Rules that it takes but that never match pass, so that any rules that
    /// were once read can be put back.
    public init?(_ rule: CORSRule) {
        func first(_ faults: CORSRuleFault?...) -> CORSRuleFault? { faults.lazy.compactMap(\.self).first }
        let fault = first(
            rule.allowedOrigins.isEmpty ? .noOrigin : nil,
            rule.allowedMethods.isEmpty ? .noMethod : nil,
            rule.allowedMethods.first { !Self.methods.contains($0) }.map { .method($0) },
            (rule.allowedOrigins + rule.allowedHeaders).first { $0.utf8.count { $0 == UInt8(ascii: "*") } > 1 }.map { .wildcards($0) },
            (rule.id?.utf16.count ?? 0) > 255 ? .longID : nil,
            rule.maxAgeSeconds.flatMap { $0 < 0 ? .maxAge($0) : nil })
        guard let fault else { return nil }
        self = fault
    }

    /// What is wrong with needs that a person wrote: an origin that no browser ever sends, too, since it would silently never match.
    public init?(_ needs: CORSNeeds) {
        if let fault = CORSRuleFault(needs.rule) {
            self = fault
        } else if let origin = needs.origins.first(where: { !Self.isOrigin($0) }) {
            self = .origin(origin)
        } else if let header = (needs.headers + needs.exposed).first(where: { !Self.isHeader($0) }) {
            self = .header(header)
        } else {
            return nil
        }
    }

    private static let methods: Set<String> = ["GET", "PUT", "HEAD", "POST", "DELETE"]

    /// True for `*`, `null`, and `scheme://host[:port]` with or without a wildcard, as a browser serialises an origin (RFC 6454 §6.2).
    private static func isOrigin(_ text: String) -> Bool {
        if text == "null" || text == "*" { return true }
        let rest: Substring
        if let mark = text.firstRange(of: "://") {
            rest = text[mark.upperBound...]
            // A browser leaves its scheme's own port out.
            if text.hasPrefix("https://") && text.hasSuffix(":443") || text.hasPrefix("http://") && text.hasSuffix(":80") { return false }
        } else {
            // A leading wildcard may stand for the scheme.
            guard text.hasPrefix("*") else { return false }
            rest = text[...]
        }
        return !rest.isEmpty && !rest.utf8.contains(UInt8(ascii: "/"))
            && text.utf8.allSatisfy { $0 > 32 && $0 < 127 && !(65...90).contains($0) }
    }

    /// True for a header field's name (RFC 9110 §5.6.2) that may hold a wildcard.
    private static func isHeader(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.allSatisfy { (33...126).contains($0) && !"\"(),/:;<=>?@[\\]{}".utf8.contains($0) }
    }
}

extension CORSRuleFault: CustomStringConvertible {
    /// What is wrong and what is right.
    public var description: String {
        switch self {
        case .noOrigin: "it allows no origin; name one in AllowedOrigins, or “*”"
        case .noMethod: "it allows no method; name one in AllowedMethods"
        case .method(let name): "“\(name.escapedForTerminal)” is none of GET, PUT, HEAD, POST and DELETE"
        case .wildcards(let text): "“\(text.escapedForTerminal)” holds more than one “*”"
        case .origin(let text):
            "“\(text.escapedForTerminal)” is never a browser's origin; write it like https://www.example.com, without path, ending slash, capitals and the ports 80 and 443"
        case .header(let text): "“\(text.escapedForTerminal)” is no header's name"
        case .longID: "its ID is longer than 255 characters"
        case .maxAge(let seconds): "its max age is negative (\(seconds))"
        }
    }
}

/// Why a document holds no CORS rules.
public enum CORSDocumentError: Error, Sendable, Hashable {
    /// It is not JSON.
    case notJSON
    /// It has another shape: where.
    case shape(String)
    /// One of its rules would be refused.
    case rule(CORSRuleName, CORSRuleFault)
    /// It has more rules than S3 takes.
    case tooMany(Int)
}

extension CORSDocumentError: CustomStringConvertible {
    /// What failed, where, and what is expected.
    public var description: String {
        switch self {
        case .notJSON: "the CORS rules are not JSON. Expected {\"CORSRules\": [ … ]}, as “aws s3api get-bucket-cors” prints it."
        case .shape(let path):
            "the CORS rules cannot be understood at “\(path.escapedForTerminal)”. Expected {\"CORSRules\": [{\"AllowedOrigins\": [ … ], \"AllowedMethods\": [ … ]}]}."
        case .rule(let rule, let fault): "\(rule) would be refused: \(fault)."
        case .tooMany(let count): "there are \(count) CORS rules, and S3 takes at most \(CORSMerge.maximumRules)."
        }
    }
}
