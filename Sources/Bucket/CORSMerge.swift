public import Vocabulary

/// Plans the rules that let browsers read the gallery and leave everyone else's rules in force.
///
/// Our rule is known by its ID and updated where it stands; where it is new it comes last, so that no foreign rule loses a request to it.
/// Only if a foreign rule would then answer in its place does ours come first. Rules that suffice without ours stay untouched, and so do rules
/// that differ from what we would write only in order or case: a plan for the rules that a plan puts is empty.
public enum CORSMerge {
    /// The most rules that a bucket may have (Amazon S3 API Reference, PutBucketCors).
    public static let maximumRules = 100

    /// The plan that makes `rules` grant `needs`. With `replaceAll` only our rule remains.
    public static func plan(
        _ rules: [CORSRule], _ needs: CORSNeeds, replaceAll: Bool = false, matching: CORSMatching = .firstMatch
    ) throws(CORSPlanError) -> CORSPlan {
        let ours = needs.rule
        if replaceAll {
            let already = rules.count == 1 ? rules.first.flatMap { same($0, ours) ? $0 : nil } : nil
            return plan(before: rules, after: [already ?? ours], movedBefore: nil, matching: matching)
        }

        let positions = rules.indices.filter { rules[$0].id == CORSNeeds.ruleID }
        if positions.isEmpty, CORSCheck.judge(rules, needs, matching: matching) == .sufficient {
            return plan(before: rules, after: rules, movedBefore: nil, matching: matching)
        }
        // A server's own way of writing our rule is as good as ours.
        let current = positions.first.map { same(rules[$0], ours) ? rules[$0] : ours } ?? ours
        let foreign = rules.filter { $0.id != CORSNeeds.ruleID }
        guard foreign.count < maximumRules else { throw .tooManyRules(rules.count) }

        var after = foreign
        after.insert(current, at: positions.first ?? foreign.count)
        guard case .insufficient(let shortfalls) = CORSCheck.judge(after, needs, matching: matching) else {
            return plan(before: rules, after: after, movedBefore: nil, matching: matching)
        }
        let shadowing = shortfalls.compactMap(\.answeredBy).min { $0.number < $1.number }
        return plan(before: rules, after: [current] + foreign, movedBefore: shadowing, matching: matching)
    }

    private static func plan(before: [CORSRule], after: [CORSRule], movedBefore: CORSRuleName?, matching: CORSMatching) -> CORSPlan {
        var changes: [CORSPlan.Change] = []
        var unmatched = before
        for rule in after {
            if let index = unmatched.firstIndex(of: rule) {
                unmatched.remove(at: index)
                changes.append(.kept(rule))
            } else if rule.id == CORSNeeds.ruleID, let index = unmatched.firstIndex(where: { $0.id == rule.id }) {
                changes.append(.changed(from: unmatched.remove(at: index), to: rule))
            } else {
                changes.append(.added(rule))
            }
        }
        changes += unmatched.map { .removed($0) }
        return CORSPlan(
            before: before, rules: after, changes: changes, movedBefore: movedBefore,
            overshadowed: matching == .firstOrigin ? overshadowed(after) : [])
    }

    /// Where the first origin decides: foreign rules after ours that allow what ours does not, for an origin that ours takes.
    private static func overshadowed(_ rules: [CORSRule]) -> [CORSRuleName] {
        guard let position = rules.firstIndex(where: { $0.id == CORSNeeds.ruleID }) else { return [] }
        let ours = CompiledRule(rules[position])
        return rules.indices.dropFirst(position + 1).compactMap { index in
            let other = CompiledRule(rules[index])
            let more = other.rule.allowedMethods.contains { !ours.allows(method: $0) }
            let meets = CORSPattern.witnesses(ours.origins + other.origins).contains { ours.allows(origin: $0) && other.allows(origin: $0) }
            return more && meets ? CORSRuleName(number: index + 1, id: other.rule.id) : nil
        }
    }

    /// True where two rules say the same, whatever the order, repetition and case of headers: servers keep them as sets.
    private static func same(_ one: CORSRule, _ other: CORSRule) -> Bool {
        func lower(_ names: [String]) -> Set<String> { Set(names.map { $0.lowercased() }) }
        return one.id == other.id && Set(one.allowedOrigins) == Set(other.allowedOrigins)
            && Set(one.allowedMethods) == Set(other.allowedMethods) && lower(one.allowedHeaders) == lower(other.allowedHeaders)
            && lower(one.exposeHeaders) == lower(other.exposeHeaders) && one.maxAgeSeconds == other.maxAgeSeconds
    }
}
