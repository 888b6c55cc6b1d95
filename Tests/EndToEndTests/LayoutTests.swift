import Foundation
import TestSupport
import Testing

/// Files under keys that a layout gives them, on real servers.
@Suite struct LayoutTests {
    private static let preset = ["--set", "user=ada", "--set", "type=bag", "--set", "item=0123456789ab"]

    /// Each layout of the replaced programs: keys of its form, and a second run that sends nothing, with the state, after losing it, and without one.
    @Test(arguments: [
        (
            S3Server.radosgw, ["training-data"] + preset,
            #"ada/custom_bag/training_data/0123456789ab/bag_01234567_td_\d{8}_\d{6}_0[0-2]\.jpg"#
        ),
        (.ministack, ["events", "--set", "event=gala"], #"events/gala/media/\d{4}/\d\d/\d\d/\d{6}_\d{6}\.jpg"#),
        (
            .radosgw, ["products", "--set", "kind=in", "--set", "category=chairs", "--set", "slug=oak"],
            #"products/in/chairs/oak/[abc]\.jpg"#
        ),
        (.rclone, ["backgrounds", "--set", "kind=solid"], #"backgrounds/solid/[abc]\.jpg"#),
        (
            .ministack, ["composites", "--set", "campaign=x", "--set", "product=oak", "--set", "ratio=16x9"],
            #"composites/x/oak/16x9/[abc]\.jpg"#
        ),
        (.radosgw, ["product", "--set", "product=oak"], #"oak/[abc]\.jpg"#),
        (.ministack, ["{sha256:16}.{ext}"], #"[0-9a-f]{16}\.jpg"#),
        (.radosgw, ["{index:03}-{name}"], #"000-[abc]\.jpg"#),
    ]) func aSecondRunSendsNothing(row: (server: S3Server, layout: [String], pattern: String)) async throws {
        var site = try await Site(.files(["a.jpg": "one", "b.jpg": "two", "c.jpg": "three"]), on: row.server)
        // The state belongs to an endpoint.
        let recorder = try await Recorder(before: site.place)
        site.place = recorder.place
        let layout = ["--layout"] + row.layout
        let first = try await site.deploy(layout)
        #expect(first.status == 0 && first.output.contains("uploaded        3 files"), "\(first)")
        let keys = try await site.bucket.keys().sorted()
        let pattern = try Regex(row.pattern)
        #expect(keys.count == 3 && keys.allSatisfy { $0.wholeMatch(of: pattern) != nil }, "\(keys)")

        _ = try await recorder.log()
        let again = try await site.deploy(layout)
        #expect(again.status == 0 && again.output.contains("skipped         3 unchanged"), "\(again)")
        #expect(Set(try await recorder.log().map(\.operation)) == ["ListObjectsV2"])
        for options in [["--no-state"], ["--state", site.folder.path("other.state")], ["--no-state", "--dry-run", "--exit-code"]] {
            let run = try await site.deploy(layout + options)
            #expect(run.status == 0, "\(run)")
            #expect(try await recorder.log().allSatisfy { ["ListObjectsV2", "HeadObject"].contains($0.operation) })
        }
        #expect(try await site.run(["verify", site.source, "s3://\(site.bucket.name)"] + layout).status == 0)
        #expect(try await site.bucket.keys().sorted() == keys)
    }

    /// What a file was given once it keeps, whatever comes and goes; and what a lost file had nobody else gets.
    @Test func numbersAndTimesAreFrozen() async throws {
        let site = try await Site(.files(["b.txt": "b", "c.txt": "c"]), on: .radosgw)
        let layout = ["--layout", "{index:02}.{ext}"]
        #expect(try await site.deploy(layout).status == 0)
        try site.folder.write("a", to: "gallery/a.txt")
        #expect(try await site.deploy(layout).status == 0)
        #expect(try await site.bucket.body("00.txt") == [UInt8]("b".utf8))
        #expect(try await site.bucket.body("01.txt") == [UInt8]("c".utf8))
        #expect(try await site.bucket.body("02.txt") == [UInt8]("a".utf8))

        // Other content under the same name, a file that goes, and a new one, on a machine that knows nothing.
        try site.folder.write("other b", to: "gallery/b.txt")
        try FileManager.default.removeItem(atPath: site.folder.path("gallery/c.txt"))
        try site.folder.write("d", to: "gallery/d.txt")
        let run = try await site.deploy(layout + ["--no-state", "--delete"])
        #expect(run.status == 0, "\(run)")
        #expect(try await site.bucket.keys().sorted() == ["00.txt", "02.txt", "03.txt"])
        #expect(try await site.bucket.body("00.txt") == [UInt8]("other b".utf8))
        #expect(try await site.bucket.body("03.txt") == [UInt8]("d".utf8))
    }

    /// The capture time in the key is the corrected one.
    @Test func photosAreNamedByTheirCorrectedTimes() async throws {
        let site = try await Site(.fixtures, on: .ministack)
        let options = ["--exclude", "/*", "--include", "/photos/", "--layout", "{taken:yyyy-MM-dd_HHmm|undated}/{name}"]
        #expect(try await site.deploy(options).status == 0)
        let plain = try await site.bucket.keys()
        let before = try #require(plain.first { $0.hasSuffix("/Arrival by ferry.jpg") })

        let shifted = try await site.deploy(options + ["--clock-shift", "-24h", "--delete", "--max-delete", "100%"])
        #expect(shifted.status == 0, "\(shifted)")
        let after = try #require(try await site.bucket.keys().first { $0.hasSuffix("/Arrival by ferry.jpg") })
        let day = { (key: String) in Int(key.split(separator: "_")[0].suffix(2)) }
        #expect(day(before).map { $0 - 1 } == day(after), "\(before) \(after)")
        let nothing = try await site.deploy(options + ["--clock-shift", "-24h", "--delete"])
        #expect(nothing.status == 0 && nothing.output.contains("uploaded        0 files"), "\(nothing)")
    }

    /// What a file is its own name says: a photo is corrected, a page is a page, under whatever key.
    @Test func keysDoNotDecideWhatFilesAre() async throws {
        let site = try await Site(.fixtures, on: .ministack)
        let shift = ["--clock-shift", "-4h"]
        #expect(try await site.deploy(shift, prefix: "plain").status == 0)
        let run = try await site.deploy(shift + ["--layout", "{dir}/{stem}", "--no-copy", "--exclude", "gallery.json"], prefix: "named")
        #expect(run.status == 0, "\(run)")
        #expect(try await site.bucket.body("named/photos/Moonrise") == site.bucket.body("plain/photos/Moonrise.jpg"))
        #expect(try await site.bucket.object("named/index").contentType == "text/html; charset=utf-8")
        let again = try await site.deploy(shift + ["--layout", "{dir}/{stem}", "--exclude", "gallery.json"], prefix: "named")
        #expect(again.status == 0 && again.output.contains("uploaded        0 files"), "\(again)")
    }

    @Test func aFileWithoutAKeyFailsAlone() async throws {
        let site = try await Site(.files(["a.txt": "a", "none": "b"]), on: .ministack)
        try await site.bucket.put("x/old.txt", "old")
        let run = try await site.deploy(["--layout", "x/{stem:4}.{ext}", "--layout-from", "{stem}.txt", "--delete", "--adopt"])
        #expect(run.status == 1 && run.errors.contains("none: has no key: its path is not what layout-from describes"), "\(run)")
        #expect(try await site.bucket.keys().sorted() == ["x/a.txt", "x/old.txt"])
    }

    @Test func filesWithOneKeyAreRefusedAndBothNamed() async throws {
        let site = try await Site(.files(["a/x.txt": "1", "b/x.txt": "2"]), on: .ministack)
        let run = try await site.deploy(["--layout", "all/{name}"])
        #expect(run.status == 4 && run.errors.contains("two files would have the same key: a/x.txt and b/x.txt → all/x.txt"), "\(run)")
        #expect(try await site.bucket.keys().isEmpty)
    }

    /// Deleting looks only at keys that the layout could have made, and at no file's that is left out.
    @Test func deletesOnlyWhatTheLayoutCouldHaveMade() async throws {
        let site = try await Site(.files(["a/x.txt": "1", "a/y.txt": "2", "a/z.bin": "3"]), on: .radosgw)
        let layout = ["--layout", "p/{dir}/{stem}-1.{ext}"]
        #expect(try await site.deploy(layout).status == 0)
        for key in ["p/a/foreign.txt", "q/other.txt"] { try await site.bucket.put(key, "foreign") }
        try FileManager.default.removeItem(atPath: site.folder.path("gallery/a/y.txt"))
        let run = try await site.deploy(layout + ["--delete", "--exclude", "*.bin"])
        #expect(run.status == 0, "\(run)")
        #expect(try await site.bucket.keys().sorted() == ["p/a/foreign.txt", "p/a/x-1.txt", "p/a/z-1.bin", "q/other.txt"])

        // Numbers do not tell whose they are: with a filter at work, nothing of the layout goes.
        let numbered = ["--layout", "n/{index}.{ext}"]
        #expect(try await site.deploy(numbered).status == 0)
        #expect(try await site.deploy(numbered + ["--delete", "--exclude", "*.bin"]).status == 0)
        #expect(try await site.bucket.keys().filter { $0.hasPrefix("n/") }.count == 2)
    }

    @Test func pathsTellTheLayoutsOwnVariables() async throws {
        let site = try await Site(.files(["ada/bag-77/1.jpg": "1", "bob/hat-99/1.jpg": "2"]), on: .ministack)
        try site.folder.write(
            """
            cors: off
            endpoint-url: \(site.place.endpoint)
            source: gallery
            destination: s3://\(site.bucket.name)
            layout: "{user}/custom_{type}/{item}/{id8}_{name}"
            layout-from: "{user}/{type}-{item}/{name}"
            """, to: "galleria-deploy.yml")
        let run = try await site.run([])
        #expect(run.status == 0, "\(run)")
        #expect(try await site.bucket.keys().sorted() == ["ada/custom_bag/77/77_1.jpg", "bob/custom_hat/99/99_1.jpg"])
        let explained = try await site.run(["layout", "explain", "--format", "json", "ada/custom_bag/77/77_1.jpg", "x"])
        #expect(explained.status == 1 && explained.output.contains(#""value" : "bag""#), "\(explained)")
    }

    @Test(arguments: [
        ("csv", "path,key,metadata:alt,tag:shop\nmissing.txt,x,,\na.txt,shop/1.txt,Oak,s1\nb.txt,,Elm,\n"),
        (
            "json",
            #"{"a.txt": {"key": "shop/1.txt", "metadata": {"alt": "Oak"}, "tags": {"shop": "s1"}}, "b.txt": {"metadata": {"alt": "Elm"}}}"#
        ),
        ("yml", "- path: a.txt\n  key: shop/1.txt\n  metadata: {alt: Oak}\n  tags: {shop: s1}\n- {path: b.txt, metadata: {alt: Elm}}\n"),
    ]) func aMapNamesFiles(row: (kind: String, text: String)) async throws {
        let site = try await Site(.files(["a.txt": "a", "b.txt": "b", "c.txt": "c"]), on: .ministack)
        try site.folder.write(row.text, to: "map.\(row.kind)")
        if row.kind == "csv" {
            let run = try await site.deploy(["--map", site.folder.path("map.csv"), "--dry-run"])
            #expect(run.errors.contains("the map names a file that the source does not have: missing.txt"), "\(run)")
        }
        let options = ["--map", site.folder.path("map.\(row.kind)"), "--layout", "rest/{name}"]
        #expect(try await site.deploy(options).status == 0)
        #expect(try await site.bucket.keys().sorted() == ["rest/b.txt", "rest/c.txt", "shop/1.txt"])
        #expect(try await site.bucket.object("shop/1.txt").metadata?["alt"] == "Oak")
        #expect(try await site.bucket.tags("shop/1.txt") == ["shop": "s1"])
        #expect(try await site.bucket.object("rest/b.txt").metadata?["alt"] == "Elm")
        let again = try await site.deploy(options)
        #expect(again.status == 0 && again.output.contains("skipped         3 unchanged"), "\(again)")
    }

    @Test(arguments: [
        (["--layout", "{nope}/{name}"], Int32(5), "{nope} is nothing that a file has"),
        (["--layout", "../{name}"], 5, "makes no good keys"),
        (["--set", "user=x"], 5, "goes with `layout`"),
        (["--layout", "{user}/{name}", "--set", "user=../x"], 5, "cannot be part of a key"),
        (["--layout", "{index}/{name}", "--shard", "1/2"], 64, "--shard and a layout"),
        (["--map", "missing.csv"], 5, "the map of keys cannot be read"),
    ]) func whatCannotBeIsSaidBeforeAnythingIsSent(row: (options: [String], status: Int32, message: String)) async throws {
        let site = try await Site(.files(["a.txt": "a"]), on: .ministack)
        let run = try await site.deploy(row.options)
        #expect(run.status == row.status && run.errors.contains(row.message), "\(run)")
        #expect(try await site.bucket.keys().isEmpty)
    }

    @Test func commandsTellOfLayouts() async throws {
        let site = try await Site(.files(["d/a.TXT": "a"]), on: .ministack)
        let list = try await site.run(["layout", "list"])
        #expect(list.status == 0 && list.output.contains("training-data") && list.output.contains("{taken:FORMAT}"), "\(list)")
        #expect(try await site.run(["layout", "list", "--format", "json"]).output.contains(#""name" : "events""#))
        let shown = try await site.run([
            "layout", "show", "--layout", "x/{dir}/{stem}.{ext:lower}", "\(site.folder.path("gallery"))/d/a.TXT",
        ])
        #expect(shown.status == 1 || shown.output.hasSuffix("→ x/gallery/d/a.txt\n"), "\(shown)")
        let explained = try await site.run(["layout", "explain", "--layout", "x/{dir}/{name}", "x/d/a.txt"])
        #expect(explained.status == 0 && explained.output.contains("file  d/a.txt"), "\(explained)")
        #expect(try await site.run(["layout", "explain", "x"]).status == 64)
    }
}
