import State
import TestSupport
import Vocabulary

/// Records that differ in every value, made from a number.
enum Sample {
    static let place = StateLocation(endpoint: "https://s3.example.com", bucket: "b", prefix: "photos/", source: "/nowhere/gallery")

    static func sha256(_ n: Int) -> SHA256 {
        let n = UInt64(n) &+ 1
        return SHA256(n &* 0x9e37_79b9_7f4a_7c15, n &* 0xd6e8_feb8_6659_fd93, ~n, n << 32 | n)
    }

    static func md5(_ n: Int) -> MD5 { MD5(UInt64(n) &* 0x9e37_79b9_7f4a_7c15, ~UInt64(n)) }

    static func status(_ n: Int) -> FileStatus {
        FileStatus(
            size: Int64(1000 + n), modified: 1_718_447_445_123_456_789 + Int64(n), changed: 1_718_447_445_987_654_321 + Int64(n),
            inode: UInt64.max - UInt64(n), device: 0)
    }

    /// Every combination of what may be absent.
    static func fingerprint(_ n: Int) -> FingerprintRecord {
        FingerprintRecord(
            status: status(n), recipe: n & 1 == 0 ? nil : sha256(n % 7), deployedSize: Int64(1000 + n) + (n & 2 == 0 ? 0 : 36),
            sha256: sha256(n),
            md5: n & 4 == 0 ? nil : md5(n), sourceSHA256: n & 8 == 0 ? nil : sha256(n + 5000),
            isRefused: n & 16 != 0)
    }

    static func object(_ n: Int) -> ObjectRecord {
        let tags = [ETag(md5(n)), ETag("\"\(md5(n).hex.uppercased())\""), ETag("\(md5(n).hex)-3"), nil, ETag("")]
        return ObjectRecord(
            etag: tags[n % 5], size: Int64(n), lastModified: n & 1 == 0 ? nil : "2024-06-15T10:30:45.\(100 + n % 900)Z", sha256: sha256(n),
            headers: n & 2 == 0 ? nil : sha256(n % 5), correction: n & 4 == 0 ? nil : "clock-shift=-\(n % 3)h")
    }

    static func name(_ n: Int) -> NameRecord {
        NameRecord(
            status: n & 1 == 0 ? nil : status(n), recipe: sha256(n % 7), layout: sha256(n % 3), key: key(n + 7000),
            seen: Int64(n) * 1_000_003,
            index: n & 2 == 0 ? nil : n)
    }

    static func picture(_ n: Int) -> PictureRecord {
        PictureRecord(
            sha256: sha256(n), status: status(n), size: n & 1 == 0 ? nil : (4000 + n, 3000 + n),
            taken: n & 2 == 0 ? nil : "2024-06-15T10:30:\(n)",
            takenBefore: n & 4 == 0 ? nil : "2024-06-15T06:30:\(n)", sourceSHA256: n & 8 == 0 ? nil : sha256(n + 5000))
    }

    static func key(_ n: Int) -> Key { Key("album \(1000 + n / 100)/photo \(1_000_000 + n).jpg") }

    /// A database of `count` fingerprints and objects under the same keys, in a folder of its own.
    static func database(_ count: Int, in folder: TemporaryFolder) throws -> StateDatabase {
        let database = try StateDatabase(at: folder.path("state.sqlite"), of: Sample.place)
        let writer = StateWriter(database)
        for n in 0..<count {
            writer.record(.fingerprint(path: key(n), fingerprint(n)))
            writer.record(.object(key: key(n), object(n)))
        }
        let summary = writer.finish()
        if let failure = summary.failure { throw failure }
        return database
    }
}
