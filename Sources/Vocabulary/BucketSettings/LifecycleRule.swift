/// One rule of a bucket's lifecycle configuration (Amazon S3 API Reference, LifecycleRule).
public struct LifecycleRule: Sendable, Hashable {
    /// A change of storage class after some days.
    public struct Transition: Sendable, Hashable {
        /// Days since the object was stored.
        public var days: Int
        /// The class that it gets.
        public var storageClass: String

        /// Creates a transition.
        public init(days: Int, storageClass: String) {
            self.days = days
            self.storageClass = storageClass
        }
    }

    /// The identifier, at most 255 characters.
    public var id: String?
    /// False where the rule does nothing.
    public var isEnabled = true
    /// How the keys begin that the rule holds for; nil where its filter says anything else.
    public var prefix: Key?
    /// Changes of storage class.
    public var transitions: [Transition] = []
    /// After how many days objects are removed.
    public var expirationDays: Int?
    /// After how many days versions are removed that were replaced or removed.
    public var oldVersionDays: Int?
    /// After how many days an upload in parts that was never completed is given up.
    public var abortDays: Int?
    /// True where the rule says anything that the fields above do not hold.
    public var saysMore = false
    /// The rule's own element as the server answered it, byte for byte; nil for a rule that is new.
    public var source: [UInt8]?

    /// Creates a rule that does nothing yet.
    public init(id: String?, prefix: Key?) {
        self.id = id
        self.prefix = prefix
    }

    /// True where two rules do the same, however a server writes them down.
    public func means(_ other: LifecycleRule) -> Bool {
        !saysMore && !other.saysMore && id == other.id && isEnabled == other.isEnabled && prefix == other.prefix
            && Set(transitions) == Set(other.transitions) && expirationDays == other.expirationDays
            && oldVersionDays == other.oldVersionDays && abortDays == other.abortDays
    }
}

/// A bucket's lifecycle configuration.
public struct LifecycleConfiguration: Sendable, Hashable {
    /// The rules in the server's order.
    public var rules: [LifecycleRule]
    /// From which size on objects change their class, in the server's word; sent back as it was (Amazon S3 API Reference,
    /// PutBucketLifecycleConfiguration, `x-amz-transition-default-minimum-object-size`).
    public var minimumObjectSize: String?

    /// Creates a configuration.
    public init(rules: [LifecycleRule], minimumObjectSize: String? = nil) {
        self.rules = rules
        self.minimumObjectSize = minimumObjectSize
    }
}
