/// A strict pull scanner for the XML of S3's answers: bytes in, events out, nothing allocated per event.
///
/// A document was understood only if `next()` answered `.done`: then its one root element was seen to open and to close, each end tag named
/// its start tag, and nothing but white space, comments and processing instructions came after. There is no DOCTYPE, hence no entity but
/// XML's own five and numeric references, hence nothing that expands. (Foundation's `XMLParser` on Linux answers `true` for truncated
/// documents and drops text around entities.)
///
/// The bytes must stay valid and unchanged ahead of the scanner while it is used; what it has passed may be overwritten, except tag names.
struct XMLScanner {
    private let base: UnsafePointer<UInt8>
    private let count: Int
    private var at = 0
    private var open: [Slice] = []
    private var closesAtOnce = false
    private var sawRoot = false

    /// Elements nested deeper than this are refused; S3's own answers nest five deep.
    static let maximumDepth = 16

    /// Begins at the first byte of a document; answers whose size or encoding is not acceptable are refused here.
    init(_ bytes: UnsafeBufferPointer<UInt8>, maximumBytes: Int) throws(XMLFault) {
        guard bytes.count <= maximumBytes else { throw .tooLarge(limit: maximumBytes) }
        guard let start = bytes.baseAddress, bytes.count > 0 else { throw .empty }
        base = start
        count = bytes.count
        if let offset = XMLText.firstUnacceptable(bytes) { throw .encoding(offset: offset) }
        open.reserveCapacity(Self.maximumDepth)
        if count >= 3, base[0] == 0xef, base[1] == 0xbb, base[2] == 0xbf { at = 3 }
        try skipXMLDeclaration()
    }

    /// The offset behind the last event.
    var position: Int { at }

    /// How many elements are open.
    var depth: Int { open.count }

    /// Scans on to the next event.
    mutating func next() throws(XMLFault) -> Event {
        if closesAtOnce {
            closesAtOnce = false
            open.removeLast()
            return .end
        }
        while true {
            if open.isEmpty {
                while at < count, XMLText.isSpace(base[at]) { at += 1 }
                if at == count {
                    if sawRoot { return .done }
                    throw isBlank ? .empty : .truncated
                }
                guard base[at] == lessThan else { throw .malformed("text outside the root element", offset: at) }
            } else if at < count, base[at] != lessThan {
                return try text()
            }
            guard at + 1 < count else { throw .truncated }
            switch base[at + 1] {
            case UInt8(ascii: "/"): return try endTag()
            case UInt8(ascii: "!"):
                if let section = try markup() { return section }
            case UInt8(ascii: "?"): try skip(past: "?>", from: at + 2)
            default: return try startTag()
            }
        }
    }

    // MARK: Tags

    private mutating func startTag() throws(XMLFault) -> Event {
        if open.isEmpty && sawRoot { throw .malformed("a second root element", offset: at) }
        let start = at + 1
        var local = start
        var i = start
        while i < count, XMLText.isNameByte(base[i]) {
            if base[i] == UInt8(ascii: ":") { local = i + 1 }
            i += 1
        }
        guard i > start, XMLText.isNameStart(base[start]) else { throw .malformed("a tag without a name", offset: at) }
        guard i < count else { throw .truncated }
        guard i > local, XMLText.isNameStart(base[local]) else { throw .malformed("a tag without a name", offset: at) }
        let name = Slice(start: start, end: i)
        if base[i] != greaterThan {
            i = try attributes(i)
            if base[i] == UInt8(ascii: "/") {
                closesAtOnce = true
                i += 1
            }
        }
        at = i + 1
        guard open.count < Self.maximumDepth else { throw .tooDeep(limit: Self.maximumDepth) }
        open.append(name)
        sawRoot = true
        return .start(Slice(start: local, end: name.end))
    }

    /// Passes the attributes and answers where the `>` or the `/` of `/>` stands.
    private func attributes(_ from: Int) throws(XMLFault) -> Int {
        var i = from
        while true {
            let before = i
            i = try afterSpace(i)
            if base[i] == greaterThan { return i }
            if base[i] == UInt8(ascii: "/") {
                guard i + 1 < count else { throw .truncated }
                guard base[i + 1] == greaterThan else { throw .malformed("a stray slash in a tag", offset: i) }
                return i
            }
            guard i > before, XMLText.isNameStart(base[i]) else { throw .malformed("a malformed tag", offset: i) }
            while i < count, XMLText.isNameByte(base[i]) { i += 1 }
            i = try afterSpace(i)
            guard base[i] == UInt8(ascii: "=") else { throw .malformed("an attribute without a value", offset: i) }
            i = try afterSpace(i + 1)
            let quote = base[i]
            guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
                throw .malformed("an attribute without quotation marks", offset: i)
            }
            i += 1
            while i < count, base[i] != quote {
                if base[i] == lessThan { throw .malformed("a < within an attribute", offset: i) }
                i = base[i] == ampersand ? try referenceEnd(i) : i + 1
            }
            guard i + 1 < count else { throw .truncated }
            i += 1
        }
    }

    private func afterSpace(_ from: Int) throws(XMLFault) -> Int {
        var i = from
        while i < count, XMLText.isSpace(base[i]) { i += 1 }
        guard i < count else { throw .truncated }
        return i
    }

    private mutating func endTag() throws(XMLFault) -> Event {
        guard let name = open.last else { throw .malformed("an end tag without a start tag", offset: at) }
        var i = at + 2
        var j = name.start
        while j < name.end, i < count, base[i] == base[j] {
            i += 1
            j += 1
        }
        guard i < count else { throw .truncated }
        guard j == name.end else { throw .malformed("an end tag that does not match its start tag", offset: at) }
        i = try afterSpace(i)
        guard base[i] == greaterThan else { throw .malformed("an end tag that does not match its start tag", offset: at) }
        at = i + 1
        open.removeLast()
        return .end
    }

    // MARK: Text

    private mutating func text() throws(XMLFault) -> Event {
        let start = at
        var hasReferences = false
        var i = start
        while i < count {
            let byte = base[i]
            // Nearly every byte is a letter or a digit, on either side of these three.
            if byte > greaterThan || (byte < lessThan && byte != ampersand) {
                i += 1
                continue
            }
            if byte == lessThan { break }
            if byte == ampersand {
                hasReferences = true
                i = try referenceEnd(i)
            } else if byte == greaterThan, i >= start + 2, base[i - 1] == UInt8(ascii: "]"), base[i - 2] == UInt8(ascii: "]") {
                throw .malformed("]]> within text", offset: i - 2)
            } else {
                i += 1
            }
        }
        guard i < count else { throw .truncated }
        at = i
        return .text(Slice(start: start, end: i), hasReferences: hasReferences)
    }

    private func referenceEnd(_ i: Int) throws(XMLFault) -> Int {
        guard let reference = XMLText.reference(base + i, count: count - i) else {
            throw XMLText.couldContinue(base + i, count: count - i) ? .truncated : .malformed("an unknown or malformed entity", offset: i)
        }
        return i + reference.length
    }

    /// At `<!`: passes a comment, answers a CDATA section as text, refuses all else.
    private mutating func markup() throws(XMLFault) -> Event? {
        if starts(with: "<!--") {
            try skip(past: "--", from: at + 4)
            guard at < count else { throw .truncated }
            guard base[at] == greaterThan else { throw .malformed("-- within a comment", offset: at - 2) }
            at += 1
            return nil
        }
        if starts(with: "<![CDATA[") {
            guard !open.isEmpty else { throw .malformed("text outside the root element", offset: at) }
            let start = at + 9
            try skip(past: "]]>", from: start)
            return .text(Slice(start: start, end: at - 3), hasReferences: false)
        }
        if starts(with: "<!DOCTYPE") { throw .doctype(offset: at) }
        throw isPrefix(of: "<!--") || isPrefix(of: "<![CDATA[") || isPrefix(of: "<!DOCTYPE")
            ? .truncated : .malformed("an unknown declaration", offset: at)
    }

    // MARK: Prolog

    /// Passes `<?xml …?>`; an encoding other than UTF-8 or its subset ASCII is refused.
    private mutating func skipXMLDeclaration() throws(XMLFault) {
        guard starts(with: "<?xml"), at + 5 < count, XMLText.isSpace(base[at + 5]) else { return }
        let start = at
        try skip(past: "?>", from: at + 5)
        guard XMLText.declaresUTF8(UnsafeBufferPointer(start: base + start, count: at - start)) else { throw .encoding(offset: start) }
    }

    private var isBlank: Bool { (0..<count).allSatisfy { XMLText.isSpace(base[$0]) } }

    /// Moves behind the next `mark`.
    private mutating func skip(past mark: StaticString, from start: Int) throws(XMLFault) {
        let length = mark.utf8CodeUnitCount
        var i = start
        while i + length <= count {
            if base[i] == mark.utf8Start[0], (1..<length).allSatisfy({ base[i + $0] == mark.utf8Start[$0] }) {
                at = i + length
                return
            }
            i += 1
        }
        throw .truncated
    }

    private func starts(with text: StaticString) -> Bool {
        let length = text.utf8CodeUnitCount
        return at + length <= count && (0..<length).allSatisfy { base[at + $0] == text.utf8Start[$0] }
    }

    private func isPrefix(of text: StaticString) -> Bool {
        count - at < text.utf8CodeUnitCount && (0..<count - at).allSatisfy { base[at + $0] == text.utf8Start[$0] }
    }
}

private let lessThan = UInt8(ascii: "<")
private let greaterThan = UInt8(ascii: ">")
private let ampersand = UInt8(ascii: "&")
