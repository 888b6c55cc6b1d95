internal import Digest
public import Vocabulary

/// Where objects are kept before they are replaced or deleted, and for how long.
public struct TrashPlace: Sendable, Hashable {
    /// The folder in the bucket that deploys of whatever folder keep objects in: never compared, never deleted by a deploy.
    public let root: Prefix
    /// The part of it for one deployed folder.
    public let prefix: Prefix
    /// How long they are kept.
    public var keep: Duration

    /// The place below `root` for what is deployed to `deployed`. Several targets may have one trash, so each has a part of its own.
    public init(root: Prefix, deployed: Prefix, keep: Duration) {
        self.root = root
        prefix = Prefix(root.string + SHA256.digest(of: deployed.bytes).hex.prefix(16))
        self.keep = keep
    }

    /// The folder of a run that began at a moment, in nanoseconds since 1970: its name sorts by time.
    public func run(_ began: Int64) -> Prefix { Prefix(prefix.string + Self.name(began)) }

    /// The name of a run's folder: twenty digits.
    static func name(_ began: Int64) -> String {
        let digits = "\(max(0, began))"
        return String(repeating: "0", count: max(0, 20 - digits.count)) + digits
    }

    /// Takes a key of the trash apart: when its run began, and the path of the object that it keeps, or nil for the run's list of what it created.
    func parts(of key: Key) -> (began: Int64, path: Key?)? {
        guard let rest = prefix.relative(key), let slash = rest.bytes.firstIndex(of: UInt8(ascii: "/")), slash == 20,
            let began = Int64(String(decoding: rest.bytes[..<slash], as: UTF8.self))
        else { return nil }
        let name = rest.bytes[(slash + 1)...]
        if name.elementsEqual(Self.createdName.utf8) { return (began, nil) }
        guard name.starts(with: Self.objectsName.utf8) else { return nil }
        return (began, Key(unchecked: Array(name.dropFirst(Self.objectsName.utf8.count))))
    }

    static let createdName = "created"
    static let objectsName = "objects/"
}
