public import Vocabulary

/// Plans the lifecycle rules of a target and leaves everyone else's as they are, to the byte.
///
/// Ours are known by their IDs: `galleria-NAME`, and `galleria-NAME@FOLDER/` below a folder, so that two targets of one bucket leave each other's
/// alone. A configuration cannot be empty, and its removal is a request that servers who do not know it take for another: where the last rule
/// goes, it stays and does nothing.
public enum LifecyclePlan {
    /// The most rules of a bucket (Amazon S3 API Reference, PutBucketLifecycleConfiguration).
    public static let maximumRules = 1000

    /// What the IDs of this program's rules begin with.
    public static let idPrefix = "galleria-"

    /// The ID of the rule of that name of the target in `folder`.
    public static func id(of name: String, in folder: Prefix) -> String {
        idPrefix + name + (folder.bytes.isEmpty ? "" : "@" + folder.string)
    }

    /// True where a rule is the target's own.
    static func isOurs(_ rule: LifecycleRule, in folder: Prefix) -> Bool {
        guard let id = rule.id, id.hasPrefix(idPrefix) else { return false }
        // Names hold no such character.
        guard let at = id.utf8.firstIndex(of: UInt8(ascii: "@")) else { return folder.bytes.isEmpty }
        return id.utf8[at...].dropFirst().elementsEqual(folder.bytes)
    }

    /// The plan that makes `wanted` the target's rules.
    public static func plan(
        _ current: LifecycleConfiguration?, _ wanted: [LifecycleRule], in folder: Prefix
    ) throws(SettingConflict) -> SettingPlan<LifecycleConfiguration> {
        let rules = current?.rules ?? []
        var changes: [SettingChange] = []
        var after: [LifecycleRule] = []
        var missing = wanted
        var gone: [LifecycleRule] = []
        for rule in rules {
            guard isOurs(rule, in: folder) else {
                after.append(rule)
                changes.append(SettingChange(.kept, rule.line))
                continue
            }
            guard let index = missing.firstIndex(where: { $0.id == rule.id }) else {
                gone.append(rule)
                continue
            }
            let new = missing.remove(at: index)
            if new.means(rule) {
                after.append(rule)
                changes.append(SettingChange(.kept, rule.line))
            } else {
                after.append(new)
                changes.append(SettingChange(.changed, new.line, before: rule.line))
            }
        }
        for rule in missing {
            after.append(rule)
            changes.append(SettingChange(.added, rule.line))
        }
        if after.isEmpty, let last = gone.popLast() {
            var disabled = last
            disabled.isEnabled = false
            after = [disabled]
            if last.isEnabled {
                disabled.source = nil
                after = [disabled]
                changes.append(SettingChange(.changed, disabled.line, before: last.line))
            } else {
                changes.append(SettingChange(.kept, last.line))
            }
        }
        changes += gone.map { SettingChange(.removed, $0.line) }
        guard after.count <= maximumRules else { throw .tooManyRules(after.count, limit: maximumRules) }
        return SettingPlan(
            changes: changes,
            value: after.isEmpty ? nil : LifecycleConfiguration(rules: after, minimumObjectSize: current?.minimumObjectSize))
    }

    /// The rules that are not the target's and that a write has changed, or lost: none, on a store that is sound. Servers change the order.
    public static func harmed(
        _ before: LifecycleConfiguration?, _ now: LifecycleConfiguration?, in folder: Prefix
    ) -> [LifecycleRule] {
        let rules = now?.rules ?? []
        return (before?.rules ?? []).filter { old in
            !isOurs(old, in: folder) && !rules.contains { $0.source == old.source || $0.means(old) }
        }
    }
}

extension LifecycleRule {
    /// The rule in a line: `“galleria-old” for photos/: STANDARD_IA after 30 d, removed after 365 d`.
    public var line: String {
        var parts = transitions.sorted { $0.days < $1.days }.map { "\($0.storageClass) after \($0.days) d" }
        if let expirationDays { parts.append("removed after \(expirationDays) d") }
        if let oldVersionDays { parts.append("old versions removed after \(oldVersionDays) d") }
        if let abortDays { parts.append("unfinished uploads given up after \(abortDays) d") }
        if saysMore { parts.append("more that is kept as it is") }
        let whom = prefix.map { $0.bytes.isEmpty ? "everything" : $0.string } ?? "some objects"
        return "“\(id ?? "")” for \(whom): " + (parts.isEmpty ? "nothing" : parts.joined(separator: ", "))
            + (isEnabled ? "" : " (switched off)")
    }
}
