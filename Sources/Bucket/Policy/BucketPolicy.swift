internal import Vocabulary

/// A bucket's policy as its JSON says it, with each statement's own bytes, so that foreign statements are sent back as they came (AWS IAM User
/// Guide, "Grammar of the IAM JSON policy language").
public struct BucketPolicy: Sendable, Equatable {
    /// A statement: its bytes, and what is read of it.
    public struct Statement: Sendable, Equatable {
        /// The JSON, byte for byte.
        public let source: [UInt8]
        /// The statement's name; nil where it has none.
        public let sid: String?
        let meaning: PolicyMeaning
    }

    /// The statements in order.
    public var statements: [Statement]
    /// What stands beside them, as `"NAME": VALUE`, byte for byte.
    let others: [[UInt8]]

    /// The policy that says nothing yet.
    public static let empty = BucketPolicy(statements: [], others: [Array("\"Version\": \"2012-10-17\"".utf8)])

    private init(statements: [Statement], others: [[UInt8]]) {
        self.statements = statements
        self.others = others
    }

    /// Reads a policy.
    public init(_ document: [UInt8]) throws(SettingConflict) {
        let root: JSONText.Node
        do throws(JSONText.Failure) { root = try JSONText.parse(document) } catch {
            throw .unreadablePolicy("\(error.problem), at byte \(error.offset)")
        }
        guard case .object(let members) = root.content else { throw .unreadablePolicy("it is no JSON object") }
        var statements: [Statement] = []
        var others: [[UInt8]] = []
        var seen: Set<String> = []
        for member in members {
            guard seen.insert(member.name).inserted else { throw .unreadablePolicy("“\(member.name)” stands twice in it") }
            guard member.name == "Statement" else {
                others.append(Array(document[member.offset..<member.value.end]))
                continue
            }
            // A single statement may stand without a list.
            var nodes = [member.value]
            if case .array(let list) = member.value.content { nodes = list }
            for node in nodes {
                guard case .object = node.content else { throw .unreadablePolicy("one of its statements is no JSON object") }
                statements.append(
                    Statement(source: Array(document[node.offset..<node.end]), sid: node["Sid"]?.text, meaning: PolicyMeaning(node)))
            }
        }
        self.init(statements: statements, others: others)
    }

    /// The policy as JSON.
    public var document: [UInt8] {
        var text = Array("{".utf8)
        for other in others { text += other + Array(", ".utf8) }
        text += "\"Statement\": [".utf8
        for (index, statement) in statements.enumerated() {
            if index > 0 { text += ", ".utf8 }
            text += statement.source
        }
        return text + Array("]}".utf8)
    }
}

/// What a statement says, whatever the order and whether single values stand in lists.
struct PolicyMeaning: Sendable, Equatable {
    /// A member's value: a set of what it names, nested where it is an object.
    indirect enum Value: Sendable, Equatable {
        case words(Set<String>)
        case members([String: Value])
    }

    /// The members without the name.
    let members: [String: Value]

    init(_ node: JSONText.Node) {
        guard case .object(let list) = node.content else {
            members = [:]
            return
        }
        var members = Dictionary(list.map { ($0.name, Self.value($0.value)) }) { first, _ in first }
        members["Sid"] = nil
        // `"*"` and `{"AWS": "*"}` are the same for everyone (AWS IAM User Guide, "AWS JSON policy elements: Principal").
        if members["Principal"] == .members(["AWS": .words(["*"])]) { members["Principal"] = .words(["*"]) }
        self.members = members
    }

    private static func value(_ node: JSONText.Node) -> Value {
        switch node.content {
        case .string(let text): .words([text])
        case .word(let word): .words([word])
        case .array(let list):
            .words(Set(list.flatMap { item in if case .words(let words) = value(item) { Array(words) } else { ["{…}"] } }))
        case .object(let list): .members(Dictionary(list.map { ($0.name, value($0.value)) }) { first, _ in first })
        }
    }

    private func words(_ name: String) -> Set<String> {
        if case .words(let words)? = members[name] { words } else { [] }
    }

    /// True where it lets everyone read every object that `resource` names, whatever the circumstances.
    func letsEveryoneRead(_ resource: String) -> Bool {
        guard words("Effect") == ["Allow"], members["Condition"] == nil, words("Principal") == ["*"] else { return false }
        let reads = words("Action").contains { ["s3:getobject", "s3:get*", "s3:*", "*"].contains($0.lowercased()) }
        return reads && words("Resource").contains { Self.covers($0, resource) }
    }

    /// True where a pattern that may end in `*` matches whatever another matches.
    private static func covers(_ pattern: String, _ resource: String) -> Bool {
        if pattern == resource { return true }
        guard pattern.hasSuffix("*") else { return false }
        let beginning = pattern.dropLast()
        return !beginning.contains("*") && !beginning.contains("?") && resource.utf8.starts(with: beginning.utf8)
    }
}
