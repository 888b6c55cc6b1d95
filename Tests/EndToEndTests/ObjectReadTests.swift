import Foundation
import FoundationNetworking
import Glibc
import TestSupport
import Testing

/// `ls`, `stat`, `exists`, `cat`, `get`, `url` and `hash`, of objects that another client put.
@Suite struct ObjectReadTests {
    private static let files: [(key: String, body: String, type: String)] = [
        ("g/a b.jpg", "jpeg", "image/jpeg"), ("g/empty", "", "text/plain"), ("g/index.html", "<html>", "text/html"),
        ("g/thumbs/1.png", "one", "image/png"), ("g/thumbs/Cover.webp", "cover", "image/webp"), ("other.txt", "o", "text/plain"),
    ]

    static func site(on server: S3Server = .radosgw) async throws -> Site {
        let site = try await Site(.files(["x": "x"]), on: server)
        for file in files { try await site.bucket.put(file.key, file.body, metadata: ["who": "me"], contentType: file.type) }
        return site
    }

    private func lines(_ run: Program.Run) -> [String] { run.output.split(separator: "\n").map(String.init) }

    @Test(arguments: ["radosgw", "ministack", "rclone"]) func listingCollapsesFoldersUnlessTold(_ server: String) async throws {
        let site = try await Self.site(on: server == "radosgw" ? .radosgw : server == "ministack" ? .ministack : .rclone)
        let place = "s3://\(site.bucket.name)"
        #expect(lines(try await site.run(["ls", place])) == ["g/", "other.txt"])
        #expect(lines(try await site.run(["ls", place + "/g/"])) == ["g/a b.jpg", "g/empty", "g/index.html", "g/thumbs/"])
        #expect(lines(try await site.run(["ls", "-r", place])) == Self.files.map(\.key))
        #expect(lines(try await site.run(["ls", "-r", place, "--max", "2"])) == ["g/a b.jpg", "g/empty"])
        #expect(
            lines(try await site.run(["ls", "-r", place, "--type", "image/*"]))
                == ["g/a b.jpg", "g/thumbs/1.png", "g/thumbs/Cover.webp"])
        #expect(
            lines(try await site.run(["ls", "-r", place, "--type", ".PNG", "--type", "text/html"])) == ["g/index.html", "g/thumbs/1.png"])
        let long = try await site.run(["ls", "-l", place + "/g/i"])
        #expect(long.status == 0 && long.output.contains(/^ +6  \d{4}-\d\d-\d\dT[0-9:.]+Z +STANDARD +g\/index.html\n$/), "\(long)")
    }

    struct Listed: Decodable {
        struct Entry: Decodable {
            let kind: String, key: String
            let size: Int?, etag: String?, contentType: String?, url: String?, filename: String?, expiresAt: String?
            let isPrimary: Bool?
            let metadata: [String: String]?
        }
        let schema: String, entries: [Entry], count: Int
        let primary: String?
    }

    @Test func machinesGetOneDocumentOrLines() async throws {
        let site = try await Self.site()
        let place = "s3://\(site.bucket.name)/g/"
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let json = try await site.run(["ls", place, "--format", "json", "--metadata"])
        let document = try decoder.decode(Listed.self, from: Data(json.output.utf8))
        #expect(document.schema == "galleria-deploy/ls/1" && document.count == 4 && document.entries.map(\.kind).last == "folder")
        #expect(document.entries[0].contentType == "image/jpeg" && document.entries[0].metadata == ["who": "me"])
        let objects = try await site.bucket.listing()
        #expect(document.entries[0].etag == objects[0].etag && document.entries[0].size == 4)

        let signed = try await site.run(["ls", "-r", place, "--presign", "--format", "json", "--type", "image"])
        let pictures = try decoder.decode(Listed.self, from: Data(signed.output.utf8))
        #expect(pictures.primary == "g/thumbs/Cover.webp")
        #expect(pictures.entries.map(\.isPrimary) == [false, false, true] && pictures.entries[0].filename == "a b.jpg")
        let url = try #require(pictures.entries[0].url.flatMap { URL(string: $0) })
        let (body, answer) = try await URLSession.shared.data(from: url)
        #expect((answer as? HTTPURLResponse)?.statusCode == 200 && body == Data("jpeg".utf8))

        let rows = try await site.run(["ls", "-r", place, "--format", "jsonl"])
        #expect(try lines(rows).map { try decoder.decode(Listed.Entry.self, from: Data($0.utf8)).key } == Self.files.dropLast().map(\.key))
    }

    /// More than a page; the primary image is on the last one.
    @Test func aLongListingIsReadToItsEnd() async throws {
        let site = try await Site(.files([:]), on: .rclone)
        for i in 0..<1005 { try site.folder.write("\(i)", to: "gallery/d/\(10_000 + i).jpg") }
        try site.folder.write("c", to: "gallery/d/cover.jpg")
        #expect(try await site.deploy().status == 0)
        let run = try await site.run(["ls", "s3://\(site.bucket.name)/d/", "--presign", "--format", "json"])
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let document = try decoder.decode(Listed.self, from: Data(run.output.utf8))
        #expect(document.count == 1006 && document.primary == "d/cover.jpg")
        #expect(document.entries.count { $0.isPrimary == true } == 1)
    }

    @Test func anObjectIsDescribed() async throws {
        let site = try await Self.site()
        let bucket = site.bucket.name
        let stat = try await site.run(["stat", "--target", "s3://\(bucket)/g", "index.html", "nothing"])
        #expect(stat.status == 1 && stat.errors.contains("failed: nothing: there is no such object"), "\(stat)")
        for words in ["s3://\(bucket)/g/index.html", "size                  6\n", "text/html", "metadata who          me"] {
            #expect(stat.output.contains(words), "\(words)\n\(stat)")
        }
        #expect(try await site.run(["exists", "s3://\(bucket)/g/empty", "s3://\(bucket)/other.txt"]).status == 0)
        let missing = try await site.run(["exists", "s3://\(bucket)/g/empty", "s3://\(bucket)/g"])
        #expect(missing.status == 1 && missing.output == "exists  g/empty\nmissing g\n", "\(missing)")
        #expect(try await site.run(["stat", "s3://no-such-bucket-\(bucket)/x"]).status != 0)
        #expect(try await site.run(["stat", "s3://\(bucket)"]).status == 64)
        #expect(try await site.run(["stat", "s3://\(bucket)/a", "s3://other-bucket/a"]).status == 64)
    }

    @Test func bytesComeToStandardOutput() async throws {
        let site = try await Self.site()
        let place = "s3://\(site.bucket.name)/g/"
        #expect(try await site.run(["cat", place + "index.html", place + "a b.jpg"]).output == "<html>jpeg")
        for (range, bytes) in [("0-1", "<h"), ("2-", "tml>"), ("-2", "l>"), ("-99", "<html>"), ("4-99", "l>")] {
            #expect(try await site.run(["cat", place + "index.html", "--range", range]).output == bytes)
        }
        #expect(try await site.run(["cat", place + "index.html", "--range", "6-"]).status == 64)
        #expect(try await site.run(["get", place + "index.html", "-o", "-", "--base64"]).output == "PGh0bWw+\n")
        try await site.bucket.put("g/wrong", "wrong", metadata: RealBucket.deployed)
        let wrong = try await site.run(["cat", place + "wrong"])
        #expect(wrong.status == 1 && wrong.errors.contains("damaged"), "\(wrong)")
    }

    @Test func aFileIsProvedAndKept() async throws {
        let site = try await Self.site()
        let place = "s3://\(site.bucket.name)/"
        func get(_ words: [String]) async throws -> Program.Run { try await site.run(["get"] + words) }
        let big = [UInt8]((0..<20_000_000).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 11) })
        try await site.bucket.putInParts("big", big, partSize: 8 << 20)
        let first = try await get([place + "big", "-v", "-o", "new/folder/copy"])
        #expect(first.status == 0 && first.output == "new/folder/copy  (verified by entity tag of its parts)\n", "\(first)")
        #expect(try [UInt8](Data(contentsOf: URL(filePath: site.folder.path("new/folder/copy")))) == big)
        #expect(try await get([place + "big", "-o", "new/folder/copy"]).output == "new/folder/copy  (was there already)\n")
        try site.folder.write("mine", to: "new/folder/copy")
        let kept = try await get([place + "big", "-o", "new/folder/copy"])
        #expect(kept.status == 1 && kept.errors.contains("--overwrite"), "\(kept)")
        #expect(try await get([place + "big", "-o", "new/folder/copy", "--overwrite"]).status == 0)

        try await site.bucket.put("g/wrong", "wrong", metadata: RealBucket.deployed)
        let wrong = try await get([place + "g/wrong", "-o", "wrong"])
        #expect(wrong.status == 1 && wrong.errors.contains("arrived damaged"), "\(wrong)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: site.folder.path("new/folder")) == ["copy"])
        #expect(!FileManager.default.fileExists(atPath: site.folder.path("wrong")))
    }

    /// Killed when two of three pieces are written: the next run asks for the third only, and begins anew where the object is another one by then.
    @Test(arguments: [false, true]) func whatWasCutShortIsGoneOnWith(_ isReplaced: Bool) async throws {
        var site = try await Self.site()
        var body = [UInt8](repeating: 7, count: 20_000_000)
        for i in stride(from: 0, to: body.count, by: 4096) { body[i] = UInt8(truncatingIfNeeded: i >> 12) }
        try await site.bucket.put("big", bytes: body)
        let proxy = try await FaultProxy(before: site.place)
        site.place = proxy.place
        try await proxy.script(.init("stall-response", on: "GetObject", skip: 2, ["at": 500]))
        let words = ["get", "s3://\(site.bucket.name)/big", "-o", "copy", "--jobs", "1"]
        let cut = try site.start(words)
        let folder = site.folder
        try await until {
            let part = try FileManager.default.contentsOfDirectory(atPath: folder.path).first { $0.hasPrefix(".galleria-part-") }
            return try part.map { try FileManager.default.attributesOfItem(atPath: folder.path($0))[.size] as? Int } == 16 << 20
        }
        // The third request stands still by now; before it is there the script must not change.
        #expect(try await proxy.held() == 1)
        // A second run keeps away meanwhile.
        try await proxy.script([])
        let other = try await site.run(words)
        #expect(other.status == 1 && other.errors.contains("another run is writing it"), "\(other)")
        cut.send(SIGKILL)
        _ = try await cut.finish()
        if isReplaced {
            body[1] = 99
            try await site.bucket.put("big", bytes: body)
        }
        _ = try await proxy.log()
        let run = try await site.run(words)
        #expect(run.status == 0 && run.output.contains("went on after 17 MB") == !isReplaced, "\(run)")
        #expect(try [UInt8](Data(contentsOf: URL(filePath: folder.path("copy")))) == body)
        #expect(try await proxy.log().count { $0.operation == "GetObject" } == (isReplaced ? 3 : 1))
        #expect(try !FileManager.default.contentsOfDirectory(atPath: folder.path).contains { $0.hasPrefix(".galleria-part-") })
    }

    /// Replaced between two pieces: nothing is kept, whether or not the server heeds the condition.
    @Test func anObjectThatIsReplacedMeanwhileIsNotMixed() async throws {
        var site = try await Self.site()
        try await site.bucket.put("big", bytes: [UInt8](repeating: 1, count: 20_000_000))
        let proxy = try await FaultProxy(before: site.place)
        site.place = proxy.place
        try await proxy.script(.init("hold", on: "GetObject", skip: 1))
        let running = try site.start(["get", "s3://\(site.bucket.name)/big", "-o", "copy", "--jobs", "1", "--stall-timeout", "10m"])
        #expect(try await proxy.held() == 1)
        try await site.bucket.put("big", bytes: [UInt8](repeating: 2, count: 20_000_000))
        try await proxy.release()
        let run = try await running.finish()
        #expect(run.status == 1 && run.errors.contains("was replaced while it was being read"), "\(run)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: site.folder.path).sorted() == ["gallery", "home"])
    }

    @Test func keysNeverLeadOutOfTheFolder() async throws {
        let site = try await Self.site(on: .radosgw)
        try site.folder.write("mine", to: "victim/file")
        try site.folder.write("", to: "out/.keep")
        try FileManager.default.createSymbolicLink(atPath: site.folder.path("out/link"), withDestinationPath: site.folder.path("victim"))
        try FileManager.default.createSymbolicLink(
            atPath: site.folder.path("out/file"), withDestinationPath: site.folder.path("victim/file"))
        for key in ["e/../../victim/file", "e//absolute", "e/link/file", "e/file", "e/ok", "e/./x"] {
            try await site.bucket.put(key, "evil")
        }
        let run = try await site.run(["get", "-r", "s3://\(site.bucket.name)/e/", "-o", "out", "--overwrite"])
        #expect(run.status == 1 && run.output == "out/ok\n", "\(run)")
        #expect(run.errors.split(separator: "\n").count == 5, "\(run)")
        #expect(try String(contentsOfFile: site.folder.path("victim/file"), encoding: .utf8) == "mine")
        #expect(try FileManager.default.contentsOfDirectory(atPath: site.folder.path("victim")) == ["file"])
        #expect(try Set(FileManager.default.contentsOfDirectory(atPath: site.folder.path("out"))) == [".keep", "link", "file", "ok"])
    }

    @Test func addressesAreBuiltAndTakenApart() async throws {
        let site = try await Self.site()
        let bucket = site.bucket.name
        let url = "\(site.place.endpoint)/\(bucket)/g/a%20b.jpg"
        #expect(try await site.run(["url", "s3://\(bucket)/g/a b.jpg"]).output == url + "\n")
        #expect(try await site.run(["url", url + "?X-Amz-Signature=1"]).output == "s3://\(bucket)/g/a b.jpg\n")
        try site.folder.write(
            "endpoint-url: \(site.place.endpoint)\npublic-url: https://photos.example/p\ndestination: s3://\(bucket)/g\nsource: gallery\n",
            to: "galleria-deploy.yml")
        #expect(try await site.run(["url", "a b.jpg"]).output == "https://photos.example/p/a%20b.jpg\n")
        #expect(try await site.run(["url", "https://photos.example/p/thumbs/1.png"]).output == "s3://\(bucket)/g/thumbs/1.png\n")
        #expect(try await site.run(["cat", "https://photos.example/p/thumbs/1.png", "index.html"]).output == "one<html>")
        #expect(try await site.run(["ls"]).output == "a b.jpg\nempty\nindex.html\nthumbs/\n")
        #expect(try await site.run(["ls", "th"]).output == "thumbs/\n")
        #expect(try await site.run(["stat", "https://elsewhere.example/other/x"]).status == 64)
    }

    /// The digests are those of coreutils, the tag that of the store.
    @Test func digestsAreWhatTheStoreComputes() async throws {
        let site = try await Self.site()
        let body = [UInt8](repeating: 42, count: 11_000_000)
        try site.folder.write(body, to: "file")
        try await site.bucket.put("whole", bytes: body)
        let inParts = try await site.bucket.putInParts("parts", body, partSize: 5 << 20)
        let whole = try #require(try await site.bucket.listing().first { $0.keyText == "whole" }).etag
        let plain = try await site.run(["hash", "file"])
        let sum = try await Program.run(["sha256sum", site.folder.path("file")]).output.prefix(64)
        #expect(plain.output.contains("sha256           \(sum)\n") && plain.output.contains("etag             \(whole)\n"), "\(plain)")
        let cut = try await site.run(["hash", "file", "--part-size", "5M", "--format", "jsonl"])
        #expect(cut.output.contains("\"etag\":\"\(inParts)\""), "\(cut) \(inParts)")
        #expect(try await site.run(["hash", "nothing"]).status == 1)
    }
}
