public import Vocabulary

/// How the key of a picture is made from the path of the photo that it is made of: `thumbs/{stem}.webp`.
///
/// `{stem}` is the file's name without its extension, `{ext}` that extension in lower case, `{dir}` its folder. Where the folder is the source
/// itself, `{dir}/` stands for nothing.
public struct KeyTemplate: Sendable, Hashable, CustomStringConvertible {
    /// Why a text is no template.
    public enum SyntaxError: Error, Sendable, Hashable, CustomStringConvertible {
        /// A brace without its counterpart.
        case unclosed(template: String)
        /// `{…}` that stands for nothing.
        case unknown(String, template: String)
        /// Without the name, all photos would become one picture.
        case noStem(template: String)
        /// It does not end in a format's extension.
        case noFormat(template: String)
        /// An empty component, `.` or `..`.
        case badComponent(template: String)

        /// What is wrong with the template, and what to write instead.
        public var description: String {
            switch self {
            case .unclosed(let template): "“\(template)” has a brace without its counterpart. Write one such as thumbs/{stem}.webp."
            case .unknown(let name, let template):
                "“\(template)”: “{\(name)}” stands for nothing; {stem} is the photo's name, {ext} its extension, {dir} its folder."
            case .noStem(let template):
                "“\(template)” would be the key of every photo's picture. Write the photo's name into it, as in thumbs/{stem}.webp."
            case .noFormat(let template):
                "“\(template)” does not end in .jpg, .jpeg, .png, .webp or .avif, which says what the pictures are to be."
            case .badComponent(let template):
                "“\(template)” begins or ends with a slash, or has a part that is empty, “.” or “..”. Write one such as thumbs/{stem}.webp."
            }
        }
    }

    private enum Piece: Sendable, Hashable {
        case text([UInt8])
        case stem
        case fileExtension
        case folder
    }

    /// The text.
    public let description: String
    /// What its end says that the picture is coded as.
    public let format: PictureFormat
    private let pieces: [Piece]

    /// Reads a template.
    public init(_ text: String) throws(SyntaxError) {
        description = text
        var pieces: [Piece] = []
        var rest = text[...]
        while let brace = rest.firstIndex(where: { $0 == "{" || $0 == "}" }) {
            if brace > rest.startIndex { pieces.append(.text(Array(rest[..<brace].utf8))) }
            guard rest[brace] == "{", let end = rest[brace...].firstIndex(of: "}") else { throw .unclosed(template: text) }
            switch rest[rest.index(after: brace)..<end] {
            case "stem": pieces.append(.stem)
            case "ext": pieces.append(.fileExtension)
            case "dir": pieces.append(.folder)
            case let other: throw .unknown(String(other), template: text)
            }
            rest = rest[rest.index(after: end)...]
        }
        if !rest.isEmpty { pieces.append(.text(Array(rest.utf8))) }
        self.pieces = pieces
        let components = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard components.allSatisfy({ !$0.isEmpty && !$0.elementsEqual(".".utf8) && !$0.elementsEqual("..".utf8) }) else {
            throw .badComponent(template: text)
        }
        guard pieces.contains(.stem) else { throw .noStem(template: text) }
        // The end is the template's own, not the photo's.
        guard case .text(let end)? = pieces.last, end.contains(UInt8(ascii: ".")),
            let format = PictureFormat(word: Key("x" + String(decoding: end, as: UTF8.self)).pathExtension)
        else { throw .noFormat(template: text) }
        self.format = format
    }

    /// The key for a photo at `path` below the source.
    public func key(for path: Key) -> Key {
        let name = path.lastComponent
        let folder = path.bytes[..<max(0, name.startIndex - 1)]
        let fileExtension = Array(path.pathExtension.utf8)
        let stem = fileExtension.isEmpty ? name : name.dropLast(fileExtension.count + 1)
        var bytes: [UInt8] = []
        for piece in pieces {
            switch piece {
            case .text(let text):
                // What comes after a folder that is none begins without a slash.
                let isAtStart = bytes.isEmpty || bytes.last == UInt8(ascii: "/")
                bytes += isAtStart && text.first == UInt8(ascii: "/") ? text.dropFirst() : text[...]
            case .stem: bytes += stem
            case .fileExtension: bytes += fileExtension
            case .folder: bytes += folder
            }
        }
        // All of it is text of the template or of a key.
        return Key(unchecked: bytes)
    }

    /// Whether some photo's picture may have this key: it begins and ends as the template does.
    public func mayHaveMade(_ key: Key) -> Bool {
        var rest = key.bytes[...]
        if case .text(let text)? = pieces.first {
            guard rest.starts(with: text) else { return false }
            rest = rest.dropFirst(text.count)
        }
        guard case .text(let text)? = pieces.last else { return false }
        return rest.count > text.count && rest.suffix(text.count) == text[...]
    }
}
