/// An XMP packet cut into tags and values, enough to find properties and the texts between them (XML 1.0; XMP specification part 1, §7).
struct XMPPacket {
    /// A property written as an attribute, or as an element with all that it holds.
    struct Property {
        let namespace: String
        let name: String
        /// All of it: the attribute with its value, or the element from `<` to the last `>`.
        let range: Range<Int>
        /// What it says.
        let value: Range<Int>
    }

    private(set) var properties: [Property] = []
    /// Attribute values and character data: where a text may be overwritten without breaking the markup.
    private(set) var texts: [Range<Int>] = []

    private let bytes: [UInt8]
    private var position = 0
    private var namespaces: [[UInt8]: String] = [:]
    private var open: [(name: ArraySlice<UInt8>, start: Int, content: Int)] = []

    /// Cuts the packet; nil where its markup does not close.
    init?(_ bytes: [UInt8]) {
        self.bytes = bytes
        collectNamespaces()
        while position < bytes.count {
            guard bytes[position] == UInt8(ascii: "<") else {
                let start = position
                while position < bytes.count, bytes[position] != UInt8(ascii: "<") { position += 1 }
                texts.append(start..<position)
                continue
            }
            guard readMarkup() else { return nil }
        }
        if !open.isEmpty { return nil }
    }

    private func has(_ text: StaticString, at i: Int) -> Bool { ByteView(bytes).has(text, at: i) }

    private mutating func skip(to end: StaticString) -> Bool {
        guard let at = ByteView(bytes).position(of: end, from: position) else { return false }
        position = at + end.utf8CodeUnitCount
        return true
    }

    private mutating func readMarkup() -> Bool {
        if has("<?", at: position) { return skip(to: "?>") }
        if has("<!--", at: position) { return skip(to: "-->") }
        if has("<![CDATA[", at: position) { return skip(to: "]]>") }
        if has("<!", at: position) { return false }
        let start = position
        if has("</", at: position) {
            position += 2
            let name = readName()
            guard skip(to: ">"), let element = open.popLast(), element.name.elementsEqual(name) else { return false }
            note(element.name, element.start..<position, value: element.content..<start)
            return true
        }
        position += 1
        let name = readName()
        guard !name.isEmpty, open.count < 200 else { return false }
        while true {
            skipBlanks()
            guard position < bytes.count else { return false }
            if bytes[position] == UInt8(ascii: ">") {
                position += 1
                open.append((name, start, position))
                return true
            }
            if has("/>", at: position) {
                position += 2
                note(name, start..<position, value: position..<position)
                return true
            }
            guard readAttribute() else { return false }
        }
    }

    private mutating func readAttribute() -> Bool {
        let start = position
        let name = readName()
        skipBlanks()
        guard !name.isEmpty, position < bytes.count, bytes[position] == UInt8(ascii: "=") else { return false }
        position += 1
        skipBlanks()
        guard position < bytes.count, bytes[position] == 0x22 || bytes[position] == 0x27 else { return false }
        let quote = bytes[position]
        let value = position + 1
        position = value
        while position < bytes.count, bytes[position] != quote, bytes[position] != UInt8(ascii: "<") { position += 1 }
        guard position < bytes.count, bytes[position] == quote else { return false }
        position += 1
        if !name.starts(with: Array("xmlns".utf8)) {
            texts.append(value..<position - 1)
            note(name, start..<position, value: value..<position - 1)
        }
        return true
    }

    private mutating func skipBlanks() {
        while position < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) { position += 1 }
    }

    private mutating func readName() -> ArraySlice<UInt8> {
        let start = position
        while position < bytes.count, ![0x20, 0x09, 0x0A, 0x0D, 0x2F, 0x3C, 0x3D, 0x3E, 0x22, 0x27].contains(bytes[position]) {
            position += 1
        }
        return bytes[start..<position]
    }

    private mutating func note(_ name: ArraySlice<UInt8>, _ range: Range<Int>, value: Range<Int>) {
        guard let colon = name.firstIndex(of: UInt8(ascii: ":")) else { return }
        let prefix = Array(name[..<colon])
        let local = String(decoding: name[(colon + 1)...], as: UTF8.self)
        properties.append(
            Property(namespace: namespaces[prefix] ?? String(decoding: prefix, as: UTF8.self), name: local, range: range, value: value))
    }

    /// Prefixes may be declared anywhere, and mean the same everywhere in every packet seen.
    private mutating func collectNamespaces() {
        let view = ByteView(bytes)
        var from = 0
        while let at = view.position(of: "xmlns:", from: from) {
            var i = at + 6
            let start = i
            while i < bytes.count, bytes[i] != UInt8(ascii: "="), bytes[i] > 32, i - start < 64 { i += 1 }
            let prefix = Array(bytes[start..<i])
            while i < bytes.count, bytes[i] != 0x22, bytes[i] != 0x27, bytes[i] != UInt8(ascii: ">") { i += 1 }
            from = i
            guard i < bytes.count, bytes[i] != UInt8(ascii: ">") else { continue }
            let uri = bytes[(i + 1)...].prefix { $0 != bytes[i] }.prefix(200)
            namespaces[prefix] = String(decoding: uri, as: UTF8.self)
        }
    }
}
