import Planning
import Testing
import Vocabulary

@Suite struct VerdictTests {
    static let ours = SHA256.empty
    static let theirs = SHA256(hex: String(repeating: "ab", count: 32)) ?? .empty
    static let md5 = MD5(hex: "d41d8cd98f00b204e9800998ecf8427e")
    static let other = MD5(hex: "0cc175b9c0f1b6a831c399e269772661")
    static let plain = "\"d41d8cd98f00b204e9800998ecf8427e\""
    static let multipart = "\"d41d8cd98f00b204e9800998ecf8427e-3\""

    struct Row: Sendable, CustomTestStringConvertible {
        var name: String
        var size: Int64? = 10
        var sha256: SHA256?
        var md5: MD5?
        var multipartTags: [String]?
        var remoteSize: Int64? = 10
        var etag: String? = VerdictTests.plain
        var knowledge: RemoteKnowledge = .listed
        var headers = HeaderKnowledge.unknown
        var adopts = false
        var expected: Verdict
        var testDescription: String { name }
    }

    static let table: [Row] = [
        // Row 1
        Row(name: "1 no such key", remoteSize: nil, expected: .settled(.upload(.new))),
        Row(name: "1 no such key, nothing known", size: nil, remoteSize: nil, expected: .settled(.upload(.new))),
        // Row 2
        Row(name: "2 size unknown", size: nil, expected: .needs(.deployedSize)),
        Row(name: "2 size differs", remoteSize: 11, expected: .settled(.upload(.size))),
        Row(name: "2 size differs, recorded", remoteSize: 11, knowledge: .recorded(ours), expected: .settled(.upload(.size))),
        // Row 3
        Row(name: "3 recorded, hash unknown", knowledge: .recorded(ours), expected: .needs(.sha256)),
        Row(name: "3 recorded, same", sha256: ours, knowledge: .recorded(ours), expected: .settled(.unchanged)),
        Row(name: "3 recorded, different", sha256: ours, knowledge: .recorded(theirs), expected: .settled(.upload(.content))),
        Row(name: "3 recorded, multipart tag", sha256: ours, etag: multipart, knowledge: .recorded(ours), expected: .settled(.unchanged)),
        // Row 4
        Row(name: "4 MD5 unknown", expected: .needs(.md5)),
        Row(name: "4 MD5 unknown though SHA-256 is known", sha256: ours, expected: .needs(.md5)),
        Row(name: "4 MD5 equal", sha256: ours, md5: md5, expected: .settled(.unchanged)),
        Row(name: "4 MD5 different", sha256: ours, md5: other, expected: .needs(.head)),
        // Row 5
        Row(name: "5 multipart tag", etag: multipart, expected: .needs(.head)),
        Row(name: "5 no tag", etag: nil, expected: .needs(.head)),
        Row(
            name: "5 HEAD without hash after a plain tag", sha256: ours, md5: other, knowledge: .headed(nil),
            expected: .settled(.upload(.content))),
        Row(name: "5 HEAD without hash, multipart tag", etag: multipart, knowledge: .headed(nil), expected: .settled(.upload(.unverified))),
        Row(name: "5 HEAD with hash, ours unknown", etag: multipart, knowledge: .headed(ours), expected: .needs(.sha256)),
        Row(name: "5 HEAD same", sha256: ours, etag: multipart, knowledge: .headed(ours), expected: .settled(.unchanged)),
        Row(name: "5 HEAD different", sha256: ours, etag: multipart, knowledge: .headed(theirs), expected: .settled(.upload(.content))),
        Row(
            name: "5 encrypted tag that looks like MD5", sha256: ours, md5: other, knowledge: .headed(ours), expected: .settled(.unchanged)),
        // An upload in parts, and objects from elsewhere
        Row(
            name: "4 parts, tags unknown", size: 20 << 20, remoteSize: 20 << 20, etag: multipart, expected: .needs(.multipartTags)),
        Row(
            name: "4 parts, a tag is equal", size: 20 << 20, sha256: ours, multipartTags: ["x", multipart], remoteSize: 20 << 20,
            etag: multipart, expected: .settled(.unchanged)),
        Row(
            name: "4 parts, no tag is equal", size: 20 << 20, sha256: ours, multipartTags: ["x"], remoteSize: 20 << 20, etag: multipart,
            expected: .needs(.head)),
        Row(name: "4 parts of no usual size", etag: multipart, expected: .needs(.head)),
        Row(name: "5 to be adopted", etag: multipart, knowledge: .headed(nil), adopts: true, expected: .needs(.content)),
        Row(
            name: "5 HEAD with hash needs no reading", sha256: ours, etag: multipart, knowledge: .headed(ours), adopts: true,
            expected: .settled(.unchanged)),
        Row(name: "5 read, same", sha256: ours, etag: multipart, knowledge: .read(ours), expected: .settled(.adopt)),
        Row(name: "5 read, different", sha256: ours, etag: multipart, knowledge: .read(theirs), expected: .settled(.upload(.content))),
        // Row 6
        Row(
            name: "6 recorded, other headers", sha256: ours, knowledge: .recorded(ours), headers: .drifted,
            expected: .settled(.updateHeaders)),
        Row(name: "6 recorded, same headers", sha256: ours, knowledge: .recorded(ours), headers: .same, expected: .settled(.unchanged)),
        Row(name: "6 recorded, to be asked", sha256: ours, knowledge: .recorded(ours), headers: .unasked, expected: .needs(.headers)),
        Row(name: "6 MD5 equal, to be asked", sha256: ours, md5: md5, headers: .unasked, expected: .needs(.headers)),
        Row(
            name: "6 HEAD same, other headers", sha256: ours, etag: multipart, knowledge: .headed(ours), headers: .drifted,
            expected: .settled(.updateHeaders)),
        Row(
            name: "6 other bytes, other headers", sha256: ours, knowledge: .recorded(theirs), headers: .drifted,
            expected: .settled(.upload(.content))),
        Row(name: "6 other size, to be asked", remoteSize: 11, headers: .unasked, expected: .settled(.upload(.size))),
    ]

    @Test(arguments: table) func decides(_ row: Row) {
        let remote = row.remoteSize.map { RemoteObject(key: Key("k"), size: $0, etag: row.etag.map { ETag($0) }, lastModified: "") }
        let local = LocalKnowledge(
            deployedSize: row.size, sha256: row.sha256, md5: row.md5, multipartTags: row.multipartTags?.map { ETag($0) })
        #expect(verdict(local: local, remote: remote, knowledge: row.knowledge, headers: row.headers, adopts: row.adopts) == row.expected)
    }

    @Test func everyNeedLeadsToADecision() {
        // Whatever is unknown at first: answering each need once settles the question.
        for etag in [Self.plain, Self.multipart] {
            var local = LocalKnowledge()
            var knowledge = RemoteKnowledge.listed
            var headers = HeaderKnowledge.unasked
            var steps = 0
            let remote = RemoteObject(key: Key("k"), size: 10, etag: ETag(etag), lastModified: "")
            while case .needs(let need) = verdict(local: local, remote: remote, knowledge: knowledge, headers: headers), steps < 9 {
                steps += 1
                switch need {
                case .deployedSize: local.deployedSize = 10
                case .sha256: local.sha256 = Self.ours
                case .md5: (local.sha256, local.md5) = (Self.ours, Self.other)
                case .head: knowledge = .headed(Self.ours)
                case .multipartTags: (local.sha256, local.multipartTags) = (Self.ours, [])
                case .content: knowledge = .read(Self.ours)
                case .headers: headers = .same
                }
            }
            #expect(verdict(local: local, remote: remote, knowledge: knowledge, headers: headers) == .settled(.unchanged))
        }
    }
}
