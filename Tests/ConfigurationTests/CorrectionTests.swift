import Configuration
import Photo
import Testing
import Vocabulary

/// How settings become the rules that correct photos.
@Suite struct CorrectionTests {
    static let wedding = """
        time-zone: Europe/Stockholm
        clock-shift: 1m
        rules:
          - model: NIKON D750
            clock-shift: -4h
          - path: tokyo/**
            serial: 0012345
            camera-zone: Europe/Berlin
            time-zone: Asia/Tokyo
            optional: true
          - make: Apple
            clock-shift: 0
            time-zone: keep
        """

    @Test func whatARuleLeavesOutIsTheTargets() throws {
        let rules = try settings(Self.wedding).captureRules().rules
        #expect(rules.count == 4)
        #expect(rules.map { $0.correction.clockShift.description } == ["-4h", "+1m", "0", "+1m"])
        #expect(rules.map { $0.correction.zone.description } == ["Europe/Stockholm", "Asia/Tokyo", "keep", "Europe/Stockholm"])
        #expect(rules.map { $0.correction.cameraZone?.description } == [nil, "Europe/Berlin", nil, nil])
        #expect(rules.map(\.isOptional) == [false, true, false, true])
        #expect(rules[1].serial == "0012345")
        #expect(rules[2].correction.isIdentity)
        let iphone = PhotoFacts(make: "Apple", model: "iPhone 15", captureTime: CaptureTime(2024, 6, 15))
        #expect(try settings(Self.wedding).captureRules().match(path: Key("a.jpg"), iphone).index == 2)
        #expect(try settings(Self.wedding).captureRules().match(path: Key("a.jpg"), PhotoFacts()).index == 3)
    }

    @Test func nothingSaidIsNoRule() throws {
        #expect(try settings("jobs: 4").captureRules().isIdentity)
        #expect(try settings("jobs: 4").captureRules().rules.isEmpty)
        #expect(try settings("clock-shift: 0\ntime-zone: keep").captureRules().rules.isEmpty)
    }

    @Test func aPlainCorrectionHoldsForAll() throws {
        var flags = SettingValues()
        flags.clockShift = try ClockShift(parsing: "-4h")
        let rules = try settings("time-zone: +02:00", flags: flags).captureRules().rules
        #expect(rules.count == 1)
        #expect(
            rules.first?.correction == CaptureCorrection(clockShift: ClockShift(seconds: -14400), zone: try CaptureZone(parsing: "+02:00")))
    }

    @Test func gpsIsAnOffsetsSource() throws {
        #expect(try settings("capture-time: gps").captureRules().rules.first?.correction.offsetSource == .gps)
        #expect(try settings("rules:\n  - capture-time: gps").captureRules().rules.first?.correction.offsetSource == .gps)
    }

    @Test(arguments: ["rules:\n  - model: A", "capture-times: x.csv"])
    func timeFlagsDoNotGoBesideRules(_ text: String) throws {
        let path = "conf/galleria-deploy.yml"
        var shift = SettingValues()
        shift.clockShift = .zero
        #expect(throws: ConfigurationError.flagBesideRules(flag: "--clock-shift", path: path)) { try settings(text, flags: shift) }
        var zone = SettingValues()
        zone.timeZone = .keep
        #expect(throws: ConfigurationError.flagBesideRules(flag: "--time-zone", path: path)) { try settings(text, flags: zone) }
        #expect(throws: ConfigurationError.variableBesideRules(name: "GALLERIA_TIMESTAMP_OFFSET_HOURS", path: path)) {
            try settings(text, environment: ["GALLERIA_TIMESTAMP_OFFSET_HOURS": "-4"])
        }
        #expect(ConfigurationError.flagBesideRules(flag: "", path: "").isUsage)
        #expect(!ConfigurationError.variableBesideRules(name: "", path: "").isUsage)
    }

    @Test func timeFlagsReplaceThePlainSettings() throws {
        var flags = SettingValues()
        flags.clockShift = .zero
        let read = try settings("clock-shift: -4h\nrules: []", flags: flags)
        #expect(read.values.clockShift == .zero && read.origin(of: "clock-shift") == .flag("--clock-shift"))
    }

    @Test func anInheritedZoneMayContradict() throws {
        // The rule's camera-zone converts to the target's zone.
        #expect(try settings("time-zone: Asia/Tokyo\nrules:\n  - camera-zone: +01:00").captureRules().rules[0].correction.isConversion)
        // Its own keep takes that zone away.
        #expect(
            complaint("time-zone: Asia/Tokyo\nrules:\n  - camera-zone: +01:00\n    time-zone: keep")?.contains(":3:5: in this rule") == true
        )
        var flags = SettingValues()
        flags.cameraZone = try CaptureZone(parsing: "+01:00")
        #expect(throws: ConfigurationError.self) { try settings("", flags: flags) }
    }
}
