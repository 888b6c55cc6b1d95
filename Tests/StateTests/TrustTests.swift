import State
import Testing
import Vocabulary

@Suite struct TrustTests {
    static let now: Int64 = 1_718_447_445_000_000_000

    /// How long before the read began the file was written to, and its status changed, in nanoseconds.
    @Test(
        arguments: [
            (2_000_000_000, 2_000_000_000, true), (1_999_999_999, 5_000_000_000, false), (5_000_000_000, 1_999_999_999, false),
            (0, 0, false),
            (-1, 5_000_000_000, false), (5_000_000_000, -1, false), (86_400_000_000_000, 86_400_000_000_000, true),
        ] as [(Int64, Int64, Bool)])
    func aFileMustHaveRested(_ modified: Int64, _ changed: Int64, _ expected: Bool) {
        let status = FileStatus(size: 1, modified: Self.now - modified, changed: Self.now - changed, inode: 1, device: 1)
        #expect(FingerprintRecord.isTrustworthy(status, readBegan: Self.now) == expected)
    }

    @Test func aClockAtItsEndsTrustsNothingWrongly() {
        let status = FileStatus(size: 1, modified: 0, changed: 0, inode: 1, device: 1)
        #expect(!FingerprintRecord.isTrustworthy(status, readBegan: .min))
        #expect(FingerprintRecord.isTrustworthy(status, readBegan: .max))
    }

    static let status = FileStatus(size: 1, modified: 2, changed: 3, inode: 4, device: 5)

    @Test(
        arguments: [
            (status, nil, true), (FileStatus(size: 9, modified: 2, changed: 3, inode: 4, device: 5), nil, false),
            (FileStatus(size: 1, modified: 9, changed: 3, inode: 4, device: 5), nil, false),
            (FileStatus(size: 1, modified: 2, changed: 9, inode: 4, device: 5), nil, false),
            (FileStatus(size: 1, modified: 2, changed: 3, inode: 9, device: 5), nil, false),
            // A disk that is mounted anew may have another number.
            (FileStatus(size: 1, modified: 2, changed: 3, inode: 4, device: 9), nil, true), (status, Sample.sha256(1), false),
        ] as [(FileStatus, SHA256?, Bool)])
    func aFingerprintHoldsForOneStatusAndRecipe(_ status: FileStatus, _ recipe: SHA256?, _ expected: Bool) {
        let record = FingerprintRecord(status: Self.status, recipe: nil, deployedSize: 1, sha256: Sample.sha256(0))
        #expect(record.holds(for: status, recipe: recipe) == expected)
    }

    @Test func aRecipeIsComparedToo() {
        let record = FingerprintRecord(status: Self.status, recipe: Sample.sha256(1), deployedSize: 1, sha256: Sample.sha256(0))
        #expect(record.holds(for: Self.status, recipe: Sample.sha256(1)))
        #expect(!record.holds(for: Self.status, recipe: Sample.sha256(2)))
        #expect(!record.holds(for: Self.status, recipe: nil))
    }

    static let tag = ETag("0cc175b9c0f1b6a831c399e269772661")

    @Test(arguments: [(tag, 7, true), (tag, 8, false), (ETag("x"), 7, false), (nil, 7, false)] as [(ETag?, Int64, Bool)])
    func anObjectIsItsTagAndSize(_ etag: ETag?, _ size: Int64, _ expected: Bool) {
        let record = ObjectRecord(etag: Self.tag, size: 7, sha256: Sample.sha256(0))
        #expect(record.holds(for: RemoteObject(key: Key("k"), size: size, etag: etag, lastModified: "")) == expected)
    }

    @Test(arguments: [nil, ETag(""), ETag("\"\"")]) func withoutATagNothingIsTheSame(_ etag: ETag?) {
        let record = ObjectRecord(etag: etag, size: 7, sha256: Sample.sha256(0))
        #expect(!record.holds(for: RemoteObject(key: Key("k"), size: 7, etag: etag, lastModified: "")))
    }

    @Test func theTimeIsAdoptedOnceAndThenVoidsTheHeadersAlone() {
        let put = ObjectRecord(etag: Self.tag, size: 7, sha256: Sample.sha256(0), headers: Sample.sha256(1), correction: "c")
        let listed = put.adopting(lastModified: "2024-06-15T10:30:45.123Z")
        #expect(listed?.lastModified == "2024-06-15T10:30:45.123Z")
        #expect(listed?.headers == Sample.sha256(1))
        #expect(listed?.adopting(lastModified: "2024-06-15T10:30:45.123Z") == nil)
        let replaced = listed?.adopting(lastModified: "2024-06-15T10:30:46.123Z")
        #expect(replaced?.lastModified == "2024-06-15T10:30:46.123Z")
        #expect(replaced?.headers == nil)
        #expect(replaced?.sha256 == put.sha256)
        #expect(replaced?.correction == "c")
    }
}
