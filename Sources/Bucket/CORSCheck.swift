public import Vocabulary

/// Whether a bucket's rules let browsers read the gallery.
public enum CORSVerdict: Sendable, Hashable {
    /// Every access that is needed is granted, maybe more.
    case sufficient
    /// There are no rules.
    case notConfigured
    /// Some access is not granted.
    case insufficient([CORSShortfall])
}

/// Judges rules by what browsers may do under them, not by how they are written: a broader rule passes, two rules may share the work, and a
/// rule that answers before a better one is found and named.
///
/// A browser asks twice. The request itself is answered by the first rule that fits origin and method, and that rule says which response
/// headers are exposed. If the script sets request headers, a preflight goes before, answered by the first rule that also allows those headers,
/// and that rule says how long the answer may be kept. So a rule can be good for the one and shadow the other.
///
/// A max age below the needed one is a shortfall like any other: every page view would then send more preflights than the gallery allows for.
public enum CORSCheck {
    /// Judges `rules` as a server that picks by `matching` applies them.
    public static func judge(_ rules: [CORSRule], _ needs: CORSNeeds, matching: CORSMatching = .firstMatch) -> CORSVerdict {
        guard !rules.isEmpty else { return .notConfigured }
        var question = CORSQuestion(rules: rules, needs: needs, matching: matching)
        let shortfalls = question.answer()
        return shortfalls.isEmpty ? .sufficient : .insufficient(shortfalls)
    }
}

/// One judgement: every sample origin and method is put to the rules.
private struct CORSQuestion {
    private let rules: [CompiledRule]
    private let needs: CORSNeeds
    private let matching: CORSMatching
    private let origins: [[UInt8]]
    private let headers: Set<[UInt8]>
    private var found: [CORSShortfall] = []

    init(rules: [CORSRule], needs: CORSNeeds, matching: CORSMatching) {
        self.rules = rules.map(CompiledRule.init)
        self.needs = needs
        self.matching = matching
        let neededOrigins = needs.origins.map(CORSPattern.init)
        origins = CORSPattern.witnesses(neededOrigins + self.rules.flatMap(\.origins))
            .filter { origin in neededOrigins.contains { $0.matches(origin) } }
            .sorted { $0.lexicographicallyPrecedes($1) }
        let neededHeaders = needs.headers.map { CORSPattern($0.lowercased()) }
        headers = CORSPattern.witnesses(neededHeaders + self.rules.flatMap(\.headers))
            .filter { header in !header.isEmpty && neededHeaders.contains { $0.matches(header) } }
    }

    mutating func answer() -> [CORSShortfall] {
        for origin in origins {
            let answering = rules.indices.filter { rules[$0].allows(origin: origin) }
            for method in needs.methods {
                // Where the first origin decides, the rules after it are only good for being named as shadowed.
                let reachable = matching == .firstOrigin ? Array(answering.prefix(1)) : answering
                let allowing = reachable.filter { rules[$0].allows(method: method) }
                guard let first = allowing.first else {
                    let better = answering.dropFirst(reachable.count).first { rules[$0].allows(method: method) }
                    note(
                        .method, origin, method, answeredBy: matching == .firstOrigin ? reachable.first : nil,
                        shadowed: better)
                    continue
                }
                let unexposed = rules[first].unexposed(needs.exposed)
                if !unexposed.isEmpty {
                    let better = answering.first {
                        $0 > first && rules[$0].allows(method: method) && rules[$0].unexposed(needs.exposed).isEmpty
                    }
                    note(.exposed(unexposed), origin, method, answeredBy: first, shadowed: better)
                }
                if !headers.isEmpty { preflight(origin, method, allowing: allowing, answering: answering) }
            }
        }
        return gathered
    }

    /// A preflight may ask for any of the headers together. It suffices to try, for each rule, all that this rule allows: whatever smaller set an
    /// earlier rule does not take away from this one, it does not take this one's whole set either.
    private mutating func preflight(_ origin: [UInt8], _ method: String, allowing: [Int], answering: [Int]) {
        var tried: [(rule: Int, headers: Set<[UInt8]>)] = []
        for index in allowing {
            let allowed = headers.filter { rules[index].allows(header: $0) }
            let shadowed = allowed.isEmpty || tried.contains { $0.headers.isSuperset(of: allowed) }
            tried.append((index, allowed))
            if shadowed || rules[index].maxAge >= needs.maxAgeSeconds { continue }
            let better = answering.first { other in
                other > index && rules[other].allows(method: method) && rules[other].maxAge >= needs.maxAgeSeconds
                    && allowed.allSatisfy { rules[other].allows(header: $0) }
            }
            note(.maxAge(rules[index].maxAge), origin, method, answeredBy: index, shadowed: better)
        }
        if tried.contains(where: { $0.headers.count == headers.count }) { return }
        // The rule that lacks least is the one to name.
        let best = tried.max { $0.headers.count < $1.headers.count }
        let missing = headers.subtracting(best?.headers ?? []).map(CORSPattern.text).sorted()
        let better = answering.first { other in
            matching == .firstOrigin && other > (best?.rule ?? -1) && rules[other].allows(method: method)
                && headers.allSatisfy { rules[other].allows(header: $0) }
        }
        note(.headers(missing), origin, method, answeredBy: best?.rule, shadowed: better)
    }

    /// Adds a shortfall, or a method to the one that says the same of this origin.
    private mutating func note(_ lack: CORSShortfall.Lack, _ origin: [UInt8], _ method: String, answeredBy: Int?, shadowed: Int?) {
        func name(_ index: Int) -> CORSRuleName { CORSRuleName(number: index + 1, id: rules[index].rule.id) }
        let one = CORSShortfall(
            lack: lack, origins: [CORSPattern.text(origin)], methods: [method], answeredBy: answeredBy.map(name),
            shadowed: shadowed.map(name))
        if let same = found.indices.first(where: { found[$0].origins == one.origins && found[$0].saysTheSame(as: one) }) {
            found[same].methods.append(method)
        } else {
            found.append(one)
        }
    }

    /// The shortfalls, where those that differ in their origins only are one.
    private var gathered: [CORSShortfall] {
        var result: [CORSShortfall] = []
        for one in found {
            if let same = result.indices.first(where: { result[$0].methods == one.methods && result[$0].saysTheSame(as: one) }) {
                result[same].origins += one.origins
            } else {
                result.append(one)
            }
        }
        return result
    }
}

extension CORSShortfall {
    fileprivate func saysTheSame(as other: CORSShortfall) -> Bool {
        lack == other.lack && answeredBy == other.answeredBy && shadowed == other.shadowed
    }
}
