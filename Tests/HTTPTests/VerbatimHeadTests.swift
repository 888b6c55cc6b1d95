@testable import HTTP
import Testing
import Vocabulary

/// The text that libcurl is given for a request's target; what comes of it on the wire is WireTests'.
@Suite struct VerbatimHeadTests {
    private func text(_ url: String, _ headers: [HTTPHeader] = [], userAgent: String = "u") -> (text: String, originLength: Int)? {
        VerbatimHead(HTTPRequest(method: .get, url: url, headers: headers), userAgent: userAgent).map {
            (String(cString: $0.text), $0.originLength)
        }
    }

    @Test(arguments: [
        ("http://h/k", "/k", "h"), ("http://h", "/", "h"), ("http://h?acl", "/?acl", "h"), ("http://h:80/k", "/k", "h"),
        ("https://h:443", "/", "h"), ("http://h:443/", "/", "h:443"), ("https://h:80/", "/", "h:80"), ("http://h:8080/", "/", "h:8080"),
        ("http://[::1]:9000/b/k?a=%2F", "/b/k?a=%2F", "[::1]:9000"), ("https://[::1]:443/k", "/k", "[::1]"),
        ("http://:80/k", "/k", ":80"), ("https://b.example.org/a%20b/../c", "/a%20b/../c", "b.example.org"),
    ])
    func targetAndHost(_ url: String, _ target: String, _ host: String) throws {
        let found = try #require(text(url))
        #expect(found.text == "\(target) HTTP/1.1\r\nHost: \(host)\r\nAccept: */*\r\nUser-Agent: u")
        #expect(url.utf8.prefix(found.originLength).elementsEqual(url.utf8.prefix { $0 != UInt8(ascii: "?") }.prefix(found.originLength)))
        #expect(url.utf8.dropFirst(found.originLength).first.map { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") } ?? true)
    }

    @Test func fields() throws {
        let found = try #require(text("http://h/k", [HTTPHeader("X-A", "1 2"), HTTPHeader("X-Empty", ""), HTTPHeader("aCCEPT", "å")]))
        #expect(found.text == "/k HTTP/1.1\r\nHost: h\r\nX-A: 1 2\r\nX-Empty:\r\naCCEPT: å\r\nUser-Agent: u")
    }

    /// What libcurl has to know of, or what is signed as it stands, is left to libcurl.
    @Test(arguments: ["Host", "host", "Expect", "Connection", "CONTENT-LENGTH", "User-Agent", "user-agent"])
    func libcurlsOwnFields(_ name: String) { #expect(text("http://h/k", [HTTPHeader("X-A", "1"), HTTPHeader(name, "1")]) == nil) }

    @Test(arguments: ["Hosts", "Exploit", "Connect-on", "Content-Lengt_", "Users-Agen"])
    func others(_ name: String) { #expect(text("http://h/k", [HTTPHeader(name, "1")]) != nil) }

    @Test func aZoneAndNoProgramsName() {
        #expect(text("http://[fe80::1%25eth0]:9000/k") == nil)
        #expect(text("http://h/k", userAgent: "") == nil)
    }
}
