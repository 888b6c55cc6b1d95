import HTTP
import Testing

@Suite struct HTTPResponseTests {
    @Test(arguments: [("ETag", "\"1\""), ("etag", "\"1\""), ("Etagx", nil), ("x-a", "first")] as [(String, String?)])
    func findsHeadersWithoutRegardToCase(_ name: String, _ value: String?) {
        let response = HTTPResponse(
            status: 200, headers: [HTTPHeader("ETag", "\"1\""), HTTPHeader("X-A", "first"), HTTPHeader("x-a", "second")], body: [])
        #expect(response.header(name) == value)
    }
}
