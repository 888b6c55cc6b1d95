internal import Planning
internal import Vocabulary

extension Form where Value == String {
    /// A header's value: characters that can travel (RFC 9110 §5.5; S3 signs and stores ASCII).
    static func header(_ what: String) -> Form {
        Form(
            .text(what),
            parse: { text throws(BadValue) in
                guard !text.isEmpty, text.utf8.allSatisfy({ 32...126 ~= $0 }), !text.hasPrefix(" "), !text.hasSuffix(" ") else {
                    throw BadValue("a header's value is text of ASCII characters without line ends; “\(text)” is not.")
                }
                return text
            })
    }

    /// Where a redirect leads: another key of the bucket, or an address (Amazon S3 API Reference, PutObject).
    static let redirect = Form(
        .text("a path such as /new.html, or an address"),
        parse: { text throws(BadValue) in
            let leads = text.hasPrefix("/") || text.hasPrefix("http://") || text.hasPrefix("https://")
            guard leads, text.utf8.count <= 2048, text.utf8.allSatisfy({ 33...126 ~= $0 }) else {
                throw BadValue("“\(text)” is nowhere to go to. Write a path that begins with a slash, or an http address, percent-encoded.")
            }
            return text
        })

    /// A storage class by its name.
    static let storageClass = Form(
        .text("a storage class such as STANDARD_IA"),
        parse: { text throws(BadValue) in
            let isName = !text.isEmpty && text.utf8.allSatisfy { 65...90 ~= $0 & 0xDF || 48...57 ~= $0 || $0 == UInt8(ascii: "_") }
            guard isName else { throw BadValue("“\(text)” is no storage class. Write one such as STANDARD_IA.") }
            return text.uppercased()
        })
}

extension Form where Value == ObjectEncryption {
    static let encryption = Form(
        .text("AES256, aws:kms, aws:kms:KEY or customer"),
        parse: { text throws(BadValue) in
            switch text {
            case "AES256": return .store
            case "aws:kms": return .managed(key: nil)
            case "customer": return .customer
            default:
                let key = text.hasPrefix("aws:kms:") ? String(text.dropFirst("aws:kms:".count)) : ""
                guard !key.isEmpty, key.utf8.allSatisfy({ 33...126 ~= $0 }) else {
                    throw BadValue("“\(text)” is no encryption. Write AES256, aws:kms, aws:kms:KEY or customer.")
                }
                return .managed(key: key)
            }
        },
        text: { value in
            switch value {
            case .store: "AES256"
            case .managed(let key): "aws:kms" + (key.map { ":" + $0 } ?? "")
            case .customer: "customer"
            }
        })
}

extension Form where Value == NameAndValue {
    /// A tag of an object (Amazon S3 User Guide, "Categorizing your storage using tags").
    static let tag = Form(
        .text("a tag such as event=wedding"),
        parse: { text throws(BadValue) in
            guard let tag = NameAndValue(text) else { throw BadValue("“\(text)” is no tag. Write NAME=VALUE.") }
            guard tag.name.unicodeScalars.count <= 128, tag.value.unicodeScalars.count <= 256 else {
                throw BadValue("a tag's name has at most 128 characters and its value 256; “\(tag.name)” has more.")
            }
            return tag
        })

    /// Metadata: names as header names are made of (RFC 9110 §5.6.2), values that can travel.
    static let metadata = Form(
        .text("a name and a value such as photographer=Ada"),
        parse: { text throws(BadValue) in
            guard let item = NameAndValue(text)?.lowercased else { throw BadValue("“\(text)” is no metadata. Write NAME=VALUE.") }
            guard item.name.utf8.allSatisfy({ 97...122 ~= $0 || 48...57 ~= $0 || $0 == 45 || $0 == 95 }) else {
                throw BadValue("“\(item.name)” cannot name metadata. Use letters, digits and hyphens.")
            }
            guard item.value.utf8.allSatisfy({ 32...126 ~= $0 }) else {
                throw BadValue("the value of “\(item.name)” holds characters beyond ASCII, which not every store keeps.")
            }
            // What the deploy itself records; see ObjectHead, PhotoGuard, CodingMark and NameMark.
            guard !["sha256", "galleria-recipe", "galleria-source", "galleria-coding", "galleria-name"].contains(item.name) else {
                throw BadValue("the metadata “\(item.name)” is the deploy's own. Choose another name.")
            }
            return item
        })
}

extension Form where Value == NameAndValue {
    /// A variable of a layout.
    static let layoutValue = Form(
        .text("a variable such as user=ada"),
        parse: { text throws(BadValue) in
            guard let item = NameAndValue(text) else { throw BadValue("“\(text)” sets no variable. Write NAME=VALUE.") }
            return item
        })
}

extension Form where Value == String {
    /// A layout: a preset's name or a template.
    static let layout = Form(
        .text("a preset's name or a template such as {taken:yyyy/MM}/{name}"),
        parse: { text throws(BadValue) in
            try BadValue.wrap { () throws(LayoutError) in try Layout.check(text) }
            return text
        })

    /// A template for paths of the source.
    static let pathTemplate = Form(
        .text("a template such as {kind}/{slug}/{name}"),
        parse: { text throws(BadValue) in
            _ = try BadValue.wrap { () throws(LayoutError) in try Layout(ofPaths: text) }
            return text
        })
}

extension Form where Value == [NameAndValue] {
    /// Several, of which no name may stand twice; S3 takes ten tags.
    static func pairs(of element: Form<NameAndValue>, most: Int = .max) -> Form {
        let list = Form<[NameAndValue]>.list(of: element)
        var parseAll: (@Sendable (String) throws(BadValue) -> [NameAndValue])?
        if let parse = list.parse { parseAll = { text throws(BadValue) in try check(try parse(text), most) } }
        return Form(shape: list.shape, parse: parseAll, text: list.text) { node, key, reader in
            guard let items = list.read(node, key, &reader) else { return nil }
            do throws(BadValue) { return try check(items, most) } catch {
                reader.note(node.position, .badValue(key, error.problem))
                return nil
            }
        }
    }

    /// Refuses a name that stands twice, and too many.
    static func check(_ items: [NameAndValue], _ most: Int) throws(BadValue) -> [NameAndValue] {
        var names: Set<String> = []
        for item in items where !names.insert(item.name).inserted { throw BadValue("“\(item.name)” stands twice.") }
        guard items.count <= most else { throw BadValue("there are \(items.count), and an object has at most \(most).") }
        return items
    }
}

extension Form where Value == [HeaderRuleValues] {
    static let headerRules = Form(
        shape: .records(SettingTable.headerRules.map(\.facts)), parse: nil,
        text: { rules in rules.map { rule in SettingTable.line(of: rule) } }
    ) { node, key, reader in
        guard case .list(let items) = node.content else {
            reader.note(node.position, .wrongType(key, expected: "a list of rules, each beginning with “- ”", found: node.kind))
            return nil
        }
        return items.map { item in
            var rule = HeaderRuleValues()
            _ = reader.group(
                item, rows: SettingTable.headerRuleRows, into: &rule,
                elsewhere: (SettingTable.names, "the target or the file's top level"))
            if let problem = rule.headers.contradiction { reader.note(item.position, .contradiction("in this rule, " + problem)) }
            return rule
        }
    }
}
