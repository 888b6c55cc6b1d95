import Photo
import Testing

@Suite struct ClockShiftTests {
    @Test(arguments: [
        ("0", 0), ("+0", 0), ("-0", 0), ("-4h", -14_400), ("4h", 14_400), ("1d2h", 93_600), ("-1d2h", -93_600), ("-90m", -5400),
        ("45s", 45),
        ("+00:00:30", 30), ("-04:00", -14_400), ("+36:15:01", 130_501), ("1d2h3m4s", 93_784), ("100h", 360_000), ("0h", 0),
    ]) func parses(_ text: String, _ seconds: Int64) throws {
        #expect(try ClockShift(parsing: text).seconds == seconds)
        #expect(try ClockShift(parsing: ClockShift(seconds: seconds).description).seconds == seconds)
    }

    @Test(arguments: [
        "", "+", "-", "4", "h", "4x", "2h1d", "1h1h", "--4h", "1d-2h", "4 h", "1.5h", "00:60", "00:00:60", ":30", "1:2", "+1h:30", "４h",
        "9999999999999h",
    ]) func refuses(_ text: String) {
        #expect(throws: TimeSyntaxError(kind: .clockShift, text: text)) { try ClockShift(parsing: text) }
    }

    @Test func refusesWhatExceedsTheCalendar() {
        #expect(throws: TimeSyntaxError(kind: .clockShiftTooLarge, text: "999999999999d")) { try ClockShift(parsing: "999999999999d") }
    }

    @Test func turnsWrongIntoRight() throws {
        let wrong = try CaptureTime(parsing: "2024:03:01 02:00:00")
        let right = try CaptureTime(parsing: "2024-02-28T22:00:00")
        #expect(ClockShift(from: wrong, to: right).description == "-1d4h")
    }
}

@Suite struct CaptureTimeTests {
    @Test(arguments: [
        ("2024:06:15 10:30:45", "-4h", "2024:06:15 06:30:45"), ("2024:06:15 02:00:00", "-4h", "2024:06:14 22:00:00"),
        ("2024:03:01 00:00:00", "-1s", "2024:02:29 23:59:59"), ("2023:03:01 00:00:00", "-1s", "2023:02:28 23:59:59"),
        ("1900:03:01 00:00:00", "-1s", "1900:02:28 23:59:59"), ("2000:02:28 23:59:59", "1s", "2000:02:29 00:00:00"),
        ("2023:12:31 23:59:59", "1s", "2024:01:01 00:00:00"), ("2024:01:31 12:00:00", "30d", "2024:03:01 12:00:00"),
        ("0001:01:01 00:00:00", "0", "0001:01:01 00:00:00"), ("9999:12:31 23:59:58", "1s", "9999:12:31 23:59:59"),
        ("1969:12:31 23:59:59", "1s", "1970:01:01 00:00:00"), ("1582:10:15 00:00:00", "-1d", "1582:10:14 00:00:00"),
        ("0004:02:29 00:00:00", "1461d", "0008:02:29 00:00:00"),
    ]) func shifts(_ before: String, _ shift: String, _ after: String) throws {
        #expect(try CaptureTime(parsing: before).shifted(by: ClockShift(parsing: shift))?.description == after)
    }

    @Test(arguments: [("0001:01:01 00:00:00", "-1s"), ("9999:12:31 23:59:59", "1s"), ("2024:01:01 00:00:00", "3652058d")])
    func leavesTheCalendar(_ before: String, _ shift: String) throws {
        #expect(try CaptureTime(parsing: before).shifted(by: ClockShift(parsing: shift)) == nil)
    }

    @Test func everyDayOfFourCenturiesComesBack() throws {
        var time = try CaptureTime(parsing: "1899:12:31 23:59:59")
        var expected = (1899, 12, 31)
        for _ in 0..<146_097 {
            let d = time.digits
            #expect((d.year, d.month, d.day) == expected)
            let again = try #require(CaptureTime(d.year, d.month, d.day, d.hour, d.minute, d.second))
            #expect(again == time)
            expected.2 += 1
            if CaptureTime(expected.0, expected.1, expected.2) == nil { expected = (expected.0, expected.1 + 1, 1) }
            if expected.1 == 13 { expected = (expected.0 + 1, 1, 1) }
            time = try #require(time.shifted(by: ClockShift(seconds: 86_400)))
        }
    }

    @Test(arguments: [
        ("2024:06:15 10:30:45", "2024:06:15 10:30:45"), ("2024-06-15 10:30:45", "2024:06:15 10:30:45"),
        ("2024/06/15T10:30:45", "2024:06:15 10:30:45"), ("2024: 6:15  1: 3: 5", "2024:06:15 01:03:05"),
        ("2024:06:15 10:30:45\0", "2024:06:15 10:30:45"),
    ]) func readsWhatPhotosHold(_ text: String, _ time: String) {
        #expect(CaptureTime(exifBytes: Array(text.utf8))?.description == time)
    }

    @Test(arguments: [
        "", "    :  :     :  :  ", "0000:00:00 00:00:00", "2024:13:01 00:00:00", "2023:02:29 00:00:00", "2024:06:15 24:00:00",
        "2024:06:15 10:60:00", "2024:06:15 10:30:60", "2024:06:15", "2024:06:15x10:30:45", "20a4:06:15 10:30:45", "2024:06:15 10.30.45",
    ]) func doesNotReadWhatNamesNoSecond(_ text: String) {
        #expect(CaptureTime(exifBytes: Array(text.utf8)) == nil)
    }

    @Test(arguments: [
        "2024:06:15", "2024/06/15 10:30:45", "2024:06-15 10:30:45", "2024: 6:15 10:30:45", "2024-06-15T10:30:45Z", "2024:06:15 10:30",
    ])
    func settingsAreStrict(_ text: String) {
        #expect(throws: TimeSyntaxError(kind: .captureTime, text: text)) { try CaptureTime(parsing: text) }
    }

    @Test func datesAloneEncloseTheirDay() throws {
        #expect(try CaptureTime(parsingBound: "2024-06-15", upper: false).description == "2024:06:15 00:00:00")
        #expect(try CaptureTime(parsingBound: "2024:06:15", upper: true).description == "2024:06:15 23:59:59")
        #expect(throws: TimeSyntaxError(kind: .captureTime, text: "2024-06-31")) {
            try CaptureTime(parsingBound: "2024-06-31", upper: true)
        }
    }
}
