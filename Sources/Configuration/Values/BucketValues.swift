public import Vocabulary

/// The settings of `bucket`: what is declared of the bucket itself. Nil is unsaid: the bucket is left as it is in that.
public struct BucketValues: Sendable {
    /// `lifecycle`: what becomes of objects as they grow old.
    public var lifecycle: [LifecycleValues]?
    /// `versioning`: what is replaced and removed is kept.
    public var versioning: BucketVersioning?
    /// `encryption`: how objects are encrypted of which nobody says how.
    public var encryption: ObjectEncryption?
    /// `public-read`: everyone may read what lies in the destination's folder.
    public var publicRead: Bool?
    /// `tls-only`: connections that are not encrypted are refused.
    public var tlsOnly: Bool?
    /// `website-index`: the page of a folder.
    public var websiteIndex: String?
    /// `website-error`: the page for what does not exist.
    public var websiteError: String?
    /// `tags`: the bucket's tags.
    public var tags: [NameAndValue]?

    /// Nothing said.
    public init() {}
}

/// One of the rules of `lifecycle`.
public struct LifecycleValues: Sendable {
    /// `name`: what the rule is known by.
    public var name: String?
    /// `path`: how the paths below the destination begin that it holds for.
    public var path: String?
    /// `transition`: storage classes, and after how long.
    public var transitions: [StorageTransition]?
    /// `expire`: after how long objects are removed.
    public var expire: WholeDays?
    /// `expire-old-versions`: after how long versions are removed that were replaced or removed.
    public var expireOldVersions: WholeDays?
    /// `abort-incomplete`: after how long an upload in parts is given up.
    public var abortIncomplete: WholeDays?

    /// Nothing said.
    public init() {}
}

/// A number of whole days, written `30d`.
public struct WholeDays: Sendable, Hashable, CustomStringConvertible {
    /// How many.
    public let days: Int

    /// The days of a length of time; nil where they are none, or not whole.
    init?(_ text: String) {
        guard let duration = Duration(text: text), duration > .zero, duration.components.attoseconds == 0,
            duration.components.seconds % 86_400 == 0
        else { return nil }
        days = Int(duration.components.seconds / 86_400)
    }

    /// `30d`.
    public var description: String { "\(days)d" }
}

/// A storage class and after how long objects get it, written `STANDARD_IA=30d`.
public struct StorageTransition: Sendable, Hashable, CustomStringConvertible {
    /// The class by its name.
    public let storageClass: String
    /// After how long.
    public let after: WholeDays

    init(storageClass: String, after: WholeDays) {
        self.storageClass = storageClass
        self.after = after
    }

    /// `STANDARD_IA=30d`.
    public var description: String { "\(storageClass)=\(after)" }
}
