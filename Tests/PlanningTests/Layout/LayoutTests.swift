import Planning
import Testing
import Vocabulary

/// What a file of these tests tells: a photo of 2024, first seen in 2023.
private func facts(_ path: String = "trips/rome/IMG_01.JPG") -> LayoutFacts {
    var facts = LayoutFacts(path: Key(path))
    facts.taken = LayoutTime(year: 2024, month: 6, day: 15, hour: 10, minute: 30, second: 45)
    facts.make = "NIKON CORPORATION"
    facts.model = "NIKON D750"
    facts.camera = "NIKON D750"
    facts.sha256 = SHA256(hex: String(repeating: "0123456789abcdef", count: 4))
    // 2023-11-14 22:13:20 UTC and 123,456 microseconds.
    facts.seen = 1_700_000_000_123_456
    return facts
}

@Suite struct LayoutTests {
    @Test(arguments: [
        ("{dir}/{name}", "trips/rome/IMG_01.JPG"),
        ("{name}", "IMG_01.JPG"),
        ("a/{dir}/b/{stem}_x.{ext}", "a/trips/rome/b/IMG_01_x.JPG"),
        ("{stem:lower}.{ext:lower}", "img_01.jpg"),
        ("{taken:yyyy/MM/dd}/{name}", "2024/06/15/IMG_01.JPG"),
        ("{taken:yyyyMMdd-HHmmss}.{ext}", "20240615-103045.JPG"),
        ("{taken:yy}/{name}", "24/IMG_01.JPG"),
        ("{make}/{model:slug}/{name}", "NIKON CORPORATION/nikon-d750/IMG_01.JPG"),
        ("{camera:slug:5}/{name}", "nikon/IMG_01.JPG"),
        ("{sha256:8}.{ext}", "01234567.JPG"),
        ("{sha256}", String(repeating: "0123456789abcdef", count: 4)),
        ("{timestamp}.{ext}", "20231114_221320.JPG"),
        ("{timestamp:unix}.{ext}", "1700000000.JPG"),
        ("{yyyy}/{mm}/{dd}/{time}_{micros}.{ext}", "2023/11/14/221320_123456.JPG"),
        ("{timestamp:HHmmssSSS}", "221320123"),
        ("{index}-{index:03}-{name}", "7-007-IMG_01.JPG"),
        ("{user}/{item}/{id8}/{name}", "ada/0123456789/01234567/IMG_01.JPG"),
        ("{kind=scene|gradient}/{name}", "scene/IMG_01.JPG"),
        ("{{{stem}}}", "{IMG_01}"),
    ]) func writesKeys(row: (template: String, key: String)) throws {
        let layout = try Layout(
            row.template, setting: ["user": "ada", "item": "0123456789", "kind": "scene"].filter { row.template.contains("{" + $0.key) })
        #expect(try layout.key(of: facts(), index: 7).string == row.key)
    }

    @Test(arguments: [
        ("top.jpg", "x/{dir}/{name}", "x/top.jpg"), ("top.jpg", "{dir}/{name}", "top.jpg"), ("README", "{stem}.{ext}", "README"),
        ("README", "{stem}.{ext|bin}", "README.bin"), ("a/.hidden", "{stem}.{ext}", ".hidden"),
        ("a/b\u{7}c\\d .txt", "{name}", "b-c-d .txt"), ("a/\u{202E}gpj.exe", "{name}", "-gpj.exe"), ("a/ b .x", "{stem}.{ext}", "b.x"),
        ("a/b", "{dir}{name}", "ab"), ("...", "{name}", "---"), ("a/...", "{dir}/{name}", "a/---"),
        ("a.b.c", "{stem}|{ext}", "a.b|c"), ("é/ö.png", "{dir}/{stem:slug}", "é/ö"),
    ]) func makesNamesFit(row: (path: String, template: String, key: String)) throws {
        #expect(try Layout(row.template).key(of: LayoutFacts(path: Key(row.path)), index: 0).string == row.key)
    }

    @Test(arguments: [
        ("{taken:yyyy}/{name}", LayoutGap.missing(variable: "taken")), ("{model}/{name}", .missing(variable: "model")),
        ("{stem:slug}", .missing(variable: "stem")),
    ]) func aFileWithoutAValueHasNoKey(row: (template: String, gap: LayoutGap)) throws {
        let layout = try Layout(row.template)
        #expect(throws: row.gap) { try layout.key(of: LayoutFacts(path: Key("--.txt")), index: 0) }
    }

    @Test func defaultsStandForWhatIsMissing() throws {
        let layout = try Layout("{taken:yyyy/MM|undated}/{camera:slug|}/{name}")
        #expect(try layout.key(of: LayoutFacts(path: Key("a/b.png")), index: nil).string == "undated/b.png")
        #expect(try layout.key(of: facts(), index: nil).string == "2024/06/nikon-d750/IMG_01.JPG")
    }

    @Test func keysOfMoreThanS3TakesAreRefused() throws {
        let layout = try Layout("{name}/{name}/{name}/{name}/{name}")
        #expect(throws: LayoutGap.length(1279)) { try layout.key(of: LayoutFacts(path: Key(String(repeating: "a", count: 255))), index: 0) }
    }

    @Test(arguments: [
        ("{name", LayoutError.brace("{name")), ("name}", .brace("name}")), ("plain", .unknownPreset("plain")),
        ("/{name}", .text("/{name}")),
        ("{name}/", .text("{name}/")), ("a//{name}", .text("a//{name}")), ("../{name}", .text("../{name}")),
        ("a/./{name}", .text("a/./{name}")),
        ("a\u{1}/{name}", .text("a\u{1}/{name}")), ("{nmae}", .unknownVariable("nmae", nearest: nil)),
        ("{names}", .unknownVariable("names", nearest: "name")), ("{}", .unknownVariable("", nearest: nil)),
        ("{taken}", .format(variable: "taken", "")), ("{taken:yyyy-SSS}", .format(variable: "taken", "yyyy-SSS")),
        ("{taken:Month}", .format(variable: "taken", "Month")), ("{index:x}", .format(variable: "index", "x")),
        ("{stem:upper}", .format(variable: "stem", "upper")), ("{stem:0}", .format(variable: "stem", "0")),
        ("{name|a/b}", .value(variable: "name", "a/b")), ("{name|..}", .value(variable: "name", "..")),
        ("{kind=a|/}/{name}", .value(variable: "kind", "/")), ("{mm:2}", .format(variable: "mm", "2")),
    ]) func refusesWhatIsNoTemplate(row: (template: String, error: LayoutError)) {
        #expect(throws: row.error) { try Layout(row.template) }
        #expect(!row.error.description.isEmpty)
    }

    @Test(arguments: [
        (["user": ".."], LayoutError.value(variable: "user", "..")), (["user": "a/b"], .value(variable: "user", "a/b")),
        (["user": ""], .value(variable: "user", "")), (["user": "a\nb"], .value(variable: "user", "a\nb")),
        (["name": "x"], .setting("name")), (["User": "x"], .setting("User")),
        (["user": "x"], .word(variable: "user", value: "x", allowed: ["a", "b"])),
    ]) func refusesValues(row: (values: [String: String], error: LayoutError)) {
        #expect(throws: row.error) { try Layout("{user=a|b}/{name}", setting: row.values) }
    }

    /// The layouts of the replaced programs, letter by letter.
    @Test(arguments: [
        ("training-data", "ada/custom_bag/training_data/0123456789ab/bag_01234567_td_20231114_221320_07.JPG"),
        ("source-image", "ada/custom_bag/source_image/0123456789ab/bag_01234567_source_20231114_221320.JPG"),
        ("products", "products/indoor/chairs/oak/IMG_01.JPG"), ("backgrounds", "backgrounds/solid/IMG_01.JPG"),
        ("composites", "composites/spring/oak/16x9/IMG_01.JPG"), ("events", "events/gala/media/2023/11/14/221320_123456.JPG"),
        ("product", "oak/IMG_01.JPG"),
    ]) func presetsAreTheLayoutsOfTheReplacedPrograms(row: (name: String, key: String)) throws {
        let all = [
            "user": "ada", "type": "bag", "item": "0123456789ab", "kind": row.name == "backgrounds" ? "solid" : "indoor",
            "category": "chairs",
            "slug": "oak", "campaign": "spring", "product": "oak", "ratio": "16x9", "event": "gala",
        ]
        let layout = try Layout(row.name, setting: all)
        #expect(try layout.key(of: facts(), index: 7).string == row.key)
        #expect(LayoutPreset.all.contains { $0.name == row.name })
        #expect(throws: LayoutError.self) { try Layout(row.name) }
    }

    @Test func pathsTellVariables() throws {
        let source = try Layout(ofPaths: "{kind}/{category}/{slug}/{name}")
        #expect(source.ownNames == ["kind", "category", "slug"])
        let reading = try #require(source.reading(of: Key("indoor/chairs/oak/1.jpg")))
        #expect(reading.own == ["kind": "indoor", "category": "chairs", "slug": "oak"])
        #expect(source.reading(of: Key("indoor/1.jpg")) == nil)
        var facts = LayoutFacts(path: Key("indoor/chairs/oak/1.jpg"))
        facts.own = reading.own
        let layout = try Layout("products", perFile: source.ownNames)
        #expect(try layout.key(of: facts, index: nil).string == "products/indoor/chairs/oak/1.jpg")
        #expect(throws: LayoutError.source("taken")) { try Layout(ofPaths: "{taken:yyyy}/{name}") }
    }

    @Test func numbersGoOnAboveThoseThatAreTaken() throws {
        var numbers = LayoutNumbers()
        let (a, b) = (Key("a"), Key("b"))
        let given = [
            try numbers.next(in: a) { _ in false }, try numbers.next(in: a) { $0 < 9 }, try numbers.next(in: a) { _ in false },
            try numbers.next(in: b) { _ in false },
        ]
        #expect(given == [0, 9, 10, 0])
    }

    @Test(arguments: [
        (0, 1970, 1, 1, 0, 0, 0, 0), (1_700_000_000_123_456, 2023, 11, 14, 22, 13, 20, 123_456), (-1, 1969, 12, 31, 23, 59, 59, 999_999),
        (951_782_400_000_000, 2000, 2, 29, 0, 0, 0, 0),
    ]) func knowsTheCalendar(row: (Int64, Int, Int, Int, Int, Int, Int, Int)) {
        #expect(
            LayoutTime(microseconds: row.0)
                == LayoutTime(year: row.1, month: row.2, day: row.3, hour: row.4, minute: row.5, second: row.6, microsecond: row.7))
    }
}
