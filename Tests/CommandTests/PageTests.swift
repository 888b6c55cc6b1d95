import Foundation
import Photo
import Testing
import Vocabulary

@testable import galleria_deploy

/// The parts of the page that `--report` writes.
@Suite struct PageTests {
    @Test(arguments: [
        ("plain", "plain"), ("<a href=\"x\" title='y'>&", "&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;"), ("å写", "å写"),
        ("\u{202e}gpj.exe", "\\u{202e}gpj.exe"), ("a\0b\u{1b}[31m\n", "a\\u{0}b\\u{1b}[31m\\u{a}"), ("&lt;", "&amp;lt;"),
    ])
    func namesStayText(_ text: String, _ html: String) { #expect(HTML.text(text) == html) }

    @Test(
        arguments: [
            (0, nil), (-14_400, "−4 h"), (95_430, "+1 d 2 h 30 min 30 s"), (-7, "−7 s"), (60, "+1 min"), (-31_536_000, "−365 d"),
        ] as [(Int64, String?)])
    func shiftsInWords(_ seconds: Int64, _ words: String?) throws {
        let before = try #require(CaptureTime(2024, 6, 22, 1, 58, 20))
        #expect(TimeText.shift(before, CaptureTime(seconds: before.seconds + seconds)) == words)
        #expect(TimeText.shift(nil, before) == nil && TimeText.text(before) == "2024-06-22 01:58:20")
    }

    @Test(arguments: [(0, "0"), (999, "999"), (1000, "1\u{202F}000"), (1_234_567, "1\u{202F}234\u{202F}567")])
    func numbersAreGrouped(_ number: Int, _ text: String) { #expect(HTML.grouped(number) == text) }

    private static func photos() throws -> [PhotoLine] {
        func time(_ day: Int, _ hour: Int) throws -> CaptureTime { try #require(CaptureTime(2024, 6, day, hour)) }
        return [
            PhotoLine(
                path: Key("a<b>.jpg"), camera: "Nikon \"D750\"", before: try time(1, 12), after: try time(1, 8), offset: .utc,
                isRewritten: true),
            PhotoLine(path: Key("b.jpg"), camera: "Nikon \"D750\"", before: try time(3, 8), after: try time(3, 4), isRewritten: true),
            PhotoLine(path: Key("c.jpg"), camera: nil, before: try time(2, 8), after: try time(2, 8), refusal: "no room & no way"),
            PhotoLine(path: Key("d.jpg"), camera: nil, before: nil, after: nil),
        ]
    }

    @Test func aBandForEachCamera() throws {
        #expect(PageTimeline(photos: []).html.isEmpty)
        let html = PageTimeline(photos: try Self.photos()).html
        #expect(
            html == """
                <h3>Timeline</h3>
                <div class="timeline">
                <figure><figcaption><b><bdi>Nikon &quot;D750&quot;</bdi></b> <span>2 photos</span> <em>−4 h</em></figcaption>
                <svg viewBox="-4 0 1008 44" preserveAspectRatio="none" role="img" aria-label="Nikon &quot;D750&quot;: 2 photos, −4 h">\
                <line class="day" x1="333" x2="333" y1="0" y2="44"/><line class="day" x1="833" x2="833" y1="0" y2="44"/>\
                <line class="before" x1="83" x2="83" y1="2" y2="20"/><line class="before" x1="1000" x2="1000" y1="2" y2="20"/>\
                <line class="after" x1="0" x2="0" y1="24" y2="42"/><line class="after" x1="916" x2="916" y1="24" y2="42"/></svg></figure>
                <figure><figcaption><b><bdi>unknown camera</bdi></b> <span>1 photo</span> <span>as taken</span></figcaption>
                <svg viewBox="-4 0 1008 44" preserveAspectRatio="none" role="img" aria-label="unknown camera: 1 photos, as taken">\
                <line class="day" x1="333" x2="333" y1="0" y2="44"/><line class="day" x1="833" x2="833" y1="0" y2="44"/>\
                <line class="before" x1="500" x2="500" y1="2" y2="20"/><line class="after" x1="500" x2="500" y1="24" y2="42"/></svg></figure>
                <div class="axis"><time>2024-06-01 08:00:00</time><time>2024-06-03 08:00:00</time></div>
                <p class="legend"><i class="before"></i> as the camera wrote it <i class="after"></i> as deployed</p>
                </div>

                """)
    }

    @Test func photosAsCards() throws {
        var pictures = PagePhotos(thumbnails: PageThumbnails(source: "/nonexistent", budget: 1000))
        let html = pictures.cards(try Self.photos()) { $0.isRewritten ? "new" : nil }
        #expect(
            html == """
                <ul class="cards">
                <li><span class="pic none" aria-hidden="true"></span><b><bdi>a&lt;b&gt;.jpg</bdi></b> <span class="tag">new</span>\
                <s>2024-06-01 12:00:00</s><time>2024-06-01 08:00:00 +00:00</time><em>−4 h</em></li>
                <li><span class="pic none" aria-hidden="true"></span><b><bdi>c.jpg</bdi></b><time>2024-06-02 08:00:00</time>\
                <small>deployed as it is: no room &amp; no way</small></li>
                <li><span class="pic none" aria-hidden="true"></span><b><bdi>b.jpg</bdi></b> <span class="tag">new</span>\
                <s>2024-06-03 08:00:00</s><time>2024-06-03 04:00:00</time><em>−4 h</em></li>
                <li><span class="pic none" aria-hidden="true"></span><b><bdi>d.jpg</bdi></b><time>no capture time</time></li>
                </ul>

                """)
    }

    /// A page stays one that a phone opens, however many photos there are.
    @Test func thumbnailsAndCardsAreBounded() throws {
        let source = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Fixtures/gallery/photos").path
        let thumbnails = PageThumbnails(source: source, budget: 2000)
        let found = (0..<5).compactMap { _ in thumbnails.thumbnail(of: Key("IMG_0412.jpg")) }
        #expect(found.count == 2 && found.allSatisfy { $0.bytes.count == 886 })
        #expect(thumbnails.thumbnail(of: Key("nowhere.jpg")) == nil)
        let many = (0..<1500).map { PhotoLine(path: Key("\($0).jpg"), camera: nil, before: nil, after: nil) }
        var pictures = PagePhotos(thumbnails: PageThumbnails(source: "/nonexistent", budget: 0))
        let html = pictures.cards(many) { _ in nil }
        #expect(html.components(separatedBy: "<li>").count == PagePhotos.most + 1 && html.contains("and 500 more"))
    }
}
