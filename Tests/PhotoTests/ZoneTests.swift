import Photo
import Testing

@Suite struct ZoneTests {
    @Test(arguments: [
        ("+02:00", 120), ("-05:00", -300), ("+05:45", 345), ("-12:00", -720), ("+14:00", 840), ("+00:00", 0), ("-00:30", -30),
    ])
    func offsetsParse(_ text: String, _ minutes: Int) throws {
        #expect(try UTCOffset(parsing: text).minutes == minutes)
        #expect(UTCOffset(minutes: minutes)?.description == text)
    }

    @Test(arguments: [
        "", "2", "+2", "+02", "0200", "+0200", "+02:10", "-12:15", "+14:15", "+02:60", "+2:00", "Z", "+02:00 ", " 02:00", "+99:00",
    ])
    func offsetsRefuse(_ text: String) {
        #expect(throws: TimeSyntaxError(kind: .offset, text: text)) { try UTCOffset(parsing: text) }
    }

    @Test(arguments: [
        "keep", "+02:00", "-05:00", "Europe/Stockholm", "Europe/Kiev", "Europe/Kyiv", "Asia/Calcutta", "America/Argentina/Buenos_Aires",
        "US/Pacific", "UTC",
    ]) func zonesParse(_ text: String) throws {
        #expect(try CaptureZone(parsing: text).description == text)
    }

    @Test(arguments: [
        "", "Keep", "EST", "CET", "GMT", "GMT+2", "UTC+2", "Etc/GMT+2", "SystemV/EST5", "EST5EDT", "Foo/Bar", "Europe/", "Europe",
        "europe/berlin", "Europe/Berlin ", "+02:10", "+15:00", "local", "Japan", "../Europe/Berlin", "Europe/../Asia/Tokyo",
    ]) func zonesRefuse(_ text: String) {
        #expect(throws: TimeSyntaxError.self) { try CaptureZone(parsing: text) }
    }

    struct Local: CustomTestStringConvertible {
        let zone: String
        let time: String
        let minutes: Int
        let fit: RegionZone.Fit
        var testDescription: String { "\(zone) \(time)" }
    }

    @Test(arguments: [
        Local(zone: "Europe/Berlin", time: "2024:01:15 12:00:00", minutes: 60, fit: .exact),
        Local(zone: "Europe/Berlin", time: "2024:07:15 12:00:00", minutes: 120, fit: .exact),
        Local(zone: "Europe/Berlin", time: "2024:03:31 01:59:59", minutes: 60, fit: .exact),
        Local(zone: "Europe/Berlin", time: "2024:03:31 02:00:00", minutes: 60, fit: .gap),
        Local(zone: "Europe/Berlin", time: "2024:03:31 02:59:59", minutes: 60, fit: .gap),
        Local(zone: "Europe/Berlin", time: "2024:03:31 03:00:00", minutes: 120, fit: .exact),
        Local(zone: "Europe/Berlin", time: "2024:10:27 01:59:59", minutes: 120, fit: .exact),
        Local(zone: "Europe/Berlin", time: "2024:10:27 02:00:00", minutes: 120, fit: .repeated),
        Local(zone: "Europe/Berlin", time: "2024:10:27 02:59:59", minutes: 120, fit: .repeated),
        Local(zone: "Europe/Berlin", time: "2024:10:27 03:00:00", minutes: 60, fit: .exact),
        Local(zone: "America/New_York", time: "2024:03:10 02:30:00", minutes: -300, fit: .gap),
        Local(zone: "America/New_York", time: "2024:11:03 01:30:00", minutes: -240, fit: .repeated),
        Local(zone: "Australia/Lord_Howe", time: "2024:04:07 01:45:00", minutes: 660, fit: .repeated),
        Local(zone: "Australia/Lord_Howe", time: "2024:10:06 02:15:00", minutes: 630, fit: .gap),
        Local(zone: "Pacific/Apia", time: "2011:12:30 12:00:00", minutes: -600, fit: .gap),
        Local(zone: "Pacific/Apia", time: "2011:12:31 00:00:00", minutes: 840, fit: .exact),
        Local(zone: "Asia/Kathmandu", time: "2024:05:05 05:05:05", minutes: 345, fit: .exact),
        Local(zone: "Asia/Tokyo", time: "2024:07:15 12:00:00", minutes: 540, fit: .exact),
        Local(zone: "UTC", time: "2024:07:15 12:00:00", minutes: 0, fit: .exact),
    ]) func localTimesHaveOffsets(_ row: Local) throws {
        let zone = try #require(RegionZone(identifier: row.zone))
        let found = zone.offset(at: try CaptureTime(parsing: row.time))
        #expect(found.seconds == row.minutes * 60)
        #expect(found.fit == row.fit)
    }

    @Test func theDataHasAVersion() { #expect(RegionZone.dataVersion.contains { $0.isNumber }) }
}
