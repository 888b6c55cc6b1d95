import Configuration
import Photo
import Testing
import Vocabulary

/// Scalars are read as they are written: none of what YAML 1.1 makes of them.
@Suite struct AsWrittenTests {
    /// Text that YAML 1.1 takes for something else: octal, sexagesimal, booleans, null, floats, dates, hexadecimal, merge keys.
    static let traps = [
        "0012345", "012", "0o17", "-4:00", "190:20:30", "no", "No", "NO", "n", "y", "yes", "on", "off", "true", "false", "~", "null",
        "Null",
        "1e3", "1_000", ".5", ".inf", ".NaN", "0x1F", "0b101", "2024-06-15", "2024-06-15 10:30:45", "+1", "-0", "=", "<<",
        "1.10", "1.0", "٣", "a#b", "a: b".split(separator: ":").joined(), "Ünïcode", "a\u{308}",
    ]

    @Test(arguments: traps) func staysText(_ text: String) throws {
        for written in [text, "'\(text)'", "\"\(text)\""] {
            let rule = try #require(try settings("rules:\n  - serial: \(written)").values.rules?.first)
            #expect(rule.serial.map { Array($0.utf8) } == Array(text.utf8), "\(written)")
        }
    }

    @Test func clockShiftsAndZonesNeedNoQuotes() throws {
        let read = try settings("clock-shift: -04:00\ntime-zone: +05:45")
        #expect(read.values.clockShift == ClockShift(seconds: -4 * 3600))
        #expect(read.values.timeZone?.description == "+05:45")
        #expect(try settings("clock-shift: 0").values.clockShift == .zero)
        #expect(try settings("clock-shift: 1:30").values.clockShift == ClockShift(seconds: 5400))
        #expect(try settings("clock-shift: +00:00:30").values.clockShift == ClockShift(seconds: 30))
        #expect(try settings("time-zone: -05:00").values.timeZone?.description == "-05:00")
    }

    @Test func leadingZerosOfNumbersAreDecimal() throws {
        #expect(try settings("jobs: 010").jobs == 10)
    }

    @Test func datesAreReadByTheirOwnReader() throws {
        let rule = try #require(try settings("rules:\n  - from: 2024-06-15\n    until: 2024-06-15").values.rules?.first)
        #expect(rule.from == CaptureTime(2024, 6, 15))
        #expect(rule.until == CaptureTime(2024, 6, 15, 23, 59, 59))
    }

    @Test func corsMayBeOff() throws { #expect(try settings("cors: off").cors == .off) }

    @Test(arguments: ["", "# nothing\n", "\n\n", "---\n", "---\n...\n", "%YAML 1.1\n---\n", "\u{FEFF}", "\u{FEFF}# x", "~"])
    func nothingSaidIsNothingSaid(_ text: String) throws {
        guard text != "~" else { return #expect(complaint(text) != nil) }
        #expect(try settings(text).values.rules == nil)
    }

    @Test(arguments: ["jobs:", "jobs: # none", "rules:\n#  - model: A", "privacy:", "targets:\n  a:\n    jobs:", "source:"])
    func aKeyWithoutValueSaysNothing(_ text: String) throws {
        let document = try load(text)
        let all = try TargetSelection.resolve(document, environment: [:])
        #expect(all.count == 1)
        #expect(all[0].jobs == .automatic && all[0].values.rules == nil && all[0].values.privacy == nil)
        #expect(all[0].origin(of: "jobs") == .standard)
    }

    @Test func lineEndsAndByteOrderMarkDoNotCount() throws {
        let read = try settings("\u{FEFF}jobs: 4\r\ndelete: true\r\nrules:\r\n  - model: A\r\n")
        #expect(read.jobs == 4 && read.deletes && read.values.rules?.first?.model == "A")
    }

    @Test func faultsBehindAByteOrderMarkKeepTheirColumn() throws {
        #expect(try #require(complaint("\u{FEFF}jbos: 4")).hasPrefix("conf/galleria-deploy.yml:1:1:"))
    }

    @Test func blockScalarsAreText() throws {
        #expect(try settings("rules:\n  - model: >-\n      NIKON\n      D750").values.rules?.first?.model == "NIKON D750")
    }

    @Test func oneValueStandsForAListOfOne() throws {
        #expect(try settings("privacy: gps").privacy == [.gps])
        #expect(try settings("privacy: [gps, owner]").privacy == [.gps, .owner])
        #expect(try settings("cors-origins:\n  - https://a.example\n  - '*'").corsOrigins == ["https://a.example", "*"])
    }
}
