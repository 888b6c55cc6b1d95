import Foundation
import TestSupport
import Testing

@Suite struct UsageTests {
    /// Arguments that make no sense, with SOURCE, FILE and BUCKET filled in.
    @Test(arguments: [
        ["FILE", "s3://BUCKET"], ["s3://BUCKET", "SOURCE"], ["verfy"], ["SOURCE"], ["SOURCE", "BUCKET"], ["SOURCE", "s3://"],
        ["SOURCE/none", "s3://BUCKET"], ["SOURCE", "s3://BUCKET", "--jobs", "0"], ["SOURCE", "s3://BUCKET", "--no-such-option"],
        ["SOURCE", "s3://BUCKET", "--max-delete", "5"],
        ["SOURCE", "s3://BUCKET", "more"], ["SOURCE", "s3://BUCKET", "--size-only"], ["SOURCE", "s3://BUCKET", "-u"],
        ["SOURCE", "s3://BUCKET", "--update"], ["SOURCE", "s3://BUCKET", "--no-delete", "--delete-excluded"],
    ])
    func isRefusedAndNothingIsSent(_ arguments: [String]) async throws {
        var site = try await Site(.files(["a.txt": "a"]), on: .radosgw)
        let recorder = try await Recorder(before: site.place)
        site.place = recorder.place
        let filled = arguments.map {
            $0.replacingOccurrences(of: "FILE", with: "\(site.source)/a.txt").replacingOccurrences(of: "SOURCE", with: site.source)
                .replacingOccurrences(of: "BUCKET", with: site.bucket.name)
        }
        let run = try await site.run(filled)
        #expect(run.status == 64, "\(run)")
        #expect(!run.errors.isEmpty && run.output.isEmpty, "\(run)")
        #expect(try await recorder.log().isEmpty)
    }

    /// A shift or zone that cannot be understood is a fault of the configuration, wherever it stands.
    @Test(arguments: [
        ["--clock-shift", "soon"], ["--time-zone", "Europe/Atlantis"], ["--time-zone", "EST"], ["--time-zone", "GMT+2"],
        ["--time-zone", "+14:15"],
        ["--time-zone", "+02:10"],
    ])
    func refusesTimesItCannotUnderstand(_ options: [String]) async throws {
        let site = try await Site(.files(["a.txt": "a"]), on: .ministack)
        let run = try await site.deploy(options)
        #expect(run.status == 5, "\(run)")
        #expect(run.errors.contains(options[0]), "\(run)")
        #expect(try await site.bucket.keys().isEmpty)
    }

    @Test(arguments: [["--clock-shift", "-4h", "--time-zone", "-05:00"], ["--clock-shift=-4h", "--time-zone=-05:00"]])
    func valuesMayStartWithAMinus(_ options: [String]) async throws {
        let site = try await Site(.files([:]), on: .radosgw)
        try FileManager.default.copyItem(
            atPath: PackageFolder.path("Fixtures/gallery/photos/Moonrise.jpg"), toPath: "\(site.source)/Moonrise.jpg")
        let run = try await site.deploy(options)
        #expect(run.status == 0, "\(run)")
        let back = try await site.readBack()
        #expect(try await CaptureTime.read(below: back.path) == ["Moonrise.jpg": CaptureTime("2024:06:21 23:31:55", "-05:00")])
    }

    @Test func aFolderMayBeNamedLikeACommand() async throws {
        let site = try await Site(.files(["a.txt": "a"]), on: .radosgw)
        try FileManager.default.moveItem(atPath: site.source, toPath: site.folder.path("deploy"))
        let run = try await site.run(["./deploy", "s3://\(site.bucket.name)", "--no-cors-check"])
        #expect(run.status == 0, "\(run)")
        #expect(try await site.bucket.keys() == ["a.txt"])
    }

    @Test func trailingSlashChangesNothing() async throws {
        let site = try await Site(.files(["a.txt": "a"]), on: .radosgw)
        #expect(try await site.run(["deploy", site.source + "/", "s3://\(site.bucket.name)/p/", "--no-cors-check"]).status == 0)
        #expect(try await site.bucket.keys() == ["p/a.txt"])
    }

    @Test func quietSaysNothingWhereNothingIsWrong() async throws {
        let site = try await Site(.files(["a.txt": "a"]), on: .radosgw)
        let run = try await site.deploy(["-q"])
        #expect(run.status == 0 && run.output.isEmpty && run.errors.isEmpty, "\(run)")
    }
}
