internal import Planning
internal import Vocabulary

/// Gathers rows of a map of keys, judging each.
struct KeyMapRows {
    private(set) var rows: [Key: KeyMap.Row] = [:]
    var faults: [KeyMapError.Fault] = []
    private var owners: [Key: String] = [:]
    private let source: String?

    init(source: String?) { self.source = source }

    /// Adds the rows of a JSON or YAML text.
    mutating func add(_ root: MapNode) throws(KeyMapError.Fault) {
        switch root.content {
        case .members(let members): for member in members { add(member.value, path: member.name) }
        case .list(let items): for item in items { add(item, path: nil) }
        case .text, .none: throw .init(position: root.position, reason: .form("neither a list nor an object"))
        }
    }

    private mutating func add(_ node: MapNode, path: String?) {
        func refuse(_ problem: String) { faults.append(.init(position: node.position, reason: .form(problem))) }
        if let path, let key = node.text { return add(path: path, key: key, metadata: [], tags: [], at: node.position) }
        guard case .members(let members) = node.content else { return refuse("neither a key nor an object where a row belongs") }
        if let unknown = members.first(where: { !["path", "key", "metadata", "tags"].contains($0.name) }) {
            return refuse("“\(unknown.name)” is none of path, key, metadata and tags")
        }
        guard let path = path ?? node["path"]?.text else { return refuse("a row without a path") }
        func pairs(_ name: String) -> [(String, String)]? {
            guard let found = node[name] else { return [] }
            switch found.content {
            case .none: return []
            case .members(let members):
                let pairs = members.compactMap { member in member.value.text.map { (member.name, $0) } }
                return pairs.count == members.count ? pairs : nil
            case .text, .list: return nil
            }
        }
        guard let metadata = pairs("metadata"), let tags = pairs("tags") else {
            return refuse("metadata and tags are objects of names and texts")
        }
        if let key = node["key"], key.text == nil, case .none = key.content {
        } else if let key = node["key"], key.text == nil {
            return refuse("a key that is no text")
        }
        add(path: path, key: node["key"]?.text, metadata: metadata, tags: tags, at: node.position)
    }

    /// Adds the rows of a CSV text. The header says which column is which.
    mutating func addCSV(_ bytes: [UInt8]) throws(KeyMapError.Fault) {
        var csv = CSVText(bytes)
        var lines = LineCounter(bytes)
        func record() throws(KeyMapError.Fault) -> (fields: [String], position: Position)? {
            do throws(CSVText.Failure) {
                guard let record = try csv.next() else { return nil }
                return (record.fields, lines.position(of: record.offset))
            } catch {
                throw .init(position: lines.position(of: error.offset), reason: .syntax(error.problem))
            }
        }
        guard let header = try record(), header.fields.contains("path"), Set(header.fields).count == header.fields.count else {
            throw .init(position: nil, reason: .form("no column named path, or two of one name"))
        }
        func isKnown(_ name: String) -> Bool {
            name == "path" || name == "key" || name.hasPrefix("metadata:") || name.hasPrefix("tag:")
        }
        if let unknown = header.fields.first(where: { !isKnown($0) }) {
            throw .init(
                position: header.position, reason: .form("the column “\(unknown)” is none of path, key, metadata:NAME and tag:NAME"))
        }
        while let row = try record() {
            guard row.fields.count <= header.fields.count else {
                faults.append(.init(position: row.position, reason: .form("more fields than the header has")))
                continue
            }
            let fields = zip(header.fields, row.fields).filter { !$0.1.isEmpty }
            func pairs(_ prefix: String) -> [(String, String)] {
                fields.compactMap { $0.0.hasPrefix(prefix) ? (String($0.0.dropFirst(prefix.count)), $0.1) : nil }
            }
            func field(_ name: String) -> String? { fields.first { $0.0 == name }?.1 }
            add(path: field("path") ?? "", key: field("key"), metadata: pairs("metadata:"), tags: pairs("tag:"), at: row.position)
        }
    }

    private mutating func add(
        path: String, key: String?, metadata: [(String, String)], tags: [(String, String)], at position: Position
    ) {
        func refuse(_ reason: KeyMapError.Reason) { faults.append(.init(position: position, reason: reason)) }
        let file: Key
        do throws(BadValue) { file = try SourcePath.key(path, below: source) } catch { return refuse(.path(path, error.problem)) }
        guard rows[file] == nil else { return refuse(.twice(path)) }
        var row = KeyMap.Row(key: nil)
        if let key {
            if let problem = KeyMap.problem(ofKey: key) { return refuse(.key(key, problem)) }
            let target = Key(key)
            if let first = owners[target] { return refuse(.sameKey(path, first: first, key: key)) }
            owners[target] = path
            row.key = target
        }
        do throws(BadValue) {
            var headers = HeaderValues()
            if !metadata.isEmpty { headers.metadata = try Self.pairs(metadata, .metadata, most: 100) }
            if !tags.isEmpty { headers.tags = try Self.pairs(tags, .tag, most: 10) }
            row.headers = headers.headerSet
        } catch { return refuse(.header(path: path, error.problem)) }
        rows[file] = row
    }

    private static func pairs(
        _ pairs: [(String, String)], _ form: Form<NameAndValue>, most: Int
    ) throws(BadValue) -> [NameAndValue] {
        guard let parse = form.parse else { return [] }
        var items: [NameAndValue] = []
        for pair in pairs { items.append(try parse(pair.0 + "=" + pair.1)) }
        return try Form<[NameAndValue]>.check(items, most)
    }
}
