import Foundation
import Glibc
import TestSupport
import Testing

/// `--report`: read in a real browser, compared with the bucket as another client sees it.
@Suite struct ReportPageTests {
    private static let hostile = "<img src=x onerror=alert(1)>\"'&.txt"

    /// The fixtures with names and a camera that are markup.
    private static func site() async throws -> Site {
        let site = try await Site(.fixtures, on: .ministack)
        try site.folder.write("text", to: "gallery/\(hostile)")
        let photo = site.source + "/photos/IMG_0413.jpg"
        let run = try await Program.run(["exiftool", "-q", "-m", "-overwrite_original", "-Model=<script>alert(2)</script>", photo])
        #expect(run.status == 0, "\(run)")
        return site
    }

    @Test func aBrowserShowsWhatTheBucketHolds() async throws {
        let site = try await Self.site()
        let run = try await site.deploy(["--report", "r.html", "--clock-shift", "-4h", "--time-zone", "Europe/Stockholm"])
        #expect(run.status == 0, "\(run)")
        let photos = try await CaptureTime.read(below: site.source)
        let thumbnails = try await Program.run(
            ["exiftool", "-r", "-q", "-q", "-ext", "jpg", "-if", "$ThumbnailImage", "-p", "$FileName", site.source])
        let back = try await site.readBack()
        let deployed = try await CaptureTime.read(below: back.path)
        let keys = try await site.bucket.keys()
        let browser = try await Browser()
        var backgrounds: Set<String> = []
        for (width, dark) in [(1200, false), (375, false), (375, true)] {
            let page = try await browser.read(site.folder.path("r.html"), width: width, dark: dark)
            #expect(page.console.isEmpty && page.foreign.isEmpty && page.scripts == 0, "\(page.console) \(page.foreign)")
            #expect(page.overflow == 0 && (page.width == width || width > 600), "\(width): \(page.overflow), \(page.width)")
            #expect(page.counts["uploaded"] == keys.count && page.counts["failed"] == 0, "\(page.counts)")
            #expect(page.counts["corrected"] == photos.count { deployed[$0.key] != $0.value }, "\(page.counts)")
            #expect(page.images == thumbnails.output.split(separator: "\n").count && page.images > 0 && page.broken == 0, "\(thumbnails)")
            // Everything that was deployed has its name there once, and names stay text.
            for path in keys { #expect(page.names.count { $0 == path } == 1, "\(path)") }
            #expect(page.names.contains { $0.contains("<script>alert(2)</script>") }, "\(page.names)")
            for (path, time) in deployed {
                guard let text = time.time, let offset = time.offset else { continue }
                let day = text.prefix(10).replacing(":", with: "-")
                #expect(page.text.contains("\(day)\(text.dropFirst(10)) \(offset)"), "\(path)")
            }
            #expect(page.text.contains("−4 h") && page.strokes >= 3)
            backgrounds.insert(page.background)
        }
        #expect(backgrounds.count == 2)
    }

    /// Every photo is in the figure, whatever the local state knows; a run without changes says so.
    @Test func aSecondRunShowsAllPhotosAgain() async throws {
        let site = try await Self.site()
        #expect(try await site.deploy(["--clock-shift", "-4h"]).status == 0)
        let run = try await site.deploy(["--clock-shift", "-4h", "--report", "r.html"])
        #expect(run.status == 0 && run.output.contains("uploaded        0 files"), "\(run)")
        let page = try await Browser().read(site.folder.path("r.html"), width: 375)
        let objects = try await site.bucket.keys().count
        #expect(page.counts["uploaded"] == 0 && page.counts["unchanged"] == objects, "\(page.counts)")
        #expect(page.text.contains("Nothing had to be changed.") && page.text.contains("Unchanged photos"), "\(page.text)")
        for path in try await CaptureTime.read(below: site.source).keys { #expect(page.names.contains(path), "\(path)") }
    }

    @Test func failuresHaveTheirCauses() async throws {
        let site = try await Self.site()
        try site.folder.write("", to: "gallery/photos/<b>empty</b>.jpg")
        try await site.bucket.put("old.txt", "old")
        let dry = try await site.deploy(["-n", "--delete", "--adopt", "--report", "dry.html"])
        #expect(dry.status == 1, "\(dry)")
        let run = try await site.deploy(["--delete", "--adopt", "--report", "r.html"])
        #expect(run.status == 1, "\(run)")
        let browser = try await Browser()
        let page = try await browser.read(site.folder.path("r.html"), width: 375)
        // One of them is the one that is still to be deleted.
        let objects = try await site.bucket.keys().count - 1
        #expect(page.counts["failed"] == 1 && page.counts["uploaded"] == objects, "\(page.counts)")
        #expect(page.text.contains("with failures") && page.names.contains("photos/<b>empty</b>.jpg") && page.overflow == 0, "\(page.text)")
        #expect(page.text.contains("is named like an image but is empty") && page.text.contains("1 deletion skipped"), "\(page.text)")
        let planned = try await browser.read(site.folder.path("dry.html"), width: 375)
        #expect(planned.counts["uploaded"] == page.counts["uploaded"] && planned.counts["deleted"] == 1, "\(planned.counts)")
        #expect(planned.text.contains("old.txt") && planned.text.contains("Photos that would change"), "\(planned.text)")
    }

    @Test func aRunThatFailsHasItsPageAllTheSame() async throws {
        let site = try await Site(.files(["a.txt": "a", "b.txt": "b"]), on: .ministack)
        func page() throws -> String { try String(contentsOfFile: site.folder.path("r.html"), encoding: .utf8) }
        let missing = try await site.run([
            site.source, "s3://no-such-bucket-\(site.bucket.name.suffix(8))", "--no-cors-check", "--report", "r.html",
        ])
        #expect(missing.status == 6, "\(missing)")
        #expect(try page().contains("role=\"alert\">cannot list s3://no-such-bucket") && page().contains("not deployed"))
        #expect(try await site.deploy().status == 0)
        try site.folder.write("other", to: "gallery/a.txt")
        #expect(try await site.deploy(["--max-overwrite", "0", "--report", "r.html"]).status == 4)
        #expect(try page().contains("role=\"alert\">refused") && page().hasSuffix("</html>\n"))

        var held = site
        let proxy = try await FaultProxy(before: site.place)
        held.place = proxy.place
        try await proxy.script(FaultProxy.Rule("stall-request", on: "PutObject", times: -1))
        let running = try held.startDeploy(["--report", "r.html"])
        #expect(try await proxy.held() == 1)
        running.send(SIGINT)
        #expect(try await running.finish().status == 130)
        #expect(try page().contains(">interrupted<") && page().contains("1 action left undone"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: site.folder.path).filter { $0.contains("r.html") } == ["r.html"])
    }

    @Test func whereItMayLie() async throws {
        let site = try await Site(.files(["a.txt": "a"]), on: .ministack)
        for path in ["gallery/r.html", "gallery/.r.html"] {
            let run = try await site.deploy(["--report", path])
            #expect(run.status == 64 && run.errors.contains("--report") && run.errors.contains("lies in SOURCE"), "\(run)")
        }
        #expect(try await site.bucket.keys().isEmpty)
        let nowhere = try await site.deploy(["--report", "nowhere/r.html"])
        #expect(nowhere.status == 0 && nowhere.errors.contains("warning: the report nowhere/r.html cannot be written"), "\(nowhere)")
        // The hook finds the page of its own run.
        let hook = try await site.deploy(["--report", "r.html", "--on-success", "grep -c '<title>' \"$GALLERIA_RUN_REPORT\" >&2"])
        #expect(hook.status == 0 && hook.errors == "1\n", "\(hook)")
    }
}
