public import Vocabulary

/// What was dropped of a source, as it stands in `.galleria-dropped.json` at its top: written before anything is removed, so that whoever finds the
/// folder knows where its files are, without this program and without its state.
///
/// An entry whose file is there says nothing: the file does.
public struct DroppedLedger: Sendable, Hashable {
    /// The file's name.
    public static let name = ".galleria-dropped.json"

    /// The dropped files in order of their paths, one entry a path.
    public private(set) var files: [DroppedFile]

    /// A ledger of these files; of several with one path the last counts.
    public init(_ files: [DroppedFile] = []) {
        self.files = Dictionary(files.map { ($0.path, $0) }) { $1 }.values.sorted { $0.path < $1.path }
    }

    /// The paths of all entries.
    public var paths: Set<Key> { Set(files.map(\.path)) }

    /// The ledger with these entries in place of those with the same paths.
    public func adding(_ more: [DroppedFile]) -> DroppedLedger { DroppedLedger(files + more) }

    /// The ledger without the entries of these paths.
    public func removing(_ paths: Set<Key>) -> DroppedLedger { DroppedLedger(files.filter { !paths.contains($0.path) }) }
}

/// Why a ledger cannot be read. What is dropped is then not known, and nothing may be deleted.
public struct LedgerFault: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong.
    public let problem: String

    /// Creates a fault.
    public init(_ problem: String) { self.problem = problem }

    /// What failed, why, and what to do next.
    public var description: String {
        "\(DroppedLedger.name) in the source cannot be read: \(problem). It says which files were dropped and lie in the bucket only; nothing is "
            + "deleted or dropped without it. Restore it, or, if no file was ever dropped, remove it."
    }
}

extension DroppedLedger {
    private static let note =
        "These files were removed here by galleria-deploy tier apply --drop-local, after their bytes had been read back from the bucket. "
        + "galleria-deploy tier promote brings them back. Keep this file: without it the next deploy could take them for deleted."

    /// The document, one entry a line (RFC 8259).
    public var document: [UInt8] {
        var text = "{\n\"version\": 1,\n\"note\": \(Self.quoted(Self.note)),\n\"files\": ["
        for (index, file) in files.enumerated() {
            text += index == 0 ? "\n" : ",\n"
            text += "{\"path\": \(Self.quoted(file.path.string)), \"endpoint\": \(Self.quoted(file.endpoint)), "
            text += "\"bucket\": \(Self.quoted(file.bucket)), \"key\": \(Self.quoted(file.key.string)), \"size\": \(file.size), "
            text += "\"sha256\": \"\(file.sha256.hex)\", \"modified\": \(file.modified), \"mode\": \(file.mode), "
            text += "\"user\": \(file.user), \"group\": \(file.group), \"dropped\": \(file.dropped)}"
        }
        return Array((text + "\n]\n}\n").utf8)
    }

    /// Reads a document. Anything that is not wholly understood is a fault.
    public init(_ document: [UInt8]) throws(LedgerFault) {
        let root: JSONText.Node
        do throws(JSONText.Failure) { root = try JSONText.parse(document) } catch {
            throw LedgerFault("\(error.problem), at byte \(error.offset)")
        }
        guard case .word("1")? = root["version"]?.content else { throw LedgerFault("it is not of version 1") }
        guard case .array(let nodes)? = root["files"]?.content else { throw LedgerFault("it has no list of files") }
        var files: [DroppedFile] = []
        for node in nodes { files.append(try Self.file(node)) }
        self.init(files)
        guard self.files.count == nodes.count else { throw LedgerFault("a path stands in it twice") }
    }

    private static func file(_ node: JSONText.Node) throws(LedgerFault) -> DroppedFile {
        func fault(_ name: String) -> LedgerFault { LedgerFault("an entry has no valid “\(name)”, at byte \(node.offset)") }
        func text(_ name: String) throws(LedgerFault) -> String {
            guard let text = node[name]?.text, !text.isEmpty else { throw fault(name) }
            return text
        }
        func number<Number: FixedWidthInteger>(_ name: String) throws(LedgerFault) -> Number {
            guard case .word(let word)? = node[name]?.content, let number = Number(word) else { throw fault(name) }
            return number
        }
        let path = Key(try text("path"))
        guard SourceFolder.mayHold(path.bytes) else { throw fault("path") }
        guard let sha256 = SHA256(hex: try text("sha256")) else { throw fault("sha256") }
        let size: Int64 = try number("size")
        guard size >= 0 else { throw fault("size") }
        return DroppedFile(
            path: path, endpoint: try text("endpoint"), bucket: try text("bucket"), key: Key(try text("key")), size: size, sha256: sha256,
            modified: try number("modified"), mode: try number("mode"), user: try number("user"), group: try number("group"),
            dropped: try number("dropped"))
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\u{0}"..<" ", "\u{7F}":
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
