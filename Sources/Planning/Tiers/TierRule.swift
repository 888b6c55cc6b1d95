/// Which objects lie in which storage class: young ones in the hot one, old ones in the cold one. Objects of any other class are left where they
/// are: somebody has put them there.
public struct TierRule: Sendable, Hashable {
    /// From which age on an object is cold, in seconds.
    public var coldAge: Int64
    /// The class of what is hot.
    public var hot: String
    /// The class of what is cold.
    public var cold: String
    /// Whether what has become hot again (it was written to, or looked at) is moved back.
    public var promotes: Bool
    /// Whether what has become cold is moved.
    public var demotes: Bool

    /// The class of objects of which a listing tells none (Amazon S3 API Reference, Object: StorageClass).
    public static let standard = "STANDARD"

    /// Classes whose objects are only read after they were asked back, hours later (Amazon S3 User Guide, "Restoring an archived object").
    public static let archives: Set<String> = ["GLACIER", "DEEP_ARCHIVE"]

    /// Creates a rule.
    public init(coldAge: Int64, hot: String = standard, cold: String = "STANDARD_IA", promotes: Bool = true, demotes: Bool = true) {
        self.coldAge = coldAge
        self.hot = hot
        self.cold = cold
        self.promotes = promotes
        self.demotes = demotes
    }

    /// True for what is cold at this age, in seconds.
    public func isCold(age: Int64) -> Bool { age >= coldAge }

    /// The class that an object of `current` class is to get; nil where it stays.
    public func change(from current: String?, age: Int64) -> String? {
        let current = current ?? Self.standard
        if isCold(age: age) { return demotes && current == hot && cold != hot ? cold : nil }
        return promotes && current == cold && cold != hot ? hot : nil
    }

    /// Of files that may be dropped, those that are, so that no more than `limit` bytes stay of `localBytes`; the oldest go first, and all where there
    /// is no limit.
    public static func dropped<File>(
        _ candidates: [File], localBytes: Int64, limit: Int64?, size: (File) -> Int64, age: (File) -> Int64
    ) -> [File] {
        guard let limit else { return candidates }
        var rest = localBytes
        var chosen: [File] = []
        for file in candidates.sorted(by: { age($0) > age($1) }) where rest > limit {
            chosen.append(file)
            rest -= size(file)
        }
        return chosen
    }
}
