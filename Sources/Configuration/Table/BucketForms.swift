internal import Vocabulary

extension Form where Value == BucketValues {
    /// The group `bucket`.
    static let bucket = Form(
        shape: .group(SettingTable.bucketRows.map(\.facts)), parse: nil,
        text: { values in
            SettingTable.bucketRows.flatMap { row in (row.text(values) ?? []).map { "\(row.name): \($0)" } }
        }
    ) { node, _, reader in
        var values = BucketValues()
        _ = reader.group(
            node, rows: SettingTable.bucketGroupRows, into: &values, elsewhere: (SettingTable.names, "the target or the file's top level"))
        return values
    }
}

extension Form where Value == [LifecycleValues] {
    /// The rules of `lifecycle`: each with a name of its own, and doing something.
    static let lifecycle = Form(
        shape: .records(SettingTable.lifecycleRows.map(\.facts)), parse: nil,
        text: { rules in rules.map { SettingTable.line(of: $0) } }
    ) { node, key, reader in
        guard case .list(let items) = node.content else {
            reader.note(node.position, .wrongType(key, expected: "a list of rules, each beginning with “- ”", found: node.kind))
            return nil
        }
        var names: Set<String> = []
        return items.map { item in
            var rule = LifecycleValues()
            _ = reader.group(
                item, rows: SettingTable.lifecycleGroupRows, into: &rule,
                elsewhere: (SettingTable.names, "the target or the file's top level"))
            if let problem = rule.problem(besides: &names) { reader.note(item.position, .contradiction(problem)) }
            return rule
        }
    }
}

extension LifecycleValues {
    /// What is wrong with a rule that S3 would refuse, or that would do nothing.
    fileprivate func problem(besides names: inout Set<String>) -> String? {
        guard let name else { return "this lifecycle rule has no name. Give it one, so that it is known again: `name: thumbs`." }
        guard names.insert(name).inserted else { return "two lifecycle rules are called “\(name)”. Give one of them another name." }
        let transitions = transitions ?? []
        if transitions.isEmpty, expire == nil, expireOldVersions == nil, abortIncomplete == nil {
            return "the lifecycle rule “\(name)” does nothing. Give it `transition`, `expire`, `expire-old-versions` or `abort-incomplete`."
        }
        guard Set(transitions.map(\.after)).count == transitions.count, Set(transitions.map(\.storageClass)).count == transitions.count
        else {
            return "the lifecycle rule “\(name)” has two transitions to one class, or on one day."
        }
        if let expire, let last = transitions.map(\.after.days).max(), last >= expire.days {
            return "the lifecycle rule “\(name)” removes objects (expire: \(expire)) before their last transition (\(last)d)."
        }
        return nil
    }
}

extension Form where Value == WholeDays {
    /// Whole days, which is what lifecycle rules count in.
    static let days = Form(
        .text("whole days such as 30d"),
        parse: { text throws(BadValue) in
            guard let days = WholeDays(text) else { throw BadValue("“\(text)” is no number of whole days. Write one such as 30d.") }
            return days
        })
}

extension Form where Value == StorageTransition {
    /// A class and a number of days.
    static let transition = Form(
        .text("a storage class and whole days such as STANDARD_IA=30d"),
        parse: { text throws(BadValue) in
            guard let pair = NameAndValue(text), let days = WholeDays(pair.value), let parse = Form<String>.storageClass.parse else {
                throw BadValue("“\(text)” is no transition. Write a storage class and whole days, such as STANDARD_IA=30d.")
            }
            return StorageTransition(storageClass: try parse(pair.name), after: days)
        })
}

extension Form where Value == String {
    /// A name that can stand in a rule's ID.
    static let ruleName = Form(
        .text("a name"),
        parse: { text throws(BadValue) in
            let isName =
                (1...64).contains(text.utf8.count)
                && text.utf8.allSatisfy { 97...122 ~= $0 | 0x20 || 48...57 ~= $0 || "._-".utf8.contains($0) }
            guard isName else { throw BadValue("“\(text)” is no name. Use up to 64 letters, digits, dots, hyphens and underscores.") }
            return text
        })

    /// The name of a folder's page (Amazon S3 API Reference, IndexDocument: not empty, without a slash).
    static let websiteIndex = Form(
        .text("a file name such as index.html"),
        parse: { text throws(BadValue) in
            guard !text.isEmpty, !text.contains("/") else {
                throw BadValue("“\(text)” cannot be the page of a folder. Write a name without slashes, such as index.html.")
            }
            return text
        })
}

extension Form where Value == ObjectEncryption {
    /// A bucket cannot encrypt with keys that come with each request.
    static let bucketEncryption = Form(
        .text("AES256, aws:kms or aws:kms:KEY"),
        parse: { text throws(BadValue) in
            guard text != "customer", let parse = Form.encryption.parse else {
                throw BadValue("a bucket cannot encrypt with a customer's key. Write AES256, aws:kms or aws:kms:KEY.")
            }
            return try parse(text)
        }, text: { Form.encryption.text($0).first ?? "" })
}
