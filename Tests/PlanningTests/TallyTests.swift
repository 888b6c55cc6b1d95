import Planning
import Testing
import Vocabulary

@Suite struct BucketTallyTests {
    @Test(
        arguments: [
            ("1970-01-01T00:00:00Z", 0), ("1969-12-31", -1), ("2000-02-29T12:00:00.000Z", 11_016), ("2000-03-01", 11_017),
            ("2024-06-15", 19_889),
            ("2100-03-01", 47_541), ("0001-01-01", -719_162), ("2024-6-15", nil), ("", nil), ("2024-13-01", nil), ("yesterday..", nil),
        ] as [(String, Int?)]) func days(_ row: (text: String, day: Int?))
    { #expect(BucketTally.day(of: row.text) == row.day) }

    @Test func everythingIsCountedOnce() {
        let now = 19_889 * 86_400 + 7
        var tally = BucketTally(below: Prefix("g"), now: Int64(now))
        let rows =
            [
                ("g/a.jpg", 5, "2024-06-14T23:00:00Z", nil), ("g/x/b.JPG", 7, "2024-05-20", "STANDARD_IA"),
                ("g/x/y/c.txt", 1, "2024-04-01", nil),
                ("g/x/d", 0, "2023-07-01", nil), ("g/z/e.txt", 2, "2020-01-01", nil), ("g/f.txt", 9, "", "GLACIER"),
            ] as [(String, Int64, String, String?)]
        for (key, size, time, name) in rows {
            tally.add(RemoteObject(key: Key(key), size: size, etag: nil, lastModified: time), storageClass: name)
        }
        #expect(tally.total.objects == 6 && tally.total.bytes == 24 && tally.largest == 9)
        #expect(tally.types.mapValues(\.objects) == ["image/jpeg": 2, "text/plain": 3, ContentType.unknown: 1])
        #expect(tally.folders.mapValues(\.bytes) == ["": 14, "x/": 8, "z/": 2])
        #expect(tally.storageClasses.mapValues(\.objects) == ["": 4, "STANDARD_IA": 1, "GLACIER": 1])
        #expect(tally.ages.mapValues(\.objects) == [.week: 1, .month: 1, .quarter: 1, .year: 1, .older: 1, .unknown: 1])
    }

    @Test func itsSizeDoesNotGrowWithTheBucket() {
        var tally = BucketTally(below: Prefix(""), now: 0)
        for n in 0..<20_000 { tally.add(RemoteObject(key: Key("f\(n)/x"), size: 1, etag: nil, lastModified: ""), storageClass: nil) }
        #expect(tally.folders.count == BucketTally.folderLimit + 1)
        #expect(tally.folders[BucketTally.otherFolders]?.objects == 20_000 - BucketTally.folderLimit)
    }
}

@Suite struct DeployEstimateTests {
    static func file(_ path: String, _ size: Int64) -> LocalFile {
        LocalFile(path: Key(path), status: FileStatus(size: size, modified: 0, changed: 0, inode: 0, device: 0))
    }

    static func upload(_ path: String, _ size: Int64, replacing: Int64? = nil) -> PlannedUpload {
        PlannedUpload(file: file(path, size), reason: .new, deployedSize: nil, replacedSize: replacing)
    }

    @Test func requestsAndBytesAreThoseOfThePlan() {
        var plan = Plan()
        plan.remoteCount = 2001
        plan.uploads = [Self.upload("a", 100, replacing: 40), Self.upload("big", 100 << 20), Self.upload("copy", 50)]
        plan.uploads[2].copy = PlannedCopy(path: Key("x"), etag: ETag("e"), sha256: .empty, isRewritten: false)
        let object = RemoteObject(key: Key("h"), size: 9, etag: nil, lastModified: "")
        plan.headerUpdates = [PlannedHeaderUpdate(file: Self.file("h", 9), object: object, sha256: .empty)]
        plan.deletions = (0..<1001).map { RemoteObject(key: Key("d\($0)"), size: 2, etag: nil, lastModified: "") }
        let estimate = DeployEstimate(plan, partSize: 16 << 20) { $0.string == "big" ? "STANDARD_IA" : nil }
        #expect(estimate.requests == [.list: 3, .put: 1 + 7, .post: 2, .head: 2, .copy: 2, .get: 1, .delete: 2])
        #expect(estimate.sentBytes == 100 + 100 << 20 && estimate.uploads == 2 && estimate.copies == 1)
        #expect(estimate.growth == ["STANDARD": 60 + 50 - 2002, "STANDARD_IA": 100 << 20])
        #expect(estimate.duration(bytesPerSecond: 0) == nil)
        #expect(estimate.duration(bytesPerSecond: 50) == .milliseconds((100 + 100 << 20) * 20))
    }

    @Test func aPriceThatNobodyWroteIsNotNothing() {
        var plan = Plan()
        plan.uploads = [Self.upload("a", 2_000_000_000)]
        let estimate = DeployEstimate(plan, partSize: 16 << 20)
        var prices = PriceList()
        #expect(estimate.cost(prices).requests == nil && estimate.cost(prices).missing.contains("requests-per-1000: put"))
        prices.requests = [.put: 5, .post: 5, .list: 5]
        prices.storage = ["STANDARD": 0.02]
        prices.uploadGB = 0
        let cost = estimate.cost(prices)
        #expect(cost.missing.isEmpty && cost.upload == 0 && cost.storagePerMonth == 0.04)
        #expect(abs((cost.requests ?? 0) - 5 * Double(120 + 2 + 1) / 1000) < 1e-9)
    }
}

@Suite struct TierRuleTests {
    @Test(
        arguments: [
            (nil, 31, "STANDARD_IA"), ("STANDARD", 30, "STANDARD_IA"), ("STANDARD", 29, nil), ("STANDARD_IA", 29, "STANDARD"),
            ("STANDARD_IA", 31, nil), ("GLACIER", 99, nil), ("GLACIER", 1, nil), ("ONEZONE_IA", 99, nil),
        ] as [(String?, Int64, String?)]) func classes(_ row: (from: String?, days: Int64, to: String?))
    {
        #expect(TierRule(coldAge: 30 * 86_400).change(from: row.from, age: row.days * 86_400) == row.to)
    }

    @Test func oneWayOnly() {
        let cold = TierRule(coldAge: 10, promotes: false)
        #expect(cold.change(from: "STANDARD_IA", age: 0) == nil && cold.change(from: nil, age: 10) != nil)
        let hot = TierRule(coldAge: 10, demotes: false)
        #expect(hot.change(from: "STANDARD_IA", age: 0) != nil && hot.change(from: nil, age: 10) == nil)
        let same = TierRule(coldAge: 10, hot: "STANDARD", cold: "STANDARD")
        #expect(same.change(from: nil, age: 0) == nil && same.change(from: nil, age: 99) == nil)
    }

    @Test(
        arguments: [(nil, ["a", "b", "c"]), (0, ["c", "a", "b"]), (100, []), (45, ["c"]), (44, ["c", "a"]), (60, [])]
            as [(Int64?, [String])])
    func theOldestGoFirst(_ row: (limit: Int64?, names: [String])) {
        let files = [("a", 10, 5), ("b", 20, 1), ("c", 15, 9)] as [(String, Int64, Int64)]
        let dropped = TierRule.dropped(files, localBytes: 60, limit: row.limit, size: \.1, age: \.2)
        #expect(dropped.map(\.0) == row.names)
    }
}
