/// What a browser sends across origins, as questions to ask of one URL in this order, and the judgement of each answer's headers by the Fetch
/// Standard (§4.9 "CORS check", §4.8 "CORS-preflight fetch").
///
/// The order is the point: a request without Origin first, as a plain `<img>` makes it, then two different origins, then the first again. A cache
/// that does not vary by Origin answers the later ones with what it kept of the earlier ones.
public struct CORSProbe: Sendable, Hashable {
    /// One request.
    public struct Question: Sendable, Hashable {
        /// What the request is.
        public enum Kind: Sendable, Hashable {
            /// A GET without Origin.
            case plain
            /// A GET with Origin.
            case request
            /// An OPTIONS that asks for a method and these request headers.
            case preflight(method: String, headers: [String])
            /// A GET with Origin and a query that no cache has seen: asked where `request` failed, to tell the server from a cache before it.
            case fresh
        }

        /// What it is.
        public let kind: Kind
        /// The Origin header; nil for none.
        public let origin: String?

        /// Creates a question.
        public init(kind: Kind, origin: String?) {
            self.kind = kind
            self.origin = origin
        }

        /// The request's method.
        public var method: String { if case .preflight = kind { "OPTIONS" } else { "GET" } }

        /// The header fields to send.
        public var headers: [(name: String, value: String)] {
            var result: [(name: String, value: String)] = []
            if let origin { result.append(("Origin", origin)) }
            if case .preflight(let method, let names) = kind {
                result.append(("Access-Control-Request-Method", method))
                if !names.isEmpty { result.append(("Access-Control-Request-Headers", names.joined(separator: ","))) }
            }
            return result
        }
    }

    /// What the gallery needs.
    public let needs: CORSNeeds
    /// The origin that is asked for twice, and the other one.
    public let origins: (first: String, second: String)

    /// Prepares the questions for `needs`; `origin` is asked for first where it is given.
    public init(_ needs: CORSNeeds, origin: String? = nil) {
        self.needs = needs
        let first = origin ?? Self.sample(needs.origins.first ?? "*", 1)
        let second = needs.origins.lazy.map { Self.sample($0, 2) }.first { $0 != first } ?? "https://elsewhere.invalid"
        origins = (first, second)
    }

    /// An origin that a pattern allows.
    private static func sample(_ pattern: String, _ number: Int) -> String {
        if pattern == "*" { return "https://galleria-probe-\(number).example" }
        guard let star = pattern.firstIndex(of: "*") else { return pattern }
        let stand = star == pattern.startIndex ? "https://galleria-probe-\(number)" : "galleria-probe-\(number)"
        return pattern[..<star] + stand + pattern[pattern.index(after: star)...]
    }

    /// The questions in the order in which they are to be asked.
    public var questions: [Question] {
        let headers = needs.headers.contains("*") ? ["range", "x-galleria-probe"] : needs.headers.map { $0.replacing("*", with: "probe") }
        var result = [Question(kind: .plain, origin: nil)]
        if !headers.isEmpty {
            result += needs.methods.map {
                Question(kind: .preflight(method: $0, headers: headers.map { $0.lowercased() }.sorted()), origin: origins.first)
            }
        }
        return result + [origins.first, origins.second, origins.first].map { Question(kind: .request, origin: $0) }
    }

    /// The question that tells a cache's fault from the server's.
    public var freshQuestion: Question { Question(kind: .fresh, origin: origins.first) }

    /// True where pages of this origin must be able to read the gallery.
    public func mustAllow(_ origin: String) -> Bool {
        let bytes = [UInt8](origin.utf8)
        return needs.origins.contains { CORSPattern($0).matches(bytes) }
    }

    /// Compares the needs and the origins.
    public static func == (a: CORSProbe, b: CORSProbe) -> Bool { a.needs == b.needs && a.origins == b.origins }

    /// Hashes the needs and the origins.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(needs)
        hasher.combine(origins.first)
        hasher.combine(origins.second)
    }
}
