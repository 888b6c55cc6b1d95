import Foundation
import Photo
import Source
import TestSupport
import Testing
import Vocabulary

@Suite struct ContentDigestTests {
    /// Contents around the size up to which files are held in memory; the digests of the first two are those of RFC 1321, A.5.
    @Test(
        arguments: [
            (Data(), "d41d8cd98f00b204e9800998ecf8427e"), (Data("abc".utf8), "900150983cd24fb0d6963f7d28e17f72"),
            (Data(count: 1 << 20), "b6d81b360a5672d80c27430f39153e2c"), (Data(count: (1 << 20) + 1), nil), (Data(count: 3 << 20), nil),
        ] as [(Data, String?)]) func theMD5AloneIsThatOfTheFingerprint(_ row: (content: Data, md5: String?)) throws
    {
        let folder = try TemporaryFolder("digests")
        try folder.write(row.content, to: "file")
        let reader = ContentReader(try SourceFolder(folder.path), rewriter: PhotoRewriter(rules: CaptureRules()))
        let status = FileStatus(size: Int64(row.content.count), modified: 0, changed: 0, inode: 0, device: 0)
        let content = try reader.open(LocalFile(path: Key("file"), status: status))
        let md5 = try content.md5()
        let fingerprint = try content.fingerprint(withMD5: true)
        #expect(md5 == fingerprint.md5)
        if let expected = row.md5 { #expect("\(md5)" == expected) }
    }
}
