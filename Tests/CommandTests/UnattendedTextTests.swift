import Configuration
import Testing

@testable import galleria_deploy

/// What is written for other programs, by their rules.
@Suite struct UnattendedTextTests {
    /// github.com/actions/toolkit, packages/core/__tests__/command.test.ts.
    @Test(arguments: [
        ("plain", "plain", "plain"), ("a%b", "a%25b", "a%25b"), ("a\r\nb", "a%0D%0Ab", "a%0D%0Ab"), ("a\rb\nc", "a%0Db%0Ac", "a%0Db%0Ac"),
        ("a:b,c", "a:b,c", "a%3Ab%2Cc"), ("%25", "%2525", "%2525"), ("::error::x", "::error::x", "%3A%3Aerror%3A%3Ax"),
    ])
    func workflowCommandsAreEscaped(_ text: String, _ data: String, _ property: String) {
        #expect(GitHubText.data(text) == data && GitHubText.property(text) == property)
    }

    @Test(arguments: [
        ("a|b", "a&#124;b"), ("<img src=x>", "&lt;img src=x&gt;"), ("a&amp;", "a&amp;amp;"), ("`x`*_", "&#96;x&#96;&#42;&#95;"),
        ("one\r\ntwo\nthree", "one<br>two<br>three"), ("写真.jpg", "写真.jpg"), ("@user #1", "&#64;user &#35;1"),
    ])
    func cellsOfMarkdownHoldNoMarkup(_ text: String, _ cell: String) { #expect(GitHubText.cell(text) == cell) }

    @Test(arguments: [("plain", "plain"), ("a\"b\\c\nd", "a\\\"b\\\\c\\nd")]) func labelsOfMetricsAreEscaped(
        _ text: String, _ label: String
    ) {
        #expect(MetricsText.escaped(text) == label)
    }

    @Test(arguments: [
        ("https://hc-ping.com/uuid", "https://hc-ping.com/uuid/start", "https://hc-ping.com/uuid", "https://hc-ping.com/…"),
        ("https://hc-ping.com/uuid/", "https://hc-ping.com/uuid/start", "https://hc-ping.com/uuid/", "https://hc-ping.com/…"),
        ("http://k.example:3001/p?a=1", "http://k.example:3001/p/start?a=1", "http://k.example:3001/p?a=1", "http://k.example:3001/…"),
        ("https://u:p@h.example", "https://u:p@h.example/start", "https://u:p@h.example", "https://h.example/…"),
    ])
    func theServicesAddress(_ text: String, _ start: String, _ end: String, _ shown: String) throws {
        let address = try #require(PingAddress(text))
        #expect(address.url(appending: Ping.Signal.start.component) == start)
        #expect(address.url(appending: Ping.Signal.end(.done).component) == end)
        #expect("\(address)" == shown)
    }

    @Test(arguments: [
        "", "hc-ping.com/uuid", "ftp://hc-ping.com", "https://", "https:///x", "https://h/x#y", "https://h/a b", "https://h/\u{e9}",
    ])
    func noAddress(_ text: String) { #expect(PingAddress(text) == nil) }

    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00Z"), (1_719_021_500_999_999_999, "2024-06-22T01:58:20Z"), (-1, "1969-12-31T23:59:59Z"),
        ] as [(Int64, String)])
    func momentsAreUTC(_ nanoseconds: Int64, _ text: String) { #expect(UTCText.text(nanoseconds) == text) }
}
