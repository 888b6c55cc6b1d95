import Foundation
import Picture
import TestSupport
import Testing

/// `galleria-deploy image …` and `base64`, typed.
@Suite struct ImageCommandTests {
    private static func run(_ words: [String], environment: [String: String] = [:], folder: String = "/") async throws -> Program.Run {
        try await Program.run([Executable.path] + words, environment: environment, folder: folder)
    }

    /// The program's words through a shell, for standard streams.
    private static func pipe(_ script: String, in folder: TemporaryFolder) async throws -> Program.Run {
        try await Program.run(["bash", "-euc", "g=\"$1\"; \(script)", "bash", Executable.path], folder: folder.path)
    }

    private static func judge(_ run: Program.Run, by schema: String) async throws {
        let folder = try TemporaryFolder("schema")
        try folder.write(run.output, to: "document")
        let verdict = try await Program.run([
            PackageFolder.path(".venv/bin/python"), "-B", PackageFolder.path("Tests/Servers/schema.py"),
            PackageFolder.path("docs/\(schema).schema.json"), folder.path("document"),
        ])
        #expect(verdict.status == 0, "\(verdict.errors)\n\(run)")
    }

    /// A folder with copies of some of the pictures.
    private static func folder(_ names: [String]) async throws -> TemporaryFolder {
        let folder = try TemporaryFolder("image")
        let set = try await PictureSet.shared.value
        for name in names { try folder.write(try set.bytes(name), to: name) }
        return folder
    }

    @Test(
        .enabled(if: !PictureLibrary.isBuilt, "built with the trait Pictures"),
        arguments: [
            ["image", "info", "a.jpg"], ["image", "validate", "a.jpg"], ["image", "convert", "a.jpg", "b.png"],
            ["image", "resize", "--width", "3", "a.jpg", "b.png"], ["image", "thumbnail", "a.jpg", "b.png"],
        ])
    func withoutTheTraitTheCommandsSayWhatIsMissing(_ words: [String]) async throws {
        let run = try await Self.run(words)
        #expect(run.status == 5 && run.errors.contains("built without libvips") && run.errors.contains("libvips-dev"), "\(run)")
    }

    @Test func base64() async throws {
        let folder = try TemporaryFolder("base64")
        let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 * 7) }
        try folder.write([0x89] + Array("PNG\r\n\u{1A}\n".utf8) + bytes, to: "a.png")
        let run = try await Self.pipe(
            """
            "$g" base64 a.png >one; base64 -w0 a.png >two; echo >>two; cmp one two
            "$g" base64 <a.png >three; cmp one three
            "$g" base64 --decode one four; cmp a.png four
            fold -w 76 one | "$g" base64 --decode - five; cmp a.png five
            "$g" base64 --data-uri a.png uri; head -c 22 uri; echo
            "$g" base64 --decode uri | cmp - a.png
            """, in: folder)
        #expect(run.status == 0 && run.output == "data:image/png;base64,\n", "\(run)")
        for (words, text, status) in [
            (["--decode", "broken", "out"], "no base64", Int32(1)), (["a.png", "one"], "is there already", 1),
            (["a.png", "./a.png"], "never written", 64),
            (["--decode", "--data-uri", "a.png"], "exclude", 64), (["missing"], "missing", 1), (["--decode", "plain"], "not of base64", 1),
        ] {
            try folder.write("QUJD!", to: "broken")
            try folder.write("data:text/plain,abc", to: "plain")
            let run = try await Self.run(["base64"] + words, folder: folder.path)
            #expect(run.status == status && run.errors.contains(text), "\(run)")
        }
        #expect(!FileManager.default.fileExists(atPath: folder.path("out")))
    }
}

extension ImageCommandTests {
    @Suite(.enabled(if: PictureLibrary.isBuilt, "built without the trait Pictures")) struct WithLibrary {
        /// A libvips that cannot be loaded is not there.
        @Test(arguments: [["info", "a.jpg"], ["validate", "a.jpg"], ["convert", "a.jpg", "b.png"], ["thumbnail", "a.jpg", "b.png"]])
        func withoutTheLibraryTheCommandsSayWhatIsMissing(_ words: [String]) async throws {
            let folder = try TemporaryFolder("image")
            try folder.write("no library", to: "libvips.so.42")
            let run = try await ImageCommandTests.run(["image"] + words, environment: ["LD_LIBRARY_PATH": folder.path])
            #expect(run.status == 5 && run.errors.contains("pictures need libvips") && run.errors.contains("libvips42"), "\(run)")
            // What needs no picture needs no libvips.
            #expect(try await ImageCommandTests.run(["--version"], environment: ["LD_LIBRARY_PATH": folder.path]).status == 0)
        }

        @Test func info() async throws {
            let folder = try await ImageCommandTests.folder(["told.jpg", "moving.gif", "profile.png", "text.jpg"])
            let text = try await ImageCommandTests.run(["image", "info", "told.jpg", "moving.gif"], folder: folder.path)
            #expect(text.status == 0, "\(text)")
            for words in [
                "told.jpg\n  picture      640 × 480 pixels, JPEG, RGB\n", "orientation  6: upright 480 × 640",
                "taken        2024:06:15 10:30:45 +02:00",
                "frames       4",
            ] { #expect(text.output.contains(words), "\(text)") }
            let json = try await ImageCommandTests.run(
                ["image", "info", "--format", "json", "told.jpg", "text.jpg", "missing.jpg", "profile.png"], folder: folder.path)
            #expect(json.status == 1, "\(json)")
            #expect(json.errors.contains("text.jpg: it is no picture") && json.errors.contains("missing.jpg: "), "\(json)")
            try await ImageCommandTests.judge(json, by: "image-info")
            for words in [
                "\"width\" : 640", "\"height\" : 480", "\"format\" : \"JPEG\"", "\"mode\" : \"RGB\"", "\"orientation\" : 6",
                "\"capture_time\" : \"2024:06:15 10:30:45\"", "\"size_bytes\" : ", "\"size_kb\" : ", "\"size_mb\" : 0.05", "\"icc\" : {",
            ] { #expect(json.output.contains(words), "\(words)\n\(json)") }
        }

        @Test func validate() async throws {
            let folder = try await ImageCommandTests.folder(["colours.jpg", "cut.jpg", "damaged.png", "bomb.png", "moving.webp"])
            let whole = try await ImageCommandTests.run(["image", "validate", "colours.jpg", "moving.webp"], folder: folder.path)
            #expect(whole.status == 0 && whole.output == "colours.jpg: whole\nmoving.webp: whole\n", "\(whole)")
            let mixed = try await ImageCommandTests.run(
                ["image", "validate", "cut.jpg", "colours.jpg", "damaged.png", "bomb.png"], folder: folder.path)
            #expect(mixed.status == 1 && mixed.output == "colours.jpg: whole\n", "\(mixed)")
            for words in ["cut.jpg: it is damaged: Premature end", "damaged.png: it is damaged", "bomb.png: its 60000 × 60000 pixels"] {
                #expect(mixed.errors.contains(words), "\(mixed)")
            }
            let json = try await ImageCommandTests.run(
                ["image", "validate", "--format", "json", "cut.jpg", "colours.jpg"], folder: folder.path)
            #expect(json.status == 1 && json.output.contains("\"valid\" : false"), "\(json)")
            try await ImageCommandTests.judge(json, by: "image-validate")
        }

        @Test func originalsAreNeverWrittenTo() async throws {
            let folder = try await ImageCommandTests.folder(["colours.jpg", "colours.png", "grey.jpg"])
            let before = try Data(contentsOf: URL(filePath: folder.path("colours.jpg")))
            try FileManager.default.createSymbolicLink(atPath: folder.path("link.jpg"), withDestinationPath: "colours.jpg")
            try FileManager.default.linkItem(atPath: folder.path("colours.jpg"), toPath: folder.path("twin.jpg"))
            for words in [
                ["colours.jpg", "colours.jpg"], ["colours.jpg", "./colours.jpg"], ["colours.jpg", "link.jpg"], ["link.jpg", "colours.jpg"],
                ["colours.jpg", "twin.jpg"], ["colours.jpg", "grey.jpg", "."], ["colours.jpg", "."],
            ] {
                let run = try await ImageCommandTests.run(["image", "convert", "--overwrite"] + words, folder: folder.path)
                #expect(run.status == 64 && run.errors.contains("originals are never written to"), "\(run)")
            }
            let both = try await ImageCommandTests.run(
                ["image", "convert", "--as", "webp", "colours.jpg", "colours.png", "made/"], folder: folder.path)
            #expect(both.status == 64 && both.errors.contains("would both become made/colours.webp"), "\(both)")
            let there = try await ImageCommandTests.run(["image", "convert", "colours.png", "grey.jpg"], folder: folder.path)
            #expect(there.status == 1 && there.errors.contains("grey.jpg is there already and was left as it is"), "\(there)")
            let replaced = try await ImageCommandTests.run(
                ["image", "convert", "--overwrite", "colours.png", "grey.jpg"], folder: folder.path)
            #expect(replaced.status == 0, "\(replaced)")
            #expect(try Data(contentsOf: URL(filePath: folder.path("colours.jpg"))) == before)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).allSatisfy { !$0.contains(".galleria-") })
        }

        @Test func manyIntoAFolder() async throws {
            let folder = try await ImageCommandTests.folder(["colours.jpg", "alpha.png", "cut.jpg", "moving.gif", "turned6.jpg"])
            try FileManager.default.createDirectory(atPath: folder.path("made"), withIntermediateDirectories: false)
            let words = ["image", "thumbnail", "--size", "100", "colours.jpg", "alpha.png", "cut.jpg", "moving.gif", "turned6.jpg", "made"]
            let dry = try await ImageCommandTests.run(words + ["-n", "--format", "json"], folder: folder.path)
            #expect(dry.status == 0 && dry.output.contains("\"dry_run\" : true"), "\(dry)")
            try await ImageCommandTests.judge(dry, by: "image-made")
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("made")).isEmpty)
            let run = try await ImageCommandTests.run(words + ["--format", "json"], folder: folder.path)
            #expect(run.status == 1 && run.errors.contains("cut.jpg: it is damaged"), "\(run)")
            try await ImageCommandTests.judge(run, by: "image-made")
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: folder.path("made")).sorted() == [
                    "alpha.png", "colours.jpg", "moving.jpg", "turned6.jpg",
                ])
            let facts = try await PictureSet.facts([folder.path("made/turned6.jpg"), folder.path("made/colours.jpg")])
            #expect(facts.map(\.width) == [75, 100] && facts.map(\.height) == [100, 75], "\(facts)")
        }

        @Test func standardStreams() async throws {
            let folder = try await ImageCommandTests.folder(["told.jpg"])
            let run = try await ImageCommandTests.pipe(
                """
                "$g" image resize --max-size 300x200 - - <told.jpg >one.jpg
                "$g" image resize --max-size 300x200 told.jpg two.jpg
                cmp one.jpg two.jpg
                "$g" image convert --as webp --quality 60 --metadata none - - <told.jpg | "$g" image info -
                """, in: folder)
            #expect(run.status == 0 && run.output.contains("-\n  picture      480 × 640 pixels, WEBP, RGB"), "\(run)")
            let facts = try #require(try await PictureSet.facts([folder.path("one.jpg")]).first)
            #expect(facts.width == 150 && facts.height == 200 && facts.gps == true && facts.taken != nil, "\(facts)")
        }

        @Test(arguments: [
            (["convert", "a.jpg"], "say what to read and where to write"), (["convert", "a.jpg", "b.gif"], "--as"),
            (["convert", "a.jpg", "b.jpg", "c.jpg"], "need a folder"), (["resize", "a.jpg", "b.jpg"], "say how large"),
            (["resize", "--width", "0", "a.jpg", "b.jpg"], "1 to 100000"),
            (["resize", "--fill", "--width", "9", "a.jpg", "b.jpg"], "--fill needs"),
            (["resize", "--max-size", "9", "--width", "9", "a.jpg", "b.jpg"], "exclude"),
            (["thumbnail", "--size", "large", "a.jpg", "b.jpg"], "256x256"), (["convert", "--quality", "0", "a.jpg", "b.jpg"], "1 to 100"),
            (["convert", "--background", "blue", "a.jpg", "b.jpg"], "--background"),
            (["convert", "--metadata", "gps", "a.jpg", "b.jpg"], "--metadata"),
            (["convert", "--format", "json", "--as", "png", "a.jpg", "-"], "exclude"), (["convert", "-", "made/"], "no name"),
            (["info", "s3:///x"], "bucket"),
        ])
        func wrongUsage(_ words: [String], _ said: String) async throws {
            let run = try await ImageCommandTests.run(["image"] + words)
            #expect(run.status == 64 && run.errors.contains(said), "\(run)")
        }

        /// The memory of a picture that is decoded row by row is not that of its pixels, and a bomb costs nothing.
        @Test func memoryIsBounded() async throws {
            let set = try await PictureSet.shared.value
            let folder = try TemporaryFolder("image")
            // 150 million pixels, 450 MB as RGB.
            for (name, status) in [("black.png", Int32(0)), ("bomb.png", 1), ("interlaced-bomb.png", 1)] {
                let run = try await Program.run(
                    [Executable.path, "image", "thumbnail", set.path(name), folder.path("\(name).jpg")], measured: true)
                #expect(run.status == status, "\(run)")
                #expect(try #require(run.cost).peakMiB < 200, "\(name) \(run.cost.debugDescription)")
            }
        }

        @Test func objects() async throws {
            let site = try await Site(.files(["told.jpg": "x"]), on: .radosgw)
            let set = try await PictureSet.shared.value
            try await site.bucket.put("photos/told.jpg", bytes: set.bytes("told.jpg"), contentType: "image/jpeg")
            let bucket = "s3://\(site.bucket.name)"
            let info = try await site.run(["image", "info", "--format", "json", "\(bucket)/photos/told.jpg"])
            #expect(info.status == 0 && info.output.contains("\"orientation\" : 6"), "\(info)")
            let made = try await site.run(["image", "thumbnail", "--as", "webp", "\(bucket)/photos/told.jpg", "\(bucket)/thumbs/"])
            #expect(made.status == 0 && made.output.contains("\(bucket)/thumbs/told.webp  192 × 256"), "\(made)")
            let object = try #require(try await site.bucket.snapshot().first { $0.keyText == "thumbs/told.webp" })
            #expect(object.contentType == "image/webp" && object.metadata?["sha256"] == object.sha256, "\(object)")
            let again = try await site.run(["image", "thumbnail", "--as", "webp", "\(bucket)/photos/told.jpg", "\(bucket)/thumbs/"])
            #expect(again.status == 1 && again.errors.contains("is there already"), "\(again)")
            let here = try await site.run(["image", "convert", "\(bucket)/thumbs/told.webp", site.folder.path("here.png")])
            #expect(here.status == 0, "\(here)")
            let facts = try #require(try await PictureSet.facts([site.folder.path("here.png")]).first)
            #expect(facts.width == 192 && facts.height == 256, "\(facts)")
            let itself = try await site.run([
                "image", "convert", "--overwrite", "\(bucket)/photos/told.jpg", "\(bucket)/photos/told.jpg",
            ])
            #expect(itself.status == 64 && itself.errors.contains("originals are never written to"), "\(itself)")
            let missing = try await site.run(["image", "validate", "\(bucket)/missing.jpg", "\(bucket)/photos/told.jpg"])
            #expect(
                missing.status == 6 && missing.errors.contains("missing.jpg") && missing.output.contains("told.jpg: whole"), "\(missing)")
            let text = try await site.run(["base64", "--data-uri", "\(bucket)/photos/told.jpg"])
            #expect(text.status == 0 && text.output.hasPrefix("data:image/jpeg;base64,/9j/"), "\(text.errors)")
        }
    }
}
