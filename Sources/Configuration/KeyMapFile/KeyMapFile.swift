public import Planning
internal import Vocabulary

/// Reads the file that `map` names: keys, metadata and tags by path.
///
/// | form | what it looks like |
/// |---|---|
/// | CSV (RFC 4180) | a header with the column path and any of key, `metadata:NAME` and `tag:NAME`; an empty field says nothing |
/// | JSON or YAML object | `{"a.jpg": "shop/1.jpg", "b.jpg": {"key": "shop/2.jpg", "metadata": {"alt": "Oak"}, "tags": {"shop": "1"}}}` |
/// | JSON or YAML list | `[{"path": "a.jpg", "key": "shop/1.jpg"}]` |
///
/// YAML is read as the configuration is, and like it is at most 1 MiB large with 10,000 values; CSV and JSON may be larger.
public enum KeyMapFile {
    /// The largest file that is read, in bytes.
    public static let maximumSize = CaptureTimesFile.maximumSize

    /// Reads a file from the disk. `source` is the gallery's folder, an absolute path; absolute paths in the file must lie below it.
    public static func load(path: String, source: String?) throws(KeyMapError) -> KeyMap {
        let bytes: [UInt8]
        do throws(ConfigurationError) { bytes = try ConfigurationFile.read(path, limit: maximumSize + 1) } catch {
            let cause = if case .unreadable(_, let cause) = error { cause } else { "\(error)" }
            throw KeyMapError(path: path, faults: [.init(position: nil, reason: .unreadable(cause))])
        }
        return try read(bytes, path: path, source: source)
    }

    /// Reads a file's content; `path` is named in errors. YAML is told by the name (`.yml`, `.yaml`), JSON by its first character.
    public static func read(_ bytes: [UInt8], path: String, source: String? = nil) throws(KeyMapError) -> KeyMap {
        var rows = KeyMapRows(source: source)
        let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
        do throws(KeyMapError.Fault) {
            guard content.count <= maximumSize else {
                throw .init(position: nil, reason: .syntax("the file holds more than \(maximumSize >> 20) MiB"))
            }
            if path.hasSuffix(".yml") || path.hasSuffix(".yaml") {
                let root: YAMLNode?
                do throws(ConfigurationFault) { root = try YAMLTree.parse(content, path: path) } catch {
                    throw .init(position: error.position, reason: .syntax(error.reason.words))
                }
                if let root { try rows.add(MapNode(root)) }
            } else if let first = content.first(where: { ![9, 10, 13, 32].contains($0) }), first == 0x7B || first == 0x5B {
                var lines = LineCounter(content)
                let root: JSONText.Node
                do throws(JSONText.Failure) { root = try JSONText.parse(content) } catch {
                    throw .init(position: lines.position(of: error.offset), reason: .syntax(error.problem))
                }
                try rows.add(MapNode(root, &lines))
            } else {
                try rows.addCSV(content)
            }
        } catch {
            rows.faults.append(error)
        }
        guard rows.faults.isEmpty else { throw KeyMapError(path: path, faults: rows.faults) }
        return KeyMap(rows.rows)
    }
}

/// A value of a JSON or YAML text: what both have in common.
struct MapNode {
    indirect enum Content {
        case text(String)
        case list([MapNode])
        case members([(name: String, value: MapNode)])
        case none
    }

    let content: Content
    let position: Position

    init(_ node: YAMLNode) {
        position = node.position
        content =
            switch node.content {
            case .scalar("", isPlain: true): .none
            case .scalar(let text, isPlain: _): .text(text)
            case .list(let items): .list(items.map { MapNode($0) })
            case .mapping(let entries): .members(entries.map { ($0.name, MapNode($0.value)) })
            }
    }

    init(_ node: JSONText.Node, _ lines: inout LineCounter) {
        position = lines.position(of: node.offset)
        switch node.content {
        case .string(let text): content = .text(text)
        case .word("null"): content = .none
        case .word(let word): content = .text(word)
        case .array(let items):
            var list: [MapNode] = []
            for item in items { list.append(MapNode(item, &lines)) }
            content = .list(list)
        case .object(let members):
            var list: [(name: String, value: MapNode)] = []
            for member in members { list.append((member.name, MapNode(member.value, &lines))) }
            content = .members(list)
        }
    }

    subscript(_ name: String) -> MapNode? {
        guard case .members(let members) = content else { return nil }
        return members.first { $0.name == name }?.value
    }

    var text: String? { if case .text(let text) = content { text } else { nil } }
}
