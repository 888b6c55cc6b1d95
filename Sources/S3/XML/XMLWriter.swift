/// Writes the small documents that are sent: elements and escaped text.
package struct XMLWriter {
    /// The document so far.
    package private(set) var bytes: [UInt8]

    /// S3's namespace (Amazon S3 API Reference, any request body).
    package static let namespace = "http://s3.amazonaws.com/doc/2006-03-01/"

    /// Starts a document with its root element open, in the namespace of S3 or of another of AWS's services.
    package init(root: String, namespace: String = Self.namespace) {
        bytes = [UInt8]("<?xml version=\"1.0\" encoding=\"UTF-8\"?><\(root) xmlns=\"\(namespace)\">".utf8)
    }

    /// Opens an element.
    package mutating func open(_ name: String) {
        bytes.append(UInt8(ascii: "<"))
        bytes.append(contentsOf: name.utf8)
        bytes.append(UInt8(ascii: ">"))
    }

    /// Closes an element.
    package mutating func close(_ name: String) {
        bytes.append(contentsOf: "</".utf8)
        bytes.append(contentsOf: name.utf8)
        bytes.append(UInt8(ascii: ">"))
    }

    /// An element with text.
    package mutating func element(_ name: String, _ text: some Sequence<UInt8>) {
        open(name)
        for byte in text {
            switch byte {
            case UInt8(ascii: "&"): bytes.append(contentsOf: "&amp;".utf8)
            case UInt8(ascii: "<"): bytes.append(contentsOf: "&lt;".utf8)
            case UInt8(ascii: ">"): bytes.append(contentsOf: "&gt;".utf8)
            case UInt8(ascii: "\""): bytes.append(contentsOf: "&quot;".utf8)
            default: bytes.append(byte)
            }
        }
        close(name)
    }

    /// Elements that a server wrote, byte for byte.
    mutating func verbatim(_ elements: [UInt8]) { bytes += elements }

    /// An element with text.
    package mutating func element(_ name: String, _ text: String) { element(name, text.utf8) }

    /// Whether a key can stand in a document and come out of a parser unchanged: no control characters, no U+FFFE or U+FFFF (XML 1.0 §2.2),
    /// no white space at its ends, which some servers trim.
    static func canCarry(_ key: [UInt8]) -> Bool {
        guard let first = key.first, let last = key.last, first != 0x20, last != 0x20 else { return false }
        for (i, byte) in key.enumerated() {
            if byte < 0x20 || byte == 0x7f { return false }
            if byte == 0xef, i + 2 < key.count, key[i + 1] == 0xbf, key[i + 2] >= 0xbe { return false }
            // C1 controls, U+0080 to U+009F, are legal but discouraged.
            if byte == 0xc2, i + 1 < key.count, key[i + 1] < 0xa0 { return false }
        }
        return true
    }
}
