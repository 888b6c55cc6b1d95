internal import Configuration
internal import Planning
internal import S3
internal import Vocabulary

/// What `estimate` prints.
struct EstimateDocument: Encodable {
    struct Cost: Encodable {
        let requests: Double?
        let upload: Double?
        let storagePerMonth: Double?
        let missing: [String]
    }

    struct Prices: Encodable {
        let source: String?
        let date: String?
        let currency: String?
    }

    struct Target: Encodable {
        let target: String?
        let source: String
        let destination: String
        let uploads: Int
        let copies: Int
        let headerUpdates: Int
        let deletions: Int
        let sentBytes: Int64
        let requests: [String: Int]
        let growth: [String: Int64]
        /// At the bandwidth that was named; nil where none was.
        let seconds: Double?
        let bytesPerSecond: Int64?
        let cost: Cost?

        init(_ job: DeploySettings.Job, _ estimate: DeployEstimate, rate: Int64?, prices: PriceList?) {
            target = job.settings.target
            source = job.source
            destination = job.address.description
            uploads = estimate.uploads
            copies = estimate.copies
            headerUpdates = estimate.headerUpdates
            deletions = estimate.deletions
            sentBytes = estimate.sentBytes
            requests = Dictionary(estimate.requests.map { ($0.key.rawValue, $0.value) }) { $1 }
            growth = estimate.growth
            bytesPerSecond = rate
            seconds = rate.flatMap { estimate.duration(bytesPerSecond: $0) }.map {
                Double($0.components.seconds) + Double($0.components.attoseconds) / 1e18
            }
            cost = prices.map { estimate.cost($0) }.map {
                Cost(requests: $0.requests, upload: $0.upload, storagePerMonth: $0.storagePerMonth, missing: $0.missing)
            }
        }
    }

    let version = 1
    let targets: [Target]
    let prices: Prices?

    init(targets: [Target], _ prices: PriceList?) {
        self.targets = targets
        self.prices = prices.map { Prices(source: $0.source, date: $0.date, currency: $0.currency) }
    }
}

extension EstimateDocument.Target {
    /// What people read.
    func lines(_ prices: PriceList?) -> [String] {
        var lines = [
            "\(Quantity.count(uploads, "upload")), \(copies) copied on the server, \(Quantity.count(headerUpdates, "header update")), "
                + "\(Quantity.count(deletions, "deletion"))",
            "to send: \(Quantity.bytes(sentBytes))",
        ]
        let kinds = DeployEstimate.Request.allCases.compactMap { kind in requests[kind.rawValue].map { "\($0) \(kind.rawValue)" } }
        lines.append("requests: " + kinds.joined(separator: ", "))
        for (name, bytes) in growth.sorted(by: { $0.key < $1.key }) {
            lines.append("stored afterwards: \(bytes < 0 ? "−" : "+")\(Quantity.bytes(abs(bytes))) \(name.escapedForTerminal)")
        }
        if let seconds, let bytesPerSecond {
            lines.append("time: \(Quantity.seconds(.milliseconds(Int64(seconds * 1000)))) at \(Quantity.bytes(bytesPerSecond)) a second")
        } else {
            lines.append("time: not known; say --bandwidth")
        }
        guard let cost, let prices else { return lines + ["cost: not known; say --prices FILE"] }
        let currency = prices.currency.map { " " + $0.escapedForTerminal } ?? ""
        func amount(_ value: Double?) -> String { value.map { Self.decimal($0) + currency } ?? "unknown" }
        lines.append("cost, once: requests \(amount(cost.requests)), sending \(amount(cost.upload))")
        lines.append("cost, each month: storage \(amount(cost.storagePerMonth))")
        if !cost.missing.isEmpty { lines.append("no price is written for \(cost.missing.joined(separator: ", ").escapedForTerminal)") }
        let said = [prices.source, prices.date].compactMap(\.self).joined(separator: ", ").escapedForTerminal
        lines.append("prices: " + (said.isEmpty ? "the file does not say from where and when" : said))
        return lines
    }

    /// Six decimals: a request costs little.
    private static func decimal(_ value: Double) -> String {
        let millionths = Int64((abs(value) * 1_000_000).rounded())
        let fraction = String(millionths % 1_000_000)
        return (value < 0 && millionths > 0 ? "−" : "") + "\(millionths / 1_000_000)." + String(repeating: "0", count: 6 - fraction.count)
            + fraction
    }
}
