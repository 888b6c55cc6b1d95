import Testing
import Vocabulary

@Suite struct DurationTextTests {
    @Test(
        arguments: [
            ("60s", .seconds(60), "1m"), ("10m", .seconds(600), "10m"), ("1h30m", .seconds(5400), "1h30m"),
            ("250ms", .milliseconds(250), "250ms"),
            ("1s500ms", .milliseconds(1500), "1s500ms"), ("7d", .seconds(604_800), "7d"), ("0s", .zero, "0s"),
            ("90m", .seconds(5400), "1h30m"),
            ("10000d", .seconds(864_000_000), "10000d"),
        ] as [(String, Duration, String)]) func isReadAndWritten(_ text: String, _ duration: Duration, _ written: String)
    {
        #expect(Duration(text: text) == duration)
        #expect(duration.text == written)
        #expect(Duration(text: written) == duration)
    }

    @Test(arguments: ["", "60", "s", "1.5s", "-1s", "1 s", "1S", "30m1h", "1m1m", "1w", "10001d", "99999999999999s", "1s ", "٣s"])
    func isRefused(_ text: String) { #expect(Duration(text: text) == nil) }
}
