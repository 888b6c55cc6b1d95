internal import Yams

/// Parses a YAML text into nodes that keep positions and raw scalars.
///
/// The parser (libyaml, YAML 1.1) only finds structure; what it would resolve scalars to is never asked for. Aliases are followed, up to
/// `maximumCount` values in the whole tree.
struct YAMLTree {
    /// The most values that a document may have, aliases followed.
    static let maximumCount = 10_000

    private let path: String
    private var count = 0

    /// The document's root, nil where the text holds nothing but comments.
    static func parse(_ bytes: [UInt8], path: String) throws(ConfigurationFault) -> YAMLNode? {
        func fault(_ position: Position, _ reason: ConfigurationFault.Reason) -> ConfigurationFault {
            ConfigurationFault(path: path, position: position, reason: reason)
        }
        let start = Position(line: 1, column: 1)
        guard bytes.count <= ConfigurationFile.maximumSize else { throw fault(start, .tooLarge(bytes.count)) }
        let bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
        if let offset = unreadable(bytes) { throw fault(Position(ofByte: offset, in: bytes), .unreadableText) }
        if let offset = AliasGuard.complexKey(in: bytes) { throw fault(Position(ofByte: offset, in: bytes), .complexKey) }

        let text = String(decoding: bytes, as: UTF8.self)
        let root: Node?
        do {
            // The encoding is stated because the default one is looked up in the environment.
            let parser = try Parser(yaml: text, resolver: .basic, encoding: .utf8)
            root = try parser.nextRoot()
            if let second = try parser.nextRoot() { throw fault(second.mark.map(Position.init) ?? start, .severalDocuments) }
        } catch let error as ConfigurationFault {
            throw error
        } catch let error as YamlError {
            let (position, reason) = YAMLProblem(text).explain(error)
            throw fault(position, reason)
        } catch {
            throw fault(start, .syntax("\(error)"))
        }
        guard let root else { return nil }
        var tree = YAMLTree(path: path)
        return try tree.convert(root)
    }

    private init(path: String) { self.path = path }

    /// The offset of the first byte that is not UTF-8, or of a control character other than tab and line ends; YAML allows neither.
    private static func unreadable(_ bytes: [UInt8]) -> Int? {
        let control = bytes.firstIndex { ($0 < 32 && $0 != 9 && $0 != 10 && $0 != 13) || $0 == 127 }
        guard String(validating: bytes, as: UTF8.self) == nil else { return control }
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        var offset = 0
        while case .scalarValue(let scalar) = decoder.decode(&iterator) { offset += UTF8.width(scalar) }
        return min(offset, control ?? offset)
    }

    private mutating func convert(_ node: Node) throws(ConfigurationFault) -> YAMLNode {
        let position = node.mark.map(Position.init) ?? Position(line: 1, column: 1)
        func fault(_ reason: ConfigurationFault.Reason) -> ConfigurationFault {
            ConfigurationFault(path: path, position: position, reason: reason)
        }
        count += 1
        guard count <= Self.maximumCount else { throw fault(.tooManyValues) }
        let tag: Tag
        let content: YAMLNode.Content
        switch node {
        case .scalar(let scalar):
            tag = scalar.tag
            content = .scalar(scalar.string, isPlain: scalar.style == .plain || scalar.style == .any)
        case .sequence(let sequence):
            tag = sequence.tag
            var list: [YAMLNode] = []
            for item in sequence { list.append(try convert(item)) }
            content = .list(list)
        case .mapping(let mapping):
            tag = mapping.tag
            var entries: [YAMLNode.Entry] = []
            for (key, value) in mapping {
                guard case .scalar(let name) = key, let mark = name.mark else {
                    throw ConfigurationFault(path: path, position: key.mark.map(Position.init) ?? position, reason: .complexKey)
                }
                entries.append(YAMLNode.Entry(name: name.string, position: Position(mark), value: try convert(value)))
            }
            content = .mapping(entries)
        case .alias: throw fault(.complexKey)
        }
        guard Self.harmlessTags.contains(tag.description) else { throw fault(.tag(tag.description)) }
        return YAMLNode(content: content, position: position)
    }

    /// No tag at all, and those that the parser gives to quoted text, lists and groups.
    private static let harmlessTags: Set<String> = [
        "", "!", "tag:yaml.org,2002:str", "tag:yaml.org,2002:seq", "tag:yaml.org,2002:map",
    ]
}

extension Position {
    init(_ mark: Mark) { self.init(line: mark.line, column: mark.column) }
}
