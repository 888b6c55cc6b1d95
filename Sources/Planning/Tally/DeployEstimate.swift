public import Vocabulary

/// What a plan would send and ask, before anything is: requests by kind, bytes, what is stored more or less afterwards. Pure: from the plan alone.
public struct DeployEstimate: Sendable, Hashable {
    /// A kind of request that stores count and bill apart.
    public enum Request: String, Sendable, Hashable, CaseIterable {
        case put
        case copy
        /// Beginning and completing an upload in parts.
        case post
        case list
        case get
        case head
        case delete
    }

    /// How many requests of each kind; tries again are not foreseen.
    public private(set) var requests: [Request: Int] = [:]
    /// Bytes of content that are sent.
    public private(set) var sentBytes: Int64 = 0
    /// By how many bytes the bucket grows, by storage class; negative where it shrinks. What is replaced or removed is taken from the class that its
    /// successor, or `standard`, has.
    public private(set) var growth: [String: Int64] = [:]
    /// How many files are sent.
    public private(set) var uploads = 0
    /// How many are copied on the server instead.
    public private(set) var copies = 0
    /// How many objects get other headers.
    public private(set) var headerUpdates = 0
    /// How many are removed.
    public private(set) var deletions = 0

    /// The class of objects of which nobody says which.
    public static let standardClass = "STANDARD"

    /// Estimates the execution of a plan.
    /// - Parameters:
    ///   - partSize: the size of the parts that large files are sent in, in bytes.
    ///   - bounds: what the store takes.
    ///   - storageClass: the class that a path is stored in.
    public init(
        _ plan: Plan, partSize: Int64, within bounds: PartBounds = .amazon, storageClass: (Key) -> String? = { _ in nil }
    ) {
        func note(_ request: Request, _ count: Int = 1) { requests[request, default: 0] += count }
        // A listing's page holds a thousand rows.
        note(.list, max(1, (plan.remoteCount + 999) / 1000))
        for upload in plan.uploads {
            let size = upload.deployedSize ?? upload.file.status.size
            growth[storageClass(upload.file.path) ?? Self.standardClass, default: 0] += size - (upload.replacedSize ?? 0)
            if upload.copy != nil {
                copies += 1
                note(.head)
                note(.copy)
                continue
            }
            uploads += 1
            sentBytes += size
            if let parts = PartLayout(size: size, partSize: partSize, within: bounds) {
                note(.post, 2)
                note(.put, parts.count)
            } else {
                note(.put)
            }
        }
        headerUpdates = plan.headerUpdates.count
        // The object is looked at, its grants are read, it is copied onto itself.
        for request in [Request.head, .get, .copy] where headerUpdates > 0 { note(request, headerUpdates) }
        deletions = plan.deletions.count
        if deletions > 0 { note(.delete, (deletions + 999) / 1000) }
        for object in plan.deletions { growth[Self.standardClass, default: 0] -= object.size }
    }

    /// How long sending takes at so many bytes a second; nil for none.
    public func duration(bytesPerSecond: Int64) -> Duration? {
        bytesPerSecond > 0 ? .milliseconds(Int64((Double(sentBytes) / Double(bytesPerSecond) * 1000).rounded())) : nil
    }
}

/// What a store bills, as its customer has written it down. Nothing is known of what nobody has written.
public struct PriceList: Sendable, Hashable {
    /// Where the prices come from.
    public var source: String?
    /// The day on which they were read.
    public var date: String?
    /// What they are in.
    public var currency: String?
    /// How many bytes the store means by a GB.
    public var bytesPerGB: Int64 = 1_000_000_000
    /// A GB stored for a month, by storage class.
    public var storage: [String: Double] = [:]
    /// A thousand requests, by kind.
    public var requests: [DeployEstimate.Request: Double] = [:]
    /// A GB sent to the store.
    public var uploadGB: Double?

    /// No price at all.
    public init() {}
}

extension DeployEstimate {
    /// What a plan costs; a part is nil where a price is missing that it takes.
    public struct Cost: Sendable, Hashable {
        /// The requests, once.
        public let requests: Double?
        /// The bytes sent, once.
        public let upload: Double?
        /// What is stored more afterwards, for each month.
        public let storagePerMonth: Double?
        /// The names of the prices that are missing, as they are called in the file.
        public let missing: [String]
    }

    /// The cost by a list of prices.
    public func cost(_ prices: PriceList) -> Cost {
        var missing: [String] = []
        func sum<Part>(_ parts: [Part], _ price: (Part) -> Double?, _ amount: (Part) -> Double, _ name: (Part) -> String) -> Double? {
            var total: Double? = 0
            for part in parts where amount(part) != 0 {
                if let price = price(part) {
                    total = total.map { $0 + price * amount(part) }
                } else {
                    total = nil
                    missing.append(name(part))
                }
            }
            return total
        }
        let requestCost = sum(
            Request.allCases, { prices.requests[$0] }, { Double(requests[$0] ?? 0) / 1000 }, { "requests-per-1000: \($0.rawValue)" })
        let gigabyte = Double(prices.bytesPerGB)
        let uploadCost = sum([0], { _ in prices.uploadGB }, { _ in Double(sentBytes) / gigabyte }, { _ in "upload-per-gb" })
        let storageCost = sum(
            growth.keys.sorted(), { prices.storage[$0] }, { Double(growth[$0] ?? 0) / gigabyte }, { "storage-per-gb-month: \($0)" })
        return Cost(requests: requestCost, upload: uploadCost, storagePerMonth: storageCost, missing: missing)
    }
}
