import Foundation
import TestSupport
import Testing

/// Rules of the configuration file, and the guards against wrong capture times going public.
@Suite struct PhotoRulesTests {
    /// Two cameras at one wedding: the A-7's clock was four hours fast, the Skerry's right but without a zone.
    private static let rules = """
        rules:
          - model: A-7 II
            clock-shift: -4h
            time-zone: Europe/Stockholm
          - make: Skerry
            time-zone: +02:00
        """

    private func configure(_ site: Site, _ settings: String) throws {
        try site.folder.write(
            "cors: off\nendpoint-url: \(site.place.endpoint)\nsource: gallery\ndestination: s3://\(site.bucket.name)\n\(settings)\n",
            to: "galleria-deploy.yml")
    }

    private func site(_ settings: String) async throws -> Site {
        let site = try await Site(.fixtures, on: .ministack)
        try configure(site, settings)
        return site
    }

    @Test func eachCameraGetsItsOwnCorrection() async throws {
        let site = try await site(Self.rules)
        let run = try await site.run([])
        #expect(run.status == 0, "\(run)")
        let back = try await site.readBack()
        #expect(try await CaptureTime.read(below: back.path)["photos/Arrival by ferry.jpg"] == CaptureTime("2024:06:21 09:05:12", "+02:00"))
        // Not the rules' cameras: byte for byte as they are.
        #expect(try Data(contentsOf: URL(filePath: back.path("photos/IMG_0412.jpg"))) == site.files()["photos/IMG_0412.jpg"])
    }

    @Test func aWrongRuleCorrectedSendsOnlyTheAffectedPhotosAndLeavesNoTrace() async throws {
        let wrong = try await site(Self.rules.replacing("-4h", with: "-3h"))
        #expect(try await wrong.run([]).status == 0)
        let before = Dictionary(uniqueKeysWithValues: try await wrong.bucket.snapshot().map { ($0.keyText, $0) })
        try configure(wrong, Self.rules)
        let run = try await wrong.run(["-v"])
        #expect(run.status == 0, "\(run)")
        let after = Dictionary(uniqueKeysWithValues: try await wrong.bucket.snapshot().map { ($0.keyText, $0) })

        let right = try await site(Self.rules)
        #expect(try await right.run([]).status == 0)
        let first = Dictionary(uniqueKeysWithValues: try await right.bucket.snapshot().map { ($0.keyText, $0) })
        #expect(after.mapValues(\.sha256) == first.mapValues(\.sha256))

        let changed = Set(after.keys.filter { after[$0]?.sha256 != before[$0]?.sha256 })
        #expect(changed.count == 5)
        #expect(
            Set(
                run.output.split(separator: "\n").filter { $0.hasPrefix("sent ") }.map {
                    String($0.dropFirst(5).prefix { $0 != "(" }.dropLast())
                }) == changed)
    }

    @Test func aRuleThatMatchesNoPhotoIsRefused() async throws {
        let site = try await site(Self.rules + "\n  - model: A-7 III\n    clock-shift: 1h")
        let run = try await site.run([])
        #expect(run.status == 5, "\(run)")
        #expect(run.errors.contains("rule 3") && run.errors.contains("ARCHIPELAGO OPTICS A-7 II: 5 photos"), "\(run)")
        #expect(run.errors.contains("the nearest is “A-7 II”"), "\(run)")
        #expect(try await site.bucket.keys().isEmpty)

        try configure(site, Self.rules + "\n  - model: A-7 III\n    clock-shift: 1h\n    optional: true")
        #expect(try await site.run([]).status == 0)
    }

    @Test func timeOptionsBesideRulesAreRefused() async throws {
        let site = try await site(Self.rules)
        let run = try await site.run(["--clock-shift", "1h"])
        #expect(run.status == 64, "\(run)")
        #expect(try await site.bucket.keys().isEmpty)
    }

    @Test func yesterdaysCorrectionIsNotUndoneUnasked() async throws {
        let site = try await Site(.fixtures, on: .ministack)
        #expect(try await site.deploy(["--clock-shift", "-4h"]).status == 0)
        let before = try await site.bucket.snapshot()

        let forgotten = try await site.deploy()
        #expect(forgotten.status == 4, "\(forgotten)")
        #expect(forgotten.errors.contains("--clock-shift 0"), "\(forgotten)")
        #expect(try await site.bucket.snapshot() == before)

        let meant = try await site.deploy(["--clock-shift", "0"])
        #expect(meant.status == 0, "\(meant)")
        let back = try await site.readBack()
        for (path, content) in try site.files() where path.hasSuffix(".jpg") {
            #expect(try Data(contentsOf: URL(filePath: back.path(path))) == content, "\(path)")
        }
    }

    @Test func aPulledCopyIsNotCorrectedTwice() async throws {
        let site = try await Site(.fixtures, on: .ministack)
        #expect(try await site.deploy(["--clock-shift", "-4h"]).status == 0)
        let before = try await site.bucket.snapshot()
        let pulled = try await site.readBack()
        let run = try await site.run([pulled.path, "s3://\(site.bucket.name)", "--no-cors-check", "--clock-shift", "-4h"])
        #expect(run.status == 4, "\(run)")
        #expect(run.errors.contains("already carry the corrected time"), "\(run)")
        #expect(try await site.bucket.snapshot() == before)
    }

    @Test func aDryRunShowsEachCamera() async throws {
        let site = try await site(Self.rules)
        let run = try await site.run(["--dry-run"])
        #expect(run.status == 0, "\(run)")
        let cameras = run.output.split(separator: "\n").filter { $0.hasPrefix("camera") }
        #expect(cameras.count == 4, "\(run)")
        #expect(cameras.contains { $0.contains("A-7 II  5 photos") && $0.contains("rule 1") && $0.contains("→") })
        #expect(try await site.bucket.keys().isEmpty)
    }

    @Test func aTableGivesAbsoluteTimes() async throws {
        let site = try await site("capture-times: times.csv\ntime-zone: +03:00")
        try site.folder.write(
            "path,capture time,offset\nphotos/Moonrise.jpg,2020:01:02 03:04:05,+05:45\n\"photos/Postcard, scanned.jpg\",1931:07:08 12:00:00,\nphotos/none.jpg,2020:01:01 00:00:00,\n",
            to: "times.csv")
        let dry = try await site.run(["--dry-run"])
        #expect(dry.status == 0, "\(dry)")
        #expect(dry.output.contains("1 row without a photo: photos/none.jpg"), "\(dry)")
        let run = try await site.run([])
        #expect(run.status == 0, "\(run)")
        #expect(run.output.contains("1 row without a photo") && run.output.contains("11 photos without a row"), "\(run)")
        let back = try await site.readBack()
        let times = try await CaptureTime.read(below: back.path)
        #expect(times["photos/Moonrise.jpg"] == CaptureTime("2020:01:02 03:04:05", "+05:45"))
        #expect(times["photos/Postcard, scanned.jpg"] == CaptureTime("1931:07:08 12:00:00", "+03:00"))
    }

    /// A JPEG that ends in the middle of a segment: nothing can be proven about it.
    private static let cutOff: [UInt8] =
        [0xff, 0xd8, 0xff, 0xe1, 0x40, 0x00] + Array("Exif\0\0MM".utf8) + [UInt8](repeating: 0, count: 2000)

    @Test func aPhotoThatCannotBeRewrittenIsDeployedAsItIs() async throws {
        let site = try await Site(.files(["a.txt": "a"]), on: .ministack)
        try site.folder.write(Self.cutOff, to: "gallery/cut.jpg")
        try await site.bucket.put("old.txt", "old", metadata: RealBucket.deployed)
        let run = try await site.deploy(["--clock-shift", "-4h", "--delete"])
        #expect(run.status == 0, "\(run)")
        #expect(run.output.contains("photo deployed as it is: cut.jpg"), "\(run)")
        #expect(try await site.bucket.body("cut.jpg") == Self.cutOff)
        // A warning, no failure: deletions follow.
        #expect(try await site.bucket.keys() == ["a.txt", "cut.jpg"])
    }

    /// What a run did not do it does not claim, and what it need not look at again it does not hide.
    @Test func aSecondRunCountsNothingAsCorrectedAndStillNamesWhatWasRefused() async throws {
        let site = try await Site(.fixtures, on: .ministack)
        try site.folder.write(Self.cutOff, to: "gallery/cut.jpg")
        for path in try site.files().keys { try FileTimes.touch("\(site.source)/\(path)", at: 1_700_000_000) }
        let first = try await site.deploy(["--clock-shift", "-4h"])
        #expect(first.status == 0 && first.output.contains(/photos +1\d sent corrected, 1 deployed as they are/), "\(first)")
        let second = try await site.deploy(["--clock-shift", "-4h"])
        #expect(second.status == 0 && second.output.contains(/photos +0 sent corrected, 1 deployed as they are/), "\(second)")
        #expect(second.output.contains("photo deployed as it is: cut.jpg"), "\(second)")
    }

    @Test func strictExifFailsAPhotoThatCannotBeRewritten() async throws {
        let site = try await Site(.files(["a.txt": "a"]), on: .ministack)
        try site.folder.write(Self.cutOff, to: "gallery/cut.jpg")
        try await site.bucket.put("old.txt", "old", metadata: RealBucket.deployed)
        let run = try await site.deploy(["--clock-shift", "-4h", "--delete", "--strict-exif"])
        #expect(run.status == 1, "\(run)")
        #expect(run.errors.contains("cut.jpg") && run.errors.contains("--strict-exif"), "\(run)")
        #expect(try await site.bucket.keys() == ["a.txt", "old.txt"])
    }

    @Test func aPhotoThatKeepsWhatPrivacyForbidsIsNotSent() async throws {
        let site = try await Site(.files(["a.txt": "a"]), on: .ministack)
        try site.folder.write(Self.cutOff, to: "gallery/cut.jpg")
        let run = try await site.deploy(["--privacy", "gps"])
        #expect(run.status == 1, "\(run)")
        #expect(run.errors.contains("cut.jpg") && run.errors.contains("privacy"), "\(run)")
        #expect(try await site.bucket.keys() == ["a.txt"])
    }

    @Test func privacyLeavesNothingInTheBucket() async throws {
        let site = try await Site(.fixtures, on: .ministack)
        let photo = "\(site.source)/photos/Moonrise.jpg"
        let written = try await Program.run([
            "exiftool", "-q", "-overwrite_original", "-GPSLatitude=59.33", "-GPSLatitudeRef=N", "-GPSLongitude=18.07", "-GPSLongitudeRef=E",
            "-ExifIFD:SerialNumber=SN4711", "-ExifIFD:OwnerName=Ada Lovelace", "-IFD0:Artist=Ada Lovelace", "-XMP:Creator=Ada Lovelace",
            photo,
        ])
        #expect(written.status == 0, "\(written)")
        func namingPeopleOrPlaces(_ folder: String) async throws -> String {
            try await Program.run([
                "exiftool", "-r", "-ext", "jpg", "-if", "$GPSLatitude or $SerialNumber or $OwnerName or $Artist or $Creator", "-s3",
                "-FileName", folder,
            ]).output
        }
        #expect(try await namingPeopleOrPlaces(site.source).contains("Moonrise.jpg"))
        let original = try Data(contentsOf: URL(filePath: photo))
        #expect(try await site.deploy(["--dry-run"]).output.contains("a GPS position, which will be public"))
        #expect(try await !site.deploy(["--dry-run", "--privacy", "gps"]).output.contains("GPS position"))

        let run = try await site.deploy(["--privacy", "serial", "--privacy", "gps", "--privacy", "owner", "--privacy", "thumbnail"])
        #expect(run.status == 0, "\(run)")
        let back = try await site.readBack()
        #expect(try await !namingPeopleOrPlaces(back.path).contains("Moonrise.jpg"))
        let deployed = try Data(contentsOf: URL(filePath: back.path("photos/Moonrise.jpg")))
        #expect(deployed.count == original.count)
        #expect(original.range(of: Data("Ada Lovelace".utf8)) != nil && deployed.range(of: Data("Ada Lovelace".utf8)) == nil)
        #expect(deployed.range(of: Data("SN4711".utf8)) == nil)
        #expect(try Data(contentsOf: URL(filePath: photo)) == original)
    }
}
