public import Vocabulary

/// CORS rules and plans as a person reads them. Names from the bucket are escaped for the terminal.
public enum CORSText {
    /// One line for each rule.
    public static func render(_ rules: [CORSRule]) -> String {
        rules.enumerated().map { "\(CORSRuleName(number: $0 + 1, id: $1.id)): \(line($1))\n" }.joined()
    }

    /// One line for each change, marked like a diff, and what the order of rules means.
    public static func render(_ plan: CORSPlan) -> String {
        if plan.isEmpty { return "CORS: no change\n" }
        var text = ""
        for change in plan.changes {
            switch change {
            case .kept(let rule): text += "  kept     \(title(rule))\n"
            case .added(let rule): text += "+ added    \(title(rule))\n"
            case .removed(let rule): text += "- removed  \(title(rule))\n"
            case .changed(let from, let to): text += "- changed  \(title(from))\n+      to  \(title(to))\n"
            }
        }
        if let foreign = plan.movedBefore {
            text += "  order    the gallery's rule is put first, because \(foreign) would answer in its place\n"
        }
        for foreign in plan.overshadowed {
            text += "! warning  \(foreign) no longer answers where the gallery's rule does: this server looks at the origin only\n"
        }
        return text
    }

    private static func title(_ rule: CORSRule) -> String { (rule.id.map { "“\($0.escapedForTerminal)”: " } ?? "") + line(rule) }

    private static func line(_ rule: CORSRule) -> String {
        func list(_ names: [String]) -> String { names.isEmpty ? "none" : names.map(\.escapedForTerminal).joined(separator: ", ") }
        return "\(list(rule.allowedMethods)) from \(list(rule.allowedOrigins)); request headers: \(list(rule.allowedHeaders)); "
            + "exposed: \(list(rule.exposeHeaders)); max age: " + (rule.maxAgeSeconds.map { "\($0) s" } ?? "unset")
    }
}
