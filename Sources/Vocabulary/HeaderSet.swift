/// Header fields that an object is deployed with: what browsers and the store are told of it, but for what follows from its bytes.
///
/// One value a name. Names are in lower case, because HTTP's are the same in any (RFC 9110 §5.1). Secrets, such as a customer's encryption
/// key, never belong here: what a set is compared by is kept in the local state.
public struct HeaderSet: Sendable, Hashable {
    /// One field.
    public struct Field: Sendable, Hashable {
        /// The name in lower case.
        public let name: String
        /// The value as it is sent.
        public let value: String
    }

    /// What stands before the names of the user's metadata.
    public static let metadataPrefix = "x-amz-meta-"

    /// What the names begin with that say how the store encrypts.
    public static let encryptionPrefix = "x-amz-server-side-encryption"

    /// The name of the field that tags an object.
    public static let tagging = "x-amz-tagging"

    /// The name of the field that leads visitors of a website elsewhere.
    public static let redirect = "x-amz-website-redirect-location"

    /// The fields in byte order of their names.
    public private(set) var fields: [Field] = []

    /// No field.
    public init() {}

    /// The fields of a dictionary; of names that differ in case only, which one stays is not told.
    public init(_ values: [String: String]) {
        for (name, value) in values { self[name] = value }
    }

    /// True where there is no field.
    public var isEmpty: Bool { fields.isEmpty }

    /// The value of a name in any case; nil removes the field.
    public subscript(name: String) -> String? {
        get {
            let name = name.lowercased()
            return fields.first { $0.name == name }?.value
        }
        set {
            let name = name.lowercased()
            let at = fields.firstIndex { !($0.name < name) } ?? fields.endIndex
            let isThere = at < fields.endIndex && fields[at].name == name
            if let newValue {
                fields.replaceSubrange(at..<at + (isThere ? 1 : 0), with: [Field(name: name, value: newValue)])
            } else if isThere {
                fields.remove(at: at)
            }
        }
    }

    /// Takes over every field of `other`, over one of the same name.
    public mutating func merge(_ other: HeaderSet) {
        for field in other.fields { self[field.name] = field.value }
    }

    /// What a digest of the set is made of: a line for each field, in order. Header values hold no line feed (RFC 9110 §5.5).
    public var canonicalBytes: [UInt8] { Array(fields.map { "\($0.name):\($0.value)\n" }.joined().utf8) }
}
