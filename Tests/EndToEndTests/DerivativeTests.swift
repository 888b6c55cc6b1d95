import Foundation
import Glibc
import TestSupport
import Testing

/// Pictures that are made of photos while they are deployed, drawn by libvips.
@Suite(.enabled(if: Pictures.areBuilt, "built without the trait Pictures")) struct DerivativeTests {
    private static let photos = ["IMG_0412.jpg", "Lighthouse + gulls.jpg", "Moonrise.jpg"]
    private static let two = """
        derivatives:
          - key: thumbs/{stem}.webp
            size: 120
          - path: photos/**
            key: web/{stem}.jpg
            size: 300x100
            quality: 82
            metadata: capture-time
        """

    /// A gallery of a few photos behind a recorder, and a configuration with these settings.
    private func site(_ settings: String, on server: S3Server = .ministack) async throws -> (site: Site, recorder: Recorder) {
        var site = try await Site(.files(["index.html": "<!doctype html>"]), on: server)
        for name in Self.photos {
            try site.folder.write(
                Data(contentsOf: URL(filePath: PackageFolder.path("Fixtures/gallery/photos/\(name)"))), to: "gallery/photos/\(name)")
        }
        let recorder = try await Recorder(before: site.place)
        site.place = recorder.place
        try configure(site, settings)
        return (site, recorder)
    }

    private func configure(_ site: Site, _ settings: String) throws {
        try site.folder.write(
            "endpoint-url: \(site.place.endpoint)\nsource: gallery\ndestination: s3://\(site.bucket.name)\ncors: off\n\(settings)\n",
            to: "galleria-deploy.yml")
    }

    /// What exiftool reads of an object.
    private struct Seen: Decodable {
        let FileType: String
        let ImageWidth: Int
        let ImageHeight: Int
        let Orientation: Int?
        let DateTimeOriginal: String?
        let OffsetTimeOriginal: String?
        let Copyright: String?
        let Make: String?
    }

    private func look(_ key: String, in site: Site) async throws -> Seen {
        let folder = try TemporaryFolder("picture")
        try folder.write(await site.bucket.body(key), to: "picture")
        let run = try await Program.run(["exiftool", "-json", "-n", folder.path("picture")])
        return try #require(try JSONDecoder().decode([Seen].self, from: Data(run.output.utf8)).first)
    }

    private func made(_ run: Program.Run) -> [String] {
        run.output.split(separator: "\n").filter { $0.hasPrefix("made ") }.map(String.init).sorted()
    }

    @Test(arguments: [S3Server.radosgw, .ministack]) func theyAreMadeOnceAndSentOnce(_ server: S3Server) async throws {
        let (site, recorder) = try await site(Self.two, on: server)
        let dry = try await site.run(["-n"])
        #expect(dry.status == 0 && dry.output.contains("upload  new         thumbs/Moonrise.webp  made of photos/Moonrise.jpg"), "\(dry)")
        #expect(dry.output.contains("pictures        6 to make, 0 as they were, 0 failed"), "\(dry)")
        #expect(try await site.bucket.keys() == [])
        // What was written a moment ago is read once more by each run, and asked for once more.
        let written = try FileManager.default.attributesOfItem(atPath: "\(site.source)/photos/Moonrise.jpg")[.modificationDate] as? Date
        try await until { Date.now.timeIntervalSince(try #require(written)) > 2.5 }
        let first = try await site.run(["-v"])
        #expect(first.status == 0 && first.output.contains("uploaded        10 files"), "\(first)")
        #expect(made(first).count == 6 && first.output.contains("made web/IMG_0412.jpg of photos/IMG_0412.jpg"), "\(first)")
        #expect(first.output.contains("pictures        6 made, 0 as they were, 0 failed"), "\(first)")
        for name in Self.photos.map({ $0.dropLast(4) }) {
            let thumb = try await look("thumbs/\(name).webp", in: site)
            #expect(thumb.FileType.hasSuffix("WEBP") && thumb.ImageWidth == 120 && thumb.ImageHeight == 80 && thumb.DateTimeOriginal == nil)
            let web = try await look("web/\(name).jpg", in: site)
            #expect(
                web.FileType == "JPEG" && web.ImageWidth == 150 && web.ImageHeight == 100 && web.DateTimeOriginal != nil && web.Make == nil)
        }
        #expect(try await site.bucket.object("thumbs/Moonrise.webp").contentType == "image/webp")
        let before = try await site.bucket.snapshot()
        _ = try await recorder.log()
        for (options, operations) in [
            ([], ["ListObjectsV2"]), (["--no-state"], ["HeadObject", "ListObjectsV2"]), (["--delete"], ["ListObjectsV2"]),
            (["-n", "--exit-code"], ["ListObjectsV2"]), (["--checksum"], ["HeadObject", "ListObjectsV2"]),
        ] {
            let again = try await site.run(["deploy", "-v"] + options)
            #expect(again.status == 0 && made(again).isEmpty, "\(options) \(again)")
            #expect(
                again.output.contains("pictures        0 \(options.contains("-n") ? "to make" : "made"), 6 as they were, 0 failed"),
                "\(again)")
            #expect(Set(try await recorder.log().map(\.operation)).sorted() == operations, "\(options) \(again)")
        }
        #expect(try await site.run(["verify"]).status == 0)
        #expect(try await site.run(["verify", "--deep"]).status == 0)
        // What the same library makes of the same photos is the same.
        let anew = try await site.run(["deploy", "-v", "--rerender"])
        #expect(anew.status == 0 && made(anew).count == 6 && anew.output.contains("uploaded        0 files"), "\(anew)")
        #expect(anew.output.contains("pictures        6 made, 0 as they were, 0 failed"), "\(anew)")
        #expect(try await site.bucket.snapshot() == before)
        // A run that makes none, with and without memory of them, leaves them alone.
        for options in [["--no-derivatives"], ["--no-derivatives", "--no-state"]] {
            let none = try await site.run(["deploy", "--delete"] + options)
            #expect(
                none.status == 0 && none.output.contains("deleted         0 objects") && none.errors.contains("6 pictures were made"),
                "\(none)")
            #expect(!none.output.contains("as they were"), "\(none)")
        }
        try site.folder.remove("gallery/photos/Moonrise.jpg")
        let gone = try await site.run(["deploy", "--delete"])
        #expect(gone.status == 0 && gone.output.contains("deleted         3 objects"), "\(gone)")
        #expect(try await site.bucket.keys().contains { $0.contains("Moonrise") } == false)
    }

    /// The corrected time is in the picture, once; and so is nothing that was not asked for.
    @Test func theCorrectedTimeIsInThemOnce() async throws {
        let (site, _) = try await site(
            """
            clock-shift: -4h
            time-zone: "+02:00"
            derivatives:
              - key: none/{stem}.jpg
                size: 100
              - key: time/{stem}.webp
                size: 100
                metadata: capture-time
              - key: who/{stem}.jpg
                size: 100
                metadata: copyright
              - key: all/{stem}.jpg
                size: 100
                metadata: all
            """)
        let run = try await site.run([])
        #expect(run.status == 0, "\(run)")
        let photo = try await look("photos/IMG_0412.jpg", in: site)
        #expect(photo.DateTimeOriginal == "2024:06:21 21:58:20" && photo.OffsetTimeOriginal == "+02:00")
        let none = try await look("none/IMG_0412.jpg", in: site)
        #expect(none.DateTimeOriginal == nil && none.Copyright == nil && none.Make == nil)
        let time = try await look("time/IMG_0412.webp", in: site)
        #expect(time.DateTimeOriginal == "2024:06:21 21:58:20" && time.OffsetTimeOriginal == "+02:00" && time.Copyright == nil)
        let who = try await look("who/IMG_0412.jpg", in: site)
        #expect(who.Copyright == "CC0 1.0")
        #expect(who.DateTimeOriginal == nil && who.Make == nil)
        let all = try await look("all/IMG_0412.jpg", in: site)
        #expect(all.DateTimeOriginal == "2024:06:21 21:58:20" && all.Make != nil && all.ImageWidth == 100)
        // Another correction is another photo, and other pictures of it.
        try configure(site, "clock-shift: -5h\nderivatives:\n  - key: time/{stem}.webp\n    size: 100\n    metadata: capture-time")
        let other = try await site.run(["-v"])
        #expect(other.status == 0 && made(other).count == 3, "\(other)")
        #expect(try await look("time/IMG_0412.webp", in: site).DateTimeOriginal == "2024:06:21 20:58:20")
    }

    @Test func theyStandUprightAndFillTheirBox() async throws {
        let (site, _) = try await site(
            "derivatives:\n  - key: fit/{stem}.png\n    size: 90\n  - key: fill/{stem}.jpg\n    size: 60x60\n    shape: fill")
        let turned = try await Program.run(
            ["exiftool", "-overwrite_original", "-n", "-Orientation=6", site.folder.path("gallery/photos/IMG_0412.jpg")])
        #expect(turned.status == 0, "\(turned)")
        #expect(try await site.run([]).status == 0)
        let upright = try await look("fit/IMG_0412.png", in: site)
        #expect(upright.ImageWidth == 60 && upright.ImageHeight == 90 && upright.Orientation ?? 1 == 1)
        let level = try await look("fit/Moonrise.png", in: site)
        #expect(level.ImageWidth == 90 && level.ImageHeight == 60)
        let square = try await look("fill/IMG_0412.jpg", in: site)
        #expect(square.ImageWidth == 60 && square.ImageHeight == 60)
    }

    @Test func aBrokenPhotoFailsAlone() async throws {
        let (site, _) = try await site(Self.two)
        let whole = try Data(contentsOf: URL(filePath: site.folder.path("gallery/photos/Moonrise.jpg")))
        try site.folder.write(whole.prefix(whole.count / 2), to: "gallery/photos/torn.jpg")
        // A PNG of 60,000 × 60,000 pixels, says its header (PNG specification §11.2.2).
        let header: [UInt8] = [0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60, 8, 2, 0, 0, 0]
        let bomb = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13] + Array("IHDR".utf8) + header
        try site.folder.write(
            bomb + Self.crc(Array("IHDR".utf8) + header) + [0, 0, 0, 0] + Array("IDAT".utf8) + Self.crc(Array("IDAT".utf8)),
            to: "gallery/photos/bomb.png")
        let run = try await site.run(["-v"])
        #expect(run.status == 1 && made(run).count == 6 && run.output.contains("uploaded        12 files"), "\(run)")
        #expect(run.output.contains("pictures        6 made, 0 as they were, 4 failed"), "\(run)")
        for name in ["thumbs/torn.webp", "web/torn.jpg", "thumbs/bomb.webp", "web/bomb.jpg"] {
            #expect(run.errors.contains("failed: \(name): could not be made ("), "\(run)")
        }
        #expect(run.errors.contains("60000 × 60000 pixels are more than"), "\(run)")
        #expect(try await site.bucket.keys().contains("photos/torn.jpg"))
    }

    /// What a report for machines says of the pictures.
    private struct Counted: Decodable {
        struct Target: Decodable {
            struct Totals: Decodable {
                let pictures_made: Int
                let pictures_kept: Int
                let pictures_failed: Int
            }

            let totals: Totals
        }

        let targets: [Target]
    }

    @Test func theyAreCountedForMachines() async throws {
        let (site, _) = try await site(Self.two)
        func counts(_ options: [String], _ status: Int32 = 0) async throws -> [Int] {
            let run = try await site.run(["deploy", "--format", "json"] + options)
            #expect(run.status == status, "\(run)")
            let totals = try #require(try JSONDecoder().decode(Counted.self, from: Data(run.output.utf8)).targets.first).totals
            return [totals.pictures_made, totals.pictures_kept, totals.pictures_failed]
        }
        #expect(try await counts(["-n", "--no-derivatives"]) == [0, 0, 0])
        #expect(try await counts(["-n"]) == [6, 0, 0])
        #expect(try await counts([]) == [6, 0, 0])
        #expect(try await counts([]) == [0, 6, 0])
        // Other headers are no other picture.
        try configure(site, Self.two + "\ncache-control: max-age=60")
        #expect(try await counts(["-n"]) == [0, 6, 0])
        #expect(try await counts([]) == [0, 6, 0])
        #expect(try await counts(["--rerender"]) == [6, 0, 0])
        let whole = try Data(contentsOf: URL(filePath: site.folder.path("gallery/photos/Moonrise.jpg")))
        try site.folder.write(whole.prefix(whole.count / 2), to: "gallery/photos/Moonrise.jpg")
        #expect(try await counts([], 1) == [0, 4, 2])
    }

    private static func crc(_ bytes: [UInt8]) -> [UInt8] {
        var crc: UInt32 = 0xffff_ffff
        for byte in bytes {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xedb8_8320 : crc >> 1 }
        }
        return withUnsafeBytes(of: (~crc).bigEndian) { Array($0) }
    }

    @Test func anInterruptionLeavesTheRestToTheNextRun() async throws {
        let (site, recorder) = try await site(Self.two)
        // The first five go through, in whatever order; the others wait before the gate.
        try await recorder.gate(after: 5)
        let running = try site.start(["--jobs", "1", "--stall-timeout", "10m"])
        try await until { try await recorder.uploadArrived() }
        running.send(SIGINT)
        try await until { running.errorsSoFar.contains("interrupted") }
        try await recorder.open()
        let run = try await running.finish()
        #expect(run.status == 130, "\(run)")
        let sent = try await site.bucket.keys()
        #expect(sent.count < 10)
        let again = try await site.run(["-v"])
        #expect(again.status == 0 && again.output.contains("uploaded        \(10 - sent.count) file"), "\(again)")
        let left = 6 - sent.count { $0.hasPrefix("thumbs/") || $0.hasPrefix("web/") }
        #expect(made(again).count == left, "\(again)")
    }

    /// Twelve megapixels each; a progressive one is held whole while it is decoded.
    @Test func memoryIsBounded() async throws {
        let (site, _) = try await site(Self.two)
        let script = """
            import sys
            from PIL import Image
            noise = Image.effect_noise((1000, 750), 60).convert("RGB").resize((4000, 3000))
            for number in range(12):
                noise.rotate(number * 7).save(f"{sys.argv[1]}/{number}.jpg", quality=90, progressive=number % 2 == 1)
            """
        let drawn = try await Program.run([PackageFolder.path(".venv/bin/python"), "-c", script, site.folder.path("gallery/photos")])
        #expect(drawn.status == 0, "\(drawn)")
        let run = try await site.run([], measured: true)
        #expect(run.status == 0 && run.output.contains("uploaded        46 files"), "\(run)")
        let cost = try #require(run.cost)
        // Six at once, as there may be threads, would be more than 600 MB.
        #expect(cost.peakMiB <= 300, "\(cost)")
    }

    /// A library that is there when the program is built need not be there where it runs.
    @Test(.enabled(if: ContribTests.makesMounts, "this machine allows no mounts, by which the library is taken away"))
    func withoutTheLibraryNothingIsSent()
        async throws
    {
        let (site, _) = try await site(Self.two)
        let hiding = [
            "unshare", "--map-root-user", "--mount", "/bin/sh", "-c",
            "for file in /usr/lib/*/libvips.so.42; do mount --bind /dev/null \"$(readlink -f \"$file\")\" || exit 99; done; exec \"$@\"",
            "sh",
        ]
        let run = try await site.run([], through: hiding)
        #expect(run.status == 5 && run.errors.contains("libvips") && run.errors.contains("--no-derivatives"), "\(run)")
        #expect(try await site.bucket.keys() == [])
        let files = try await site.run(["--no-derivatives"], through: hiding)
        #expect(files.status == 0 && files.output.contains("uploaded        4 files"), "\(files)")
    }

    @Test func aSavedPlanNamesThem() async throws {
        let (site, _) = try await site(Self.two)
        let saved = try await site.run(["-n", "--plan-out", site.folder.path("the.plan")])
        #expect(saved.status == 0, "\(saved)")
        let applied = try await site.run(["apply", site.folder.path("the.plan")])
        #expect(applied.status == 0 && applied.output.contains("uploaded        10 files"), "\(applied)")
        let history = try await site.run(["history"])
        #expect(history.status == 0 && history.output.contains("10"), "\(history)")
    }

    @Test func theSameKeyTwiceIsRefused() async throws {
        let (site, _) = try await site("derivatives:\n  - key: photos/{stem}.jpg\n    size: 100")
        let run = try await site.run([])
        #expect(
            run.status == 4 && run.errors.contains("the file photos/IMG_0412.jpg, made of photos/IMG_0412.jpg by photos/{stem}.jpg"),
            "\(run)")
        #expect(try await site.bucket.keys() == [])
    }
}

/// A program that makes no pictures.
@Suite(.enabled(if: !Pictures.areBuilt, "built with the trait Pictures")) struct NoPicturesTests {
    @Test func derivativesAreNotSilentlyLeftOut() async throws {
        let site = try await Site(.files(["a.jpg": "photo"]), on: .ministack)
        try site.folder.write(
            """
            endpoint-url: \(site.place.endpoint)
            source: gallery
            destination: s3://\(site.bucket.name)
            cors: off
            derivatives: [{key: "thumbs/{stem}.webp", size: 100}]
            """, to: "galleria-deploy.yml")
        let run = try await site.run([])
        #expect(run.status == 5 && run.errors.contains("built without libvips") && run.errors.contains("--no-derivatives"), "\(run)")
        #expect(try await site.bucket.keys() == [])
        #expect(try await site.run(["--no-derivatives"]).status == 0)
        #expect(try await site.bucket.keys() == ["a.jpg"])
    }
}
