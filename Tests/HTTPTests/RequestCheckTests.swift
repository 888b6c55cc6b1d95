@testable import HTTP
import Testing
import Vocabulary

@Suite struct RequestCheckTests {
    @Test(arguments: [
        ("ftp://127.0.0.1/", []), ("127.0.0.1/", []), ("http:///path", []), ("http://user@127.0.0.1/", []), ("http://127.0.0.1/a b", []),
        ("http://127.0.0.1/\u{e5}", []), ("http://127.0.0.1/a#b", []), ("http://127.0.0.1/a\r\nX: y", []), ("", []),
        ("http://127.0.0.1:1/", [HTTPHeader("X-A", "a\r\nX-B: b")]), ("http://127.0.0.1:1/", [HTTPHeader("X-A", "a\nb")]),
        ("http://127.0.0.1:1/", [HTTPHeader("X-A", "a\0b")]), ("http://127.0.0.1:1/", [HTTPHeader("", "a")]),
        ("http://127.0.0.1:1/", [HTTPHeader("X A", "a")]), ("http://127.0.0.1:1/", [HTTPHeader("X-A:", "a")]),
        ("http://127.0.0.1:1/", [HTTPHeader("X-A\r\n", "a")]), ("http://127.0.0.1:1/", [HTTPHeader("transfer-encoding", "chunked")]),
    ])
    func refusesWhatWouldBeSentWrongly(_ url: String, _ headers: [HTTPHeader]) async throws {
        let outcome = try await withClient { await $0.outcome(HTTPRequest(method: .get, url: url, headers: headers)) }
        #expect(outcome == .invalidRequest)
    }

    /// It stands in the text that goes out as it is.
    @Test(arguments: ["a\r\nX-B: c", "a\nb", "a\0"])
    func refusesAProgramsNameOfTwoLines(_ userAgent: String) {
        var configuration = HTTPClientConfiguration()
        configuration.userAgent = userAgent
        #expect(throws: HTTPError.self) { try HTTPClient(configuration) }
    }
}
