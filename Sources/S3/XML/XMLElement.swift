/// An element of a small answer with its text and children, built by the strict scanner. Listing pages are read without one.
package struct XMLElement: Sendable, Hashable {
    /// The name without its namespace prefix.
    package let name: String
    /// All text directly within, references replaced.
    package private(set) var text = ""
    /// The elements directly within, in order.
    package private(set) var children: [XMLElement] = []

    private init(name: String) { self.name = name }

    /// The first child of that name.
    package func child(_ name: String) -> XMLElement? { children.first { $0.name == name } }

    /// The children of that name.
    package func children(_ name: String) -> [XMLElement] { children.filter { $0.name == name } }

    /// The text of the first child of that name.
    package func text(_ name: String) -> String? { child(name)?.text }
}

extension XMLElement {
    /// The most elements an answer read this way may have: DeleteObjects answers five for each of 1,000 keys.
    static let maximumElements = 50_000

    /// Reads a whole document; `root`, where given, must be its root element's name.
    package init(document bytes: [UInt8], root: String? = nil, maximumBytes: Int = 16 << 20) throws(XMLFault) {
        let element = try bytes.withUnsafeBufferPointer { buffer throws(XMLFault) in try Self.read(buffer, maximumBytes: maximumBytes) }
        if let root, element.name != root { throw .root(expected: root, found: element.name) }
        self = element
    }

    private static func read(_ bytes: UnsafeBufferPointer<UInt8>, maximumBytes: Int) throws(XMLFault) -> XMLElement {
        var scanner = try XMLScanner(bytes, maximumBytes: maximumBytes)
        // The open elements, the outermost first; a closed one moves into the one before it.
        var open: [XMLElement] = []
        var root: XMLElement?
        var count = 0
        while true {
            switch try scanner.next() {
            case .start(let name):
                count += 1
                guard count <= maximumElements else { throw .tooMany(limit: maximumElements) }
                open.append(XMLElement(name: String(decoding: bytes[name.start..<name.end], as: UTF8.self)))
            case .text(let slice, let hasReferences):
                guard let last = open.indices.last else { continue }
                open[last].text += string(bytes[slice.start..<slice.end], hasReferences)
            case .end:
                guard let closed = open.popLast() else { continue }
                if let last = open.indices.last { open[last].children.append(closed) } else { root = closed }
            case .done:
                guard let root else { throw .truncated }
                return root
            }
        }
    }

    private static func string(_ bytes: Slice<UnsafeBufferPointer<UInt8>>, _ hasReferences: Bool) -> String {
        guard hasReferences else { return String(decoding: bytes, as: UTF8.self) }
        var copy = [UInt8](bytes)
        let count = copy.withUnsafeMutableBufferPointer { XMLText.decode($0) }
        return String(decoding: copy[..<count], as: UTF8.self)
    }
}
