/// What is to become of one setting of a bucket: the changes for people, and the value to write.
public struct SettingPlan<Value: Sendable>: Sendable {
    /// The changes, foreign parts that stay among them.
    public let changes: [SettingChange]
    /// The whole value to write; nil where there is nothing left of it.
    public let value: Value?

    /// Creates a plan.
    public init(changes: [SettingChange], value: Value?) {
        self.changes = changes
        self.value = value
    }

    /// True where there is nothing to write.
    public var isEmpty: Bool { changes.allSatisfy { $0.kind == .kept } }
}

extension SettingPlan: Equatable where Value: Equatable {}

/// What happens to a part of a setting.
public struct SettingChange: Sendable, Hashable {
    /// What happens.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// It stays as it is.
        case kept
        /// It is new.
        case added
        /// It takes another value.
        case changed
        /// It goes.
        case removed
    }

    /// What happens.
    public let kind: Kind
    /// The part and its value, as it will be; as it was, where it goes. Not yet escaped for a terminal.
    public let what: String
    /// As it was, where it changes.
    public let before: String?

    /// Creates a change.
    public init(_ kind: Kind, _ what: String, before: String? = nil) {
        self.kind = kind
        self.what = what
        self.before = before
    }
}

/// Why a setting cannot be made as declared, though the store offers it.
public enum SettingConflict: Error, Sendable, Hashable {
    /// More rules than S3 takes; how many there would be and how many there may be.
    case tooManyRules(Int, limit: Int)
    /// More tags than S3 takes.
    case tooManyTags(Int, limit: Int)
    /// The policy there is cannot be understood, so that nothing can be put beside it.
    case unreadablePolicy(String)
    /// The policy would be longer than S3 takes, in bytes.
    case policyTooLong(Int, limit: Int)
    /// Statements that are not ours let everyone read, though the declaration says no.
    case publicByOthers([String])
    /// The website sends every visitor elsewhere.
    case redirectsAll
    /// The folder's name holds characters that mean something in a policy.
    case patternInPrefix(String)
    /// The connection is not encrypted: the statement would shut it out.
    case shutsOutItself
    /// A storage class that is reached before one that comes later, and the like.
    case lifecycle(String)
}

extension SettingConflict: CustomStringConvertible {
    /// What cannot be done, why, and what to do next.
    public var description: String {
        switch self {
        case .tooManyRules(let count, let limit):
            "there would be \(count) lifecycle rules, and S3 takes at most \(limit). Remove some that are no longer needed."
        case .tooManyTags(let count, let limit): "there would be \(count) tags, and a bucket has at most \(limit). Remove some."
        case .unreadablePolicy(let problem):
            "the bucket's policy cannot be read as one (\(problem)), so nothing can be put beside it. Mend it by hand first."
        case .policyTooLong(let size, let limit):
            "the policy would be \(size) bytes long, and S3 takes at most \(limit). Remove statements that are no longer needed."
        case .publicByOthers(let names):
            "everyone may read by \(names.joined(separator: ", ")), which is not this program's to remove. Remove it by hand, or declare "
                + "`public-read: true`."
        case .redirectsAll:
            "the bucket's website sends every visitor to another host, which excludes pages of its own. Remove that redirection by hand first."
        case .patternInPrefix(let prefix):
            "the folder “\(prefix)” holds a character that stands for others in a policy (*, ? or $). Choose another folder for a bucket "
                + "with `public-read`."
        case .shutsOutItself:
            "`tls-only` shuts out connections that are not encrypted, and this is one. Name the store by https:// in endpoint-url first."
        case .lifecycle(let problem): problem
        }
    }
}
