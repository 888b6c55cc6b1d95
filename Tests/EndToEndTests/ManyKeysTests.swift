import Foundation
import TestSupport
import Testing

/// Listings of several pages, and many folders.
@Suite struct ManyKeysTests {
    /// 3,000 keys in one folder, and 3,000 folders in each other and beside each other, as deep as keys reach.
    @Test func threeThousandKeysInAFolderAndThreeThousandFolders() async throws {
        var files: [String: String] = [:]
        for n in 0..<3000 { files["flat/photo-\(n).txt"] = "\(n)" }
        // 490 folders within each other, of names of one letter: 981 bytes of the 1,024 that a key may have.
        for depth in 1...490 { files[String(repeating: "d/", count: depth) + "f"] = "\(depth)" }
        for n in 0..<2510 { files["wide/\(n / 50)-\(n % 7)/\(n)/f"] = "\(n)" }
        var site = try await Site(.files(files), on: .ministack)
        let recorder = try await Recorder(before: site.place)
        site.place = recorder.place
        let run = try await site.deploy()
        #expect(run.status == 0 && run.output.contains("uploaded        6000 files"), "\(run)")
        #expect(Set(try await site.bucket.keys()) == Set(files.keys))
        _ = try await recorder.log()
        for options in [[], ["--no-state"], ["--delete"]] {
            let again = try await site.deploy(options)
            #expect(again.status == 0 && again.output.contains("6000 unchanged"), "\(again)")
            #expect(try await recorder.log().map(\.operation) == Array(repeating: "ListObjectsV2", count: 6))
        }
        // One in the midst of each changes, one goes.
        let deep = String(repeating: "d/", count: 250) + "f"
        for path in ["flat/photo-1500.txt", deep] { try site.folder.write("other", to: "gallery/\(path)") }
        for path in ["flat/photo-1501.txt", "wide/20-0/1001/f"] { try site.folder.remove("gallery/\(path)") }
        let last = try await site.deploy(["--delete"])
        #expect(last.status == 0 && last.output.contains("uploaded        2 files"), "\(last)")
        #expect(Set(try await site.bucket.keys()) == Set(files.keys).subtracting(["flat/photo-1501.txt", "wide/20-0/1001/f"]))
        #expect(try await site.bucket.body(deep) == [UInt8]("other".utf8))
    }
}
