import Foundation
import TestSupport
import Testing

/// What a second deploy sends, as a recorder before the server sees it.
@Suite struct ChangeTests {
    /// A gallery deployed once, and a recorder that has seen nothing since.
    private func deployedSite() async throws -> (site: Site, recorder: Recorder) {
        var site = try await Site(.fixtures, on: .radosgw)
        let recorder = try await Recorder(before: site.place)
        site.place = recorder.place
        let run = try await site.deploy(FirstDeployTests.correction + ["--setup-cors"], checkingCORS: true)
        #expect(run.status == 0, "\(run)")
        _ = try await recorder.log()
        return (site, recorder)
    }

    private func uploads(_ requests: [Recorder.Request]) -> Set<String> {
        Set(
            requests.filter { ["PutObject", "CreateMultipartUpload"].contains($0.operation) }.compactMap {
                $0.target.removingPercentEncoding?.split(separator: "/", maxSplits: 1).last.map(String.init)
            })
    }

    @Test func secondDeployOnlyListsAndReadsCORS() async throws {
        let (site, recorder) = try await deployedSite()
        let run = try await site.deploy(FirstDeployTests.correction, checkingCORS: true)
        #expect(run.status == 0, "\(run)")
        #expect(try await recorder.log().map(\.operation).sorted() == ["GetBucketCors", "ListObjectsV2"])
    }

    @Test func anotherMachineSendsNothing() async throws {
        let (site, recorder) = try await deployedSite()
        let home = try TemporaryFolder("home")
        let run = try await site.deploy(FirstDeployTests.correction, environment: ["HOME": home.path])
        #expect(run.status == 0, "\(run)")
        #expect(try await recorder.log().map(\.operation) == ["ListObjectsV2"])
    }

    @Test func changedPhotoWithSameSizeAndTimeIsSent() async throws {
        let (site, recorder) = try await deployedSite()
        let path = "\(site.source)/photos/Moonrise.jpg"
        let times = try FileTimes(of: path)
        var content = try Data(contentsOf: URL(filePath: path))
        content[content.count - 100] ^= 1
        // In place: the same file, as an editor that preserves times leaves it.
        let file = try FileHandle(forUpdating: URL(filePath: path))
        try file.write(contentsOf: content)
        try file.close()
        try times.restore(to: path)
        #expect(try FileTimes(of: path) == times)

        let run = try await site.deploy(FirstDeployTests.correction)
        #expect(run.status == 0, "\(run)")
        #expect(uploads(try await recorder.log()) == ["photos/Moonrise.jpg"])
        #expect(try await site.bucket.body("photos/Moonrise.jpg").suffix(100) == [UInt8](content.suffix(100)))
    }

    @Test func renewedTimesSendNothing() async throws {
        let (site, recorder) = try await deployedSite()
        for (index, path) in try site.files().keys.enumerated() { try FileTimes.touch("\(site.source)/\(path)", at: 1_700_000_000 + index) }
        let run = try await site.deploy(FirstDeployTests.correction)
        #expect(run.status == 0, "\(run)")
        #expect(try await recorder.log().map(\.operation) == ["ListObjectsV2"])
    }

    @Test func anotherCorrectionSendsThePhotosAndNothingElse() async throws {
        let (site, recorder) = try await deployedSite()
        let run = try await site.deploy(["--clock-shift", "-3h", "--time-zone", "Europe/Stockholm"])
        #expect(run.status == 0, "\(run)")
        let photos = FirstDeployTests.corrected.filter { $0.value.time != nil }.keys
        #expect(uploads(try await recorder.log()) == Set(photos))
    }

    @Test func newFileAndShorterFileAreSent() async throws {
        let (site, recorder) = try await deployedSite()
        try site.folder.write("new", to: "gallery/assets/new.css")
        try site.folder.write("short", to: "gallery/assets/style.css")
        let run = try await site.deploy(FirstDeployTests.correction)
        #expect(run.status == 0, "\(run)")
        #expect(uploads(try await recorder.log()) == ["assets/new.css", "assets/style.css"])
        #expect(try await site.bucket.body("assets/style.css") == [UInt8]("short".utf8))
    }

    @Test func objectChangedInTheBucketIsSentAgain() async throws {
        let (site, recorder) = try await deployedSite()
        let before = try await site.bucket.body("index.html")
        try await site.bucket.put("index.html", String(repeating: "x", count: before.count))
        let run = try await site.deploy(FirstDeployTests.correction)
        #expect(run.status == 0, "\(run)")
        #expect(uploads(try await recorder.log()) == ["index.html"])
        #expect(try await site.bucket.body("index.html") == before)
    }
}
