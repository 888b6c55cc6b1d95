public import Vocabulary

/// What lies in a bucket, counted row by row: how many objects, how many bytes, of which kind, class, folder and age. Its size does not grow with
/// the bucket's.
public struct BucketTally: Sendable, Hashable {
    /// A number of objects and what they weigh together.
    public struct Sum: Sendable, Hashable {
        /// How many objects.
        public private(set) var objects = 0
        /// Their bytes.
        public private(set) var bytes: Int64 = 0

        /// Nothing.
        public init() {}

        mutating func add(_ size: Int64) {
            objects += 1
            bytes += size
        }
    }

    /// How long ago an object was written.
    public enum Age: String, Sendable, Hashable, CaseIterable {
        case week = "7 days"
        case month = "30 days"
        case quarter = "90 days"
        case year = "365 days"
        case older
        /// The server tells no time that can be read.
        case unknown

        /// The bucket of a number of whole days.
        init(days: Int?) {
            guard let days else {
                self = .unknown
                return
            }
            self =
                switch days {
                case ...7: .week
                case ...30: .month
                case ...90: .quarter
                case ...365: .year
                default: .older
                }
        }
    }

    /// The most folders that are counted one by one; the rest are counted together.
    public static let folderLimit = 10_000
    /// What the rest are called: no folder's name, which ends in a slash.
    public static let otherFolders = "(others)"

    /// Everything.
    public private(set) var total = Sum()
    /// By media type, as the keys' names tell it.
    public private(set) var types: [String: Sum] = [:]
    /// By storage class, as the listing tells it; stores without classes say nothing, or `STANDARD`.
    public private(set) var storageClasses: [String: Sum] = [:]
    /// By the first folder below the prefix, with its slash; what lies in none is under the empty name.
    public private(set) var folders: [String: Sum] = [:]
    /// By age.
    public private(set) var ages: [Age: Sum] = [:]
    /// The largest object's size in bytes.
    public private(set) var largest: Int64 = 0

    private let prefix: Prefix
    private let today: Int

    /// Counts what lies below `prefix`; `now` are seconds since 1970.
    public init(below prefix: Prefix, now: Int64) {
        self.prefix = prefix
        today = Int(now / 86_400)
    }

    /// Counts an object.
    public mutating func add(_ object: RemoteObject, storageClass: String?) {
        let size = object.size
        total.add(size)
        largest = max(largest, size)
        types[String(ContentType.of(object.key).prefix { $0 != ";" }), default: Sum()].add(size)
        storageClasses[storageClass ?? "", default: Sum()].add(size)
        ages[Age(days: Self.day(of: object.lastModified).map { today - $0 }), default: Sum()].add(size)
        let path = object.key.bytes.dropFirst(prefix.bytes.count)
        let slash = path.firstIndex(of: UInt8(ascii: "/"))
        var folder = slash.map { String(decoding: path[...$0], as: UTF8.self) } ?? ""
        if folders[folder] == nil, folders.count >= Self.folderLimit { folder = Self.otherFolders }
        folders[folder, default: Sum()].add(size)
    }

    /// The day of a time as listings write it (ISO 8601, `2024-06-15T…`), counted from 1970; nil where it is none.
    public static func day(of time: String) -> Int? {
        let bytes = Array(time.utf8.prefix(10))
        guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            let year = number(bytes[0..<4]), let month = number(bytes[5..<7]), let day = number(bytes[8..<10]), 1...12 ~= month,
            1...31 ~= day
        else { return nil }
        // Days from the civil calendar: years begin in March, so that the leap day is their last.
        let y = month <= 2 ? year - 1 : year
        let era = y / 400
        let yearOfEra = y - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        digits.allSatisfy { 48...57 ~= $0 } ? digits.reduce(0) { $0 * 10 + Int($1) - 48 } : nil
    }
}
