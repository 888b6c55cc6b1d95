public import Vocabulary

/// One object as the published manifest tells it. All of it follows from what is deployed, nothing from when or where.
public struct ManifestEntry: Sendable, Hashable {
    /// The whole key.
    public var key: Key
    /// The size in bytes.
    public var size: Int64
    /// SHA-256 of the object's bytes.
    public var sha256: SHA256
    /// The media type.
    public var type: String
    /// The first half of the digest of the headers that it was deployed with, in hexadecimal digits.
    public var headers: String
    /// Width in pixels as the file stores it, without regard to Exif's orientation.
    public var width: Int?
    /// Height in pixels, likewise.
    public var height: Int?
    /// The capture time as deployed, `2024-06-15T10:30:45+02:00`; without an offset where the photo has none.
    public var taken: String?
    /// The capture time before any correction, where that is to be public.
    public var takenBefore: String?
    /// SHA-256 of the source file, where that is to be public.
    public var sourceSHA256: SHA256?
    /// The address at which visitors open it.
    public var url: String?

    /// Creates an entry.
    public init(key: Key, size: Int64, sha256: SHA256, type: String, headers: String) {
        self.key = key
        self.size = size
        self.sha256 = sha256
        self.type = type
        self.headers = headers
    }

    /// How many hexadecimal digits of a digest of headers are published: enough to tell two sets apart.
    public static let headerDigits = 32

    /// The entry as a JSON object on one line; the names of its members stand in docs/manifest.schema.json.
    public var line: [UInt8] {
        var json = JSONLine()
        json.add("key", text: key.bytes)
        json.add("size", number: size)
        json.add("sha256", text: sha256.hex)
        json.add("type", text: type)
        json.add("headers", text: headers)
        if let width { json.add("width", number: Int64(width)) }
        if let height { json.add("height", number: Int64(height)) }
        if let taken { json.add("taken", text: taken) }
        if let takenBefore { json.add("taken_before", text: takenBefore) }
        if let sourceSHA256 { json.add("source_sha256", text: sourceSHA256.hex) }
        if let url { json.add("url", text: url) }
        return json.closed
    }

    /// Reads an entry; nil for anything that is none. Members that are not known are passed over.
    public init?(line: [UInt8]) {
        guard let members = JSONLine.members(of: line), case .text(let key)? = members["key"], case .number(let size)? = members["size"],
            case .text(let hex)? = members["sha256"], let sha256 = SHA256(hex: hex), size >= 0
        else { return nil }
        func text(_ name: String) -> String? { if case .text(let text)? = members[name] { text } else { nil } }
        func number(_ name: String) -> Int? { if case .number(let number)? = members[name] { Int(exactly: number) } else { nil } }
        self.init(key: Key(key), size: size, sha256: sha256, type: text("type") ?? "", headers: text("headers") ?? "")
        width = number("width")
        height = number("height")
        taken = text("taken")
        takenBefore = text("taken_before")
        sourceSHA256 = text("source_sha256").flatMap { SHA256(hex: $0) }
        url = text("url")
    }
}
