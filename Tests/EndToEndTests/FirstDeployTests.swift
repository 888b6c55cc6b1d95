import Foundation
import TestSupport
import Testing

/// A first deploy of the example gallery, with the correction that its cameras need.
@Suite struct FirstDeployTests {
    static let correction = ["--clock-shift=-4h", "--time-zone", "Europe/Stockholm"]

    /// Made by hand from Fixtures/README.md: four hours earlier; Stockholm's offset on that day.
    static let corrected: [String: CaptureTime] = [
        "photos/Arrival by ferry.jpg": CaptureTime("2024:06:21 09:05:12", "+02:00"),
        "photos/Lighthouse + gulls.jpg": CaptureTime("2024:06:21 11:40:03", "+02:00"),
        "photos/Djurgårdsbrunn.jpg": CaptureTime("2024:06:21 14:22:47", "+02:00"),
        "photos/Midsommar på Öland.jpg": CaptureTime("2024:06:21 16:10:30", "+02:00"),
        "photos/IMG_0412.jpg": CaptureTime("2024:06:21 21:58:20", "+02:00"),
        "photos/IMG_0413.jpg": CaptureTime("2024:06:21 22:20:09", "+02:00"),
        "photos/Moonrise.jpg": CaptureTime("2024:06:21 23:31:55", "+02:00"),
        "photos/Skärgården at dawn.jpg": CaptureTime("2024:06:22 04:04:41", "+02:00"),
        "photos/The red cottage.jpg": CaptureTime("2024:06:22 10:47:00", "+02:00"),
        "photos/Åre i snö.jpg": CaptureTime("2024:01:13 10:15:26", "+01:00"),
        "photos/Winter harbour.jpg": CaptureTime("2024:01:14 15:30:00", "+01:00"),
        "photos/Panorama.jpg": CaptureTime("2024:06:23 13:00:00", "+02:00"),
        "photos/Postcard, scanned.jpg": CaptureTime(nil),
    ]

    @Test func publishesEveryFileWithItsTypeAndHash() async throws {
        let site = try await Site(.fixtures, on: .radosgw)
        let run = try await site.deploy()
        #expect(run.status == 0, "\(run)")
        let objects = try await site.bucket.snapshot()
        let files = try site.files()
        #expect(Set(objects.map(\.keyText)) == Set(files.keys).subtracting([".generator-cache"]))
        let back = try await site.readBack()
        for object in objects {
            // Without a correction every file is deployed as it is, photos included.
            #expect(try Data(contentsOf: URL(filePath: back.path(object.keyText))) == files[object.keyText], "\(object.keyText)")
            #expect(object.metadata?["sha256"] == object.sha256, "\(object.keyText)")
        }
        let types = Dictionary(uniqueKeysWithValues: objects.map { ($0.keyText, $0.contentType) })
        #expect(types["photos/Moonrise.jpg"] == "image/jpeg")
        #expect(types["thumbs/Moonrise.webp"] == "image/webp")
        #expect(types["assets/compass.png"] == "image/png")
        #expect(types["assets/style.css"]??.hasPrefix("text/css") == true)
        #expect(types["index.html"]??.hasPrefix("text/html") == true)
        #expect(types["gallery.json"]??.hasPrefix("application/json") == true)
    }

    @Test func correctsCaptureTimesAndNothingElse() async throws {
        let site = try await Site(.fixtures, on: .radosgw)
        let before = try site.files()
        let run = try await site.deploy(Self.correction)
        #expect(run.status == 0, "\(run)")
        #expect(try site.files() == before, "a file of the source has changed")

        let back = try await site.readBack()
        #expect(try await CaptureTime.read(below: back.path) == Self.corrected)
        for (name, content) in before where name != ".generator-cache" {
            let deployed = try Data(contentsOf: URL(filePath: back.path(name)))
            if Self.corrected[name]?.time == nil {
                #expect(deployed == content, "\(name) is no photo with a capture time")
            } else {
                #expect(deployed != content)
                let picture = try #require(imageData(content))
                #expect(imageData(deployed) == picture, "\(name): the picture has changed")
            }
        }
    }

    @Test func reportEndsWithThePublicAddress() async throws {
        let site = try await Site(.files(["index.html": "<h1>hello</h1>"]), on: .radosgw)
        let run = try await site.deploy(prefix: "summer")
        #expect(run.status == 0, "\(run)")
        let last = try #require(run.output.split(separator: "\n").last)
        #expect(last.contains(site.place.endpoint) && last.contains("summer"), "\(run)")
    }

    @Test func sourceAndDestinationFromTheEnvironment() async throws {
        let site = try await Site(.files(["a.txt": "a"]), on: .radosgw)
        let run = try await site.run(
            ["--no-cors-check"], environment: ["GALLERIA_SOURCE": site.source, "GALLERIA_DESTINATION": "s3://\(site.bucket.name)/x"])
        #expect(run.status == 0, "\(run)")
        #expect(try await site.bucket.keys() == ["x/a.txt"])
    }

    @Test func pagesAreSentAfterWhatTheyShow() async throws {
        var site = try await Site(.fixtures, on: .radosgw)
        let recorder = try await Recorder(before: site.place)
        site.place = recorder.place
        let run = try await site.deploy()
        #expect(run.status == 0, "\(run)")
        let keys = try await recorder.log().filter { $0.operation == "PutObject" }.compactMap { $0.target.removingPercentEncoding }
        let pages = try #require(keys.firstIndex { $0.hasSuffix(".html") || $0.hasSuffix(".json") })
        #expect(keys[pages...].allSatisfy { $0.hasSuffix(".html") || $0.hasSuffix(".json") }, "\(keys)")
        #expect(keys[pages...].count == 3)
    }

    /// The JPEG from its start of scan on (ITU-T T.81, B.1.1.3): the compressed picture.
    private func imageData(_ jpeg: Data) -> Data? {
        let bytes = [UInt8](jpeg)
        var at = 2
        while at + 4 <= bytes.count, bytes[at] == 0xff {
            if bytes[at + 1] == 0xda { return Data(bytes[at...]) }
            at += 2 + Int(bytes[at + 2]) * 256 + Int(bytes[at + 3])
        }
        return nil
    }
}
