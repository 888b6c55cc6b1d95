public import Vocabulary

/// Plans settings that have one value, or a few that stand side by side. Whatever is there beside stays.
public enum SimplePlans {
    /// The most tags of a bucket (Amazon S3 API Reference, PutBucketTagging).
    public static let maximumTags = 50

    /// Whether versions are kept.
    public static func versioning(_ current: BucketVersioning?, _ wanted: BucketVersioning) -> SettingPlan<BucketVersioning> {
        // A bucket that never kept versions is as good as one that has stopped to.
        if current == wanted || (current == nil && wanted == .suspended) {
            return SettingPlan(changes: [SettingChange(.kept, (current?.rawValue) ?? "never begun")], value: wanted)
        }
        let change =
            current.map { SettingChange(.changed, wanted.rawValue, before: $0.rawValue) } ?? SettingChange(.added, wanted.rawValue)
        return SettingPlan(changes: [change], value: wanted)
    }

    /// How objects are encrypted of which nobody says how. Without a key's name any key of the service will do.
    public static func encryption(
        _ current: BucketEncryption?, algorithm: String, keyID: String?
    ) -> SettingPlan<BucketEncryption> {
        func words(_ encryption: BucketEncryption) -> String {
            encryption.algorithm + (encryption.keyID.map { " with the key \($0)" } ?? "")
        }
        guard let current else {
            let new = BucketEncryption(algorithm: algorithm, keyID: keyID)
            return SettingPlan(changes: [SettingChange(.added, words(new))], value: new)
        }
        if current.algorithm == algorithm, keyID == nil || current.keyID == keyID {
            return SettingPlan(changes: [SettingChange(.kept, words(current))], value: current)
        }
        let new = BucketEncryption(algorithm: algorithm, keyID: keyID, besides: current.besides)
        return SettingPlan(changes: [SettingChange(.changed, words(new), before: words(current))], value: new)
    }

    /// The pages of the bucket's website; nil is unsaid.
    public static func website(
        _ current: BucketWebsite?, index: String?, error: String?
    ) throws(SettingConflict) -> SettingPlan<BucketWebsite> {
        var website = current ?? BucketWebsite()
        if website.redirectsAll { throw .redirectsAll }
        var changes: [SettingChange] = []
        func note(_ name: String, _ wanted: String?, _ field: WritableKeyPath<BucketWebsite, String?>) {
            guard let wanted else {
                if let value = website[keyPath: field] { changes.append(SettingChange(.kept, "\(name) \(value)")) }
                return
            }
            let before = website[keyPath: field]
            if before == wanted {
                changes.append(SettingChange(.kept, "\(name) \(wanted)"))
            } else {
                let kind = before == nil ? SettingChange.Kind.added : .changed
                changes.append(SettingChange(kind, "\(name) \(wanted)", before: before.map { "\(name) \($0)" }))
            }
            website[keyPath: field] = wanted
        }
        note("index", index, \.index)
        note("error", error, \.error)
        if !website.besides.isEmpty { changes.append(SettingChange(.kept, "routing rules and the like")) }
        return SettingPlan(changes: changes, value: website)
    }

    /// The bucket's tags: those that are declared, and those of others.
    public static func tags(_ current: [BucketTag], _ wanted: [BucketTag]) throws(SettingConflict) -> SettingPlan<[BucketTag]> {
        var after = current
        var changes: [SettingChange] = []
        for tag in current where !wanted.contains(where: { $0.name == tag.name }) {
            changes.append(SettingChange(.kept, "\(tag.name)=\(tag.value)"))
        }
        for tag in wanted {
            let line = "\(tag.name)=\(tag.value)"
            guard let index = after.firstIndex(where: { $0.name == tag.name }) else {
                after.append(tag)
                changes.append(SettingChange(.added, line))
                continue
            }
            let before = after[index]
            after[index] = tag
            changes.append(
                before == tag ? SettingChange(.kept, line) : SettingChange(.changed, line, before: "\(before.name)=\(before.value)"))
        }
        guard after.count <= maximumTags else { throw .tooManyTags(after.count, limit: maximumTags) }
        return SettingPlan(changes: changes, value: after)
    }
}
