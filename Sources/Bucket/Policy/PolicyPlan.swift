public import Vocabulary

/// What a target declares of its bucket's policy; nil is unsaid, and left alone.
public struct PolicyWish: Sendable, Hashable {
    /// Whether everyone may read what lies in the target's folder.
    public var publicRead: Bool?
    /// Whether connections that are not encrypted are refused, by the whole bucket.
    public var tlsOnly: Bool?

    /// Creates a wish.
    public init(publicRead: Bool? = nil, tlsOnly: Bool? = nil) {
        self.publicRead = publicRead
        self.tlsOnly = tlsOnly
    }
}

/// Plans a target's statements in its bucket's policy and leaves everyone else's as they are, to the byte. Ours are known by their Sid.
public enum PolicyPlan {
    /// The longest policy (Amazon S3 User Guide, "Bucket policies": 20 KB).
    public static let maximumLength = 20_480

    /// The plan for the policy of `bucket`, whose resource names are of `partition`.
    public static func plan(
        _ document: [UInt8]?, _ wish: PolicyWish, bucket: String, partition: String, in folder: Prefix
    ) throws(SettingConflict) -> SettingPlan<BucketPolicy> {
        var policy = BucketPolicy.empty
        if let document { policy = try BucketPolicy(document) }
        let arn = "arn:\(partition):s3:::\(bucket)"
        if wish.publicRead == true, folder.bytes.contains(where: { "*?$".utf8.contains($0) }) { throw .patternInPrefix(folder.string) }
        let readable = arn + "/" + folder.string + "*"
        let readSid = "GalleriaPublicRead" + mark(folder)
        let read = try statement(readSid, .allow, action: "s3:GetObject", resources: [readable])
        let tls = try statement("GalleriaTLSOnly", .denyPlain, action: "s3:*", resources: [arn, arn + "/*"])

        var changes: [SettingChange] = []
        var after: [BucketPolicy.Statement] = []
        // Foreign statements that let everyone read make ours needless, and forbid to call the bucket private.
        let readers = policy.statements.enumerated().filter { $0.element.sid != readSid && $0.element.meaning.letsEveryoneRead(readable) }
        if wish.publicRead == false, !readers.isEmpty { throw .publicByOthers(readers.map { name($0.element, $0.offset) }) }
        var wanted: [(sid: String, statement: BucketPolicy.Statement?)] = []
        if let publicRead = wish.publicRead {
            let isThere = policy.statements.contains { $0.sid == readSid }
            wanted.append((readSid, publicRead && (readers.isEmpty || isThere) ? read : nil))
        }
        if let tlsOnly = wish.tlsOnly {
            let isMet = policy.statements.contains { $0.sid != tls.sid && $0.meaning == tls.meaning }
            wanted.append(("GalleriaTLSOnly", tlsOnly && !isMet ? tls : nil))
        }
        for (index, statement) in policy.statements.enumerated() {
            guard let position = wanted.firstIndex(where: { $0.sid == statement.sid }) else {
                after.append(statement)
                changes.append(SettingChange(.kept, name(statement, index)))
                continue
            }
            let new = wanted.remove(at: position).statement
            if let new, new.meaning == statement.meaning {
                after.append(statement)
                changes.append(SettingChange(.kept, name(statement, index)))
            } else if let new {
                after.append(new)
                changes.append(SettingChange(.changed, line(new), before: line(statement)))
            } else {
                changes.append(SettingChange(.removed, line(statement)))
            }
        }
        for case let (_, statement?) in wanted {
            after.append(statement)
            changes.append(SettingChange(.added, line(statement)))
        }
        policy.statements = after
        let length = policy.document.count
        guard length <= maximumLength else { throw .policyTooLong(length, limit: maximumLength) }
        return SettingPlan(changes: changes, value: after.isEmpty ? nil : policy)
    }

    /// The statements that are not the target's and that a write has changed, or lost.
    public static func harmed(_ before: [UInt8]?, _ now: [UInt8]?, in folder: Prefix) throws(SettingConflict) -> [String] {
        guard let before else { return [] }
        let old = try BucketPolicy(before).statements
        let new = try now.map { bytes throws(SettingConflict) in try BucketPolicy(bytes).statements } ?? []
        let ours = ["GalleriaPublicRead" + mark(folder), "GalleriaTLSOnly"]
        return old.enumerated().filter { _, statement in
            !(statement.sid.map { ours.contains($0) } ?? false)
                && !new.contains { $0.sid == statement.sid && ($0.source == statement.source || $0.meaning == statement.meaning) }
        }.map { name($0.element, $0.offset) }
    }

    private enum Kind { case allow, denyPlain }

    private static func statement(
        _ sid: String, _ kind: Kind, action: String, resources: [String]
    ) throws(SettingConflict) -> BucketPolicy.Statement {
        let list = resources.map(quoted).joined(separator: ", ")
        let condition = kind == .allow ? "" : ", \"Condition\": {\"Bool\": {\"aws:SecureTransport\": \"false\"}}"
        let text =
            "{\"Sid\": \(quoted(sid)), \"Effect\": \"\(kind == .allow ? "Allow" : "Deny")\", \"Principal\": \"*\", "
            + "\"Action\": \(quoted(action)), \"Resource\": \(resources.count == 1 ? list : "[\(list)]")\(condition)}"
        let policy = try BucketPolicy(Array("{\"Statement\": [\(text)]}".utf8))
        guard let only = policy.statements.first else { throw .unreadablePolicy("a statement of its own is none") }
        return only
    }

    /// Tells targets of one bucket apart: Sids hold letters and digits only, so that the folder stands in them as a number (FNV-1a, 64 bits).
    private static func mark(_ folder: Prefix) -> String {
        if folder.bytes.isEmpty { return "" }
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in folder.bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    private static func name(_ statement: BucketPolicy.Statement, _ index: Int) -> String {
        statement.sid.map { "“\($0)”" } ?? "statement \(index + 1)"
    }

    private static func line(_ statement: BucketPolicy.Statement) -> String { String(decoding: statement.source, as: UTF8.self) }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            if scalar == "\"" || scalar == "\\" { result += "\\" }
            if scalar.value < 32 {
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
