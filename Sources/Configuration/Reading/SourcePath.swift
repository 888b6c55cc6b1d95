internal import Vocabulary

/// Paths of the source as files of rows name them.
enum SourcePath {
    /// The path below the source. Absolute ones are taken relative to `source`, an absolute path or nil; `./` at the beginning is left out.
    /// - Throws: What is wrong with it, in words that follow a colon.
    static func key(_ text: String, below source: String?) throws(BadValue) -> Key {
        var source = source
        while let text = source, text.count > 1, text.hasSuffix("/") { source = String(text.dropLast()) }
        var path = text.utf8[...]
        if path.first == UInt8(ascii: "/") {
            guard let source, path.starts(with: (source == "/" ? "/" : source + "/").utf8) else {
                throw BadValue("it is absolute, and not below \(source?.escapedForTerminal ?? "the source")")
            }
            path = path.dropFirst(source == "/" ? 1 : source.utf8.count + 1)
        }
        while path.starts(with: "./".utf8) { path = path.dropFirst(2) }
        let parts = path.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        if path.isEmpty { throw BadValue("it is empty") }
        if parts.contains(where: { $0.isEmpty || $0.elementsEqual(".".utf8) || $0.elementsEqual("..".utf8) }) {
            throw BadValue("it holds “.”, “..” or an empty name")
        }
        return Key(String(path) ?? "")
    }
}
