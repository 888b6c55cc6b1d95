internal import Vocabulary

/// A rule among others: its position, counted from 1, and its ID.
public struct CORSRuleName: Sendable, Hashable, CustomStringConvertible {
    /// The position among the rules, counted from 1.
    public let number: Int
    /// The rule's ID, if it has one.
    public let id: String?

    /// Names a rule.
    public init(number: Int, id: String?) {
        self.number = number
        self.id = id
    }

    /// “rule 2 (“legacy”)”.
    public var description: String { "rule \(number)" + (id.map { " (“\($0.escapedForTerminal)”)" } ?? "") }
}

/// An access that the gallery needs and the rules do not grant. Origins and headers are samples: `*` in them stands for anything.
public struct CORSShortfall: Sendable, Hashable {
    /// What is not granted.
    public enum Lack: Sendable, Hashable {
        /// No rule allows these methods.
        case method
        /// A preflight that asks for these request headers is refused.
        case headers([String])
        /// The request is allowed, but scripts may not read these response headers.
        case exposed([String])
        /// A preflight's answer may be kept for this long only, in seconds.
        case maxAge(Int)
    }

    /// What is not granted.
    public let lack: Lack
    /// To which origins.
    public var origins: [String]
    /// For which methods.
    public var methods: [String]
    /// The rule that answers these requests; nil where none does.
    public let answeredBy: CORSRuleName?
    /// A later rule that would grant it, if `answeredBy` did not come first.
    public let shadowed: CORSRuleName?
}

extension CORSShortfall: CustomStringConvertible {
    /// What is missing, for whom, and by which rule.
    public var description: String {
        func list(_ names: [String]) -> String {
            let shown = names.prefix(5).map(\.escapedForTerminal).joined(separator: ", ")
            return names.count > 5 ? shown + " and \(names.count - 5) more" : shown
        }
        let whom = "from the origin" + (origins.count == 1 ? " " : "s ") + list(origins)
        let what = list(methods)
        var text =
            switch lack {
            case .method: "\(what) \(whom): not allowed"
            case .headers(let names): "\(what) \(whom): the request header" + (names.count == 1 ? " " : "s ") + list(names) + " not allowed"
            case .exposed(let names): "\(what) \(whom): \(list(names)) not exposed to scripts"
            case .maxAge(let seconds): "\(what) \(whom): preflight answers kept for \(seconds) s only"
            }
        if let answeredBy { text += " by \(answeredBy)" }
        if let shadowed { text += ", which comes before \(shadowed) that would" }
        return text
    }
}
