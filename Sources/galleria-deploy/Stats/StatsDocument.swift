internal import Planning
internal import Vocabulary

/// What `stats` prints.
struct StatsDocument: Encodable {
    struct Row: Encodable {
        let name: String
        let objects: Int
        let bytes: Int64

        init(_ name: String, _ sum: BucketTally.Sum) {
            self.name = name
            objects = sum.objects
            bytes = sum.bytes
        }
    }

    let version = 1
    let bucket: String
    let objects: Int
    let bytes: Int64
    let largest: Int64
    let types: [Row]
    let storageClasses: [Row]
    let folders: [Row]
    let ages: [Row]

    private enum CodingKeys: String, CodingKey {
        case version, bucket, objects, bytes, largest, types
        case storageClasses = "storage_classes"
        case folders, ages
    }

    init(bucket: String, _ tally: BucketTally) {
        self.bucket = bucket
        objects = tally.total.objects
        bytes = tally.total.bytes
        largest = tally.largest
        // The heaviest first.
        func rows(_ sums: [String: BucketTally.Sum]) -> [Row] {
            sums.map { Row($0.key, $0.value) }.sorted { ($1.bytes, $0.name) < ($0.bytes, $1.name) }
        }
        types = rows(tally.types)
        storageClasses = rows(tally.storageClasses)
        folders = rows(tally.folders)
        ages = BucketTally.Age.allCases.compactMap { age in tally.ages[age].map { Row(age.rawValue, $0) } }
    }

    /// The most folders that are shown to people.
    private static let shownFolders = 20

    var lines: [String] {
        var lines = ["\(bucket.escapedForTerminal): \(Quantity.count(objects, "object")), \(Quantity.bytes(bytes))"]
        if objects == 0 { return lines }
        lines.append("largest object: \(Quantity.bytes(largest))")
        func table(_ title: String, _ rows: [Row], _ empty: String) {
            lines += ["", title]
            let cells = rows.map { row in
                (row.name.isEmpty ? empty : row.name.escapedForTerminal, Quantity.count(row.objects, "object"), Quantity.bytes(row.bytes))
            }
            let (first, second) = (cells.map(\.0.count).max() ?? 0, cells.map(\.1.count).max() ?? 0)
            for (name, count, size) in cells {
                let gap = String(repeating: " ", count: first - name.count + 2)
                lines.append("  " + name + gap + String(repeating: " ", count: second - count.count) + count + "  " + size)
            }
        }
        table("by type", types, "")
        table("by storage class", storageClasses, "(not told)")
        table("by folder", Array(folders.prefix(Self.shownFolders)), "(none)")
        if folders.count > Self.shownFolders { lines.append("  and \(folders.count - Self.shownFolders) more: --format json tells all") }
        table("by age (written within)", ages, "")
        return lines
    }
}
