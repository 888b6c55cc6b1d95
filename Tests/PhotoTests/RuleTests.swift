import Photo
import Testing
import Vocabulary

@Suite struct RuleTests {
    static let photo = PhotoFacts(
        make: "NIKON CORPORATION", model: "NIKON D90", serial: "6012345", captureTime: CaptureTime(2024, 6, 15, 10, 30, 45))
    static let identity = CaptureCorrection()

    struct Case: CustomTestStringConvertible {
        var name: String
        var rule: CaptureRule
        var photo = RuleTests.photo
        var path = "2024/tokyo/a.jpg"
        var mismatch: CaptureRule.Mismatch?
        var testDescription: String { name }
    }

    static func table() throws -> [Case] {
        func rule(_ change: (inout CaptureRule) throws -> Void) rethrows -> CaptureRule {
            var rule = CaptureRule(correction: identity)
            try change(&rule)
            return rule
        }
        let time = try #require(photo.captureTime)
        let later = try #require(CaptureTime(2024, 6, 15, 10, 30, 46))
        return [
            Case(name: "no condition", rule: rule { _ in }),
            Case(name: "path", rule: try rule { $0.path = try Glob("2024/**") }),
            Case(name: "other path", rule: try rule { $0.path = try Glob("2025/**") }, mismatch: .path),
            Case(name: "make, any case", rule: rule { $0.make = "Nikon Corporation " }),
            Case(name: "other make", rule: rule { $0.make = "Canon" }, mismatch: .make("NIKON CORPORATION")),
            Case(name: "model", rule: rule { $0.model = "nikon d90" }),
            Case(name: "model is no pattern", rule: rule { $0.model = "NIKON*" }, mismatch: .model("NIKON D90")),
            Case(name: "no model", rule: rule { $0.model = "NIKON D90" }, photo: PhotoFacts(), mismatch: .model(nil)),
            Case(name: "serial", rule: rule { $0.serial = "6012345" }),
            Case(name: "other serial", rule: rule { $0.serial = "6012346" }, mismatch: .serial("6012345")),
            Case(name: "no serial", rule: rule { $0.serial = "6012345" }, photo: PhotoFacts(), mismatch: .serial(nil)),
            Case(name: "from that second", rule: rule { $0.from = time }),
            Case(name: "until that second", rule: rule { $0.until = time }),
            Case(name: "before", rule: rule { $0.from = later }, mismatch: .before(time)),
            Case(name: "after", rule: rule { $0.until = CaptureTime(2024, 6, 15) }, mismatch: .after(time)),
            Case(name: "no time", rule: rule { $0.from = time }, photo: PhotoFacts(), mismatch: .noCaptureTime),
            Case(
                name: "all",
                rule: try rule {
                    $0.path = try Glob("*.jpg")
                    $0.make = "nikon corporation"
                    $0.model = "NIKON D90"
                    $0.serial = "6012345"
                    $0.from = time
                    $0.until = time
                }),
        ]
    }

    @Test func conditions() throws {
        for row in try Self.table() {
            #expect(row.rule.mismatch(path: Key(row.path), row.photo) == row.mismatch, "\(row.name)")
        }
    }

    @Test func theFirstThatMatchesDecides() throws {
        let shift = { (hours: Int64) in CaptureCorrection(clockShift: ClockShift(seconds: hours * 3600)) }
        let rules = CaptureRules([
            CaptureRule(model: "Other", correction: shift(1)), CaptureRule(path: try Glob("tokyo/"), correction: shift(2)),
            CaptureRule(correction: shift(3)),
        ])
        #expect(rules.match(path: Key("tokyo/a.jpg"), Self.photo).index == 1)
        #expect(rules.match(path: Key("tokyo/a.jpg"), Self.photo).mismatches == [.model("NIKON D90")])
        #expect(rules.match(path: Key("a.jpg"), Self.photo).index == 2)
        #expect(CaptureRules(Array(rules.rules.dropLast())).match(path: Key("a.jpg"), Self.photo).index == nil)
        #expect(
            CaptureRules(Array(rules.rules.dropLast())).match(path: Key("a.jpg"), Self.photo).mismatches == [.model("NIKON D90"), .path])
        let photo = PhotoBuilder(.camera()).bytes()
        let done = try Rewritten(photo, PhotoRewriter(rules: rules), path: "tokyo/a.jpg")
        #expect(done.rewrite.timeAfter?.description == "2019:03:21 10:09:10")
        #expect(done.rewrite.rule == 1)
        #expect(try Rewritten(photo, PhotoRewriter(rules: CaptureRules([rules.rules[0]]))).rewrite.method == .untouched(.noRule))
    }

    @Test func factsAreRead() throws {
        let facts = try PhotoRewriter.facts(MemoryBytes(PhotoBuilder(.camera(bigEndian: true, offset: "+02:00")).bytes()))
        #expect(
            facts
                == PhotoFacts(
                    make: "Galleria", model: "Fixture 1", serial: "SN-4242424", captureTime: CaptureTime(2019, 3, 21, 8, 9, 10),
                    captureTimeText: "2019:03:21 08:09:10", offset: UTCOffset(minutes: 120), subseconds: "042"))
        #expect(facts.camera == "Galleria Fixture 1")
        #expect(Self.photo.camera == "NIKON D90")
    }

    @Test func theRecipeHoldsEverythingThatDecides() throws {
        func rewriter(
            _ change: (inout CaptureRule) throws -> Void = { _ in }, privacy: Set<PrivacyItem> = [], rows: [Key: CaptureTimes.Row] = [:]
        )
            throws -> PhotoRewriter
        {
            var rule = CaptureRule(correction: CaptureCorrection(clockShift: ClockShift(seconds: 60)))
            try change(&rule)
            return PhotoRewriter(rules: CaptureRules([rule], times: CaptureTimes(rows)), privacy: privacy)
        }
        let time = try #require(CaptureTime(2024, 1, 1))
        let recipes = [
            try rewriter(), try rewriter { $0.make = "a" }, try rewriter { $0.model = "a" }, try rewriter { $0.serial = "a" },
            try rewriter { $0.path = try Glob("a") }, try rewriter { $0.from = time }, try rewriter { $0.until = time },
            try rewriter { $0.correction.clockShift = .zero }, try rewriter { $0.correction.zone = .fixed(.utc) },
            try rewriter { $0.correction.zone = try CaptureZone(parsing: "UTC") }, try rewriter { $0.correction.cameraZone = .fixed(.utc) },
            try rewriter { $0.correction.offsetSource = .gps }, try rewriter(privacy: [.gps]), try rewriter(privacy: [.gps, .owner]),
            try rewriter(rows: [Key("a"): .init(time: time)]), try rewriter(rows: [Key("a"): .init(time: time, offset: .utc)]),
            PhotoRewriter(rules: CaptureRules()),
        ].map(\.recipe)
        #expect(Set(recipes).count == recipes.count)
        #expect(try rewriter().recipe == rewriter { $0.isOptional = true }.recipe)
        #expect(String(decoding: try rewriter().recipe, as: UTF8.self) == "galleria-photo 1\nrule shift=3:+1m zone=4:keep\n")
        #expect(String(decoding: recipes[9], as: UTF8.self).contains("tz \(RegionZone.dataVersion)"))
    }

    @Test func identityIsKnown() throws {
        #expect(PhotoRewriter(rules: CaptureRules()).isIdentity)
        #expect(PhotoRewriter(rules: CaptureRules(all: CaptureCorrection())).isIdentity)
        #expect(PhotoRewriter(rules: CaptureRules([CaptureRule(make: "a", correction: CaptureCorrection())])).isIdentity)
        #expect(!PhotoRewriter(rules: CaptureRules(all: CaptureCorrection(zone: .fixed(.utc)))).isIdentity)
        #expect(!PhotoRewriter(rules: CaptureRules(), privacy: [.gps]).isIdentity)
        #expect(CaptureCorrection(cameraZone: .fixed(.utc)).isContradictory)
        #expect(!CaptureCorrection(zone: .fixed(.utc), cameraZone: .fixed(.utc)).isContradictory)
    }

    @Test(arguments: [
        ("a.jpg", true), ("x/A.JPG", true), ("a.jpeg", true), ("a.mpo", true), ("a.jfif", true), ("a.png", false), ("jpg", false),
        ("a.jpg/b", false),
    ])
    func jpegByName(_ path: String, _ isJPEG: Bool) { #expect(PhotoKind.isJPEG(Key(path)) == isJPEG) }
}
