import Planning
import Testing
import Vocabulary

/// What files are told to be, and for how long they may be kept.
@Suite struct FileKindTests {
    @Test(
        arguments: [
            ("index.html", CacheDefault.revalidated), ("data/photos.json", .revalidated), ("feed.xml", .revalidated),
            ("app.webmanifest", .revalidated),
            ("app.3f9a01bc.js", .immutable), ("style-0123456789abcdef.css", .immutable), ("fonts/text.DEADBEEF0.woff2", .immutable),
            ("app.3f9a01b.js", .brief), ("style.20240615.css", .brief), ("app.3f9a01bcx.js", .brief), ("app.x3f9a01bc.js", .brief),
            ("app.js", .brief), ("app.3f9a01bc.js.map", .brief),
            ("photos/3f9a01bc.jpg", .brief), ("3f9a01bc/app.js", .brief), ("photos/IMG_0001.webp", .brief), ("LICENSE", .brief),
        ]) func caching(_ path: String, _ expected: CacheDefault)
    {
        #expect(CacheDefault(Key(path), contentType: ContentType.of(Key(path))) == expected)
    }

    @Test func whatIsSaidOfCachingStandsAboveTheDefault() throws {
        let rules = HeaderRules(
            common: HeaderSet(), rules: [.init(try Glob("a/**"), HeaderSet(["cache-control": "no-store"]))], setsCaching: true)
        #expect(rules.headers(for: Key("a/x.jpg"))["cache-control"] == "no-store")
        #expect(rules.headers(for: Key("x.jpg"))["cache-control"] == "max-age=3600")
        #expect(HeaderRules().headers(for: Key("x.jpg"))["cache-control"] == nil)
    }

    @Test(
        arguments: [
            ("a.webp", "image/webp"), ("a.avif", "image/avif"), ("a.jxl", "image/jxl"), ("a.HEIC", "image/heic"), ("a.jpg", "image/jpeg"),
            ("a.mp4", "video/mp4"), ("a.mov", "video/quicktime"), ("a.webmanifest", "application/manifest+json"), ("a.woff2", "font/woff2"),
            ("a.mjs", "text/javascript; charset=utf-8"), ("a.js.map", "application/json"), ("a.unheard-of", "application/octet-stream"),
        ]) func types(_ path: String, _ expected: String)
    {
        #expect(ContentType.of(Key(path)) == expected)
    }

    static let heads: [(head: [UInt8], type: String)] = [
        ([0xFF, 0xD8, 0xFF, 0xE1], "image/jpeg"), ([0x89] + Array("PNG\r\n\u{1A}\n".utf8), "image/png"),
        (Array("GIF89a".utf8), "image/gif"),
        (Array("RIFF....WEBPVP8 ".utf8), "image/webp"), (Array("RIFF....WAVEfmt ".utf8), "audio/wav"),
        (Array("RIFF....what".utf8), "application/octet-stream"),
        ([0, 0, 0, 28] + Array("ftypavif".utf8), "image/avif"), ([0, 0, 0, 24] + Array("ftypheic".utf8), "image/heic"),
        ([0, 0, 0, 20] + Array("ftypqt  ".utf8), "video/quicktime"), ([0, 0, 0, 24] + Array("ftypisom".utf8), "video/mp4"),
        ([0xFF, 0x0A, 0], "image/jxl"), ([0, 0, 0, 0x0C] + Array("JXL \r\n".utf8), "image/jxl"),
        (Array("wOF2".utf8), "font/woff2"), (Array("%PDF-1.7".utf8), "application/pdf"),
        (Array("\n <!DOCTYPE HTML><title>".utf8), "text/html; charset=utf-8"),
        (Array("\u{FEFF}<html lang=sv>".utf8), "text/html; charset=utf-8"),
        (Array("<?xml version='1.0'?><svg xmlns".utf8), "image/svg+xml"), (Array("<?xml version='1.0'?><rss".utf8), "application/xml"),
        (Array("gallery.example.com\n".utf8), "text/plain; charset=utf-8"), (Array("Mål och mat".utf8), "text/plain; charset=utf-8"),
        ([], "application/octet-stream"), ([0x68, 0x69, 0], "application/octet-stream"), ([0x68, 0xE9, 0x20], "application/octet-stream"),
        // A character that is cut off where what is looked at ends.
        (Array(String(repeating: "x", count: 511).utf8) + [0xC3], "text/plain; charset=utf-8"), ([0x78, 0xC3], "application/octet-stream"),
    ]

    @Test(arguments: heads) func firstBytes(_ row: (head: [UInt8], type: String)) {
        #expect(ContentType.sniffed(row.head) == row.type)
    }

    @Test(
        arguments: [
            ("a.html", ContentCoding.gzip), ("a.svg", .gzip), ("a.js.map", .gzip), ("a.geojson", .gzip), ("a.ttf", .gzip), ("a.jpg", nil),
            ("a.woff2", nil), ("a.svgz", nil), ("plain/a.html", nil), ("coded/a.html", nil), ("smaller/a.html", .brotli), ("noext", nil),
        ]) func whatIsCoded(_ path: String, _ expected: ContentCoding?) throws
    {
        let rules = HeaderRules(
            rules: [
                .init(try Glob("plain/**"), HeaderSet(), coding: .plain),
                .init(try Glob("coded/**"), HeaderSet(["content-encoding": "deflate"])),
                .init(try Glob("smaller/**"), HeaderSet(), coding: .coded(.brotli)),
            ], coding: .coded(.gzip))
        #expect(rules.mayCode && rules.coding(of: Key(path)) == expected)
        #expect(HeaderRules().mayCode == false && HeaderRules().coding(of: Key(path)) == nil)
    }
}
