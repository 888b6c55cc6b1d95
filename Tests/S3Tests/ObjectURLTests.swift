import S3
import Testing
import Vocabulary

@Suite struct ObjectURLTests {
    struct Row: Sendable {
        let url: String
        var known: String?
        let bucket: String
        let key: String
        let style: Endpoint.Style
        var region: String?
        var isSigned = false
    }

    static let rows = [
        Row(
            url: "https://photos.s3.eu-north-1.amazonaws.com/a/b%20c.jpg", bucket: "photos", key: "a/b c.jpg", style: .virtualHost,
            region: "eu-north-1"),
        Row(
            url: "https://s3.eu-north-1.amazonaws.com/photos/a/b%20c.jpg", bucket: "photos", key: "a/b c.jpg", style: .path,
            region: "eu-north-1"),
        Row(url: "https://my.photos.fsn1.your-objectstorage.com/x", bucket: "my.photos", key: "x", style: .virtualHost),
        Row(url: "http://127.0.0.1:9000/photos/%2B/%C3%A5.jpg", bucket: "photos", key: "+/å.jpg", style: .path),
        Row(url: "http://127.0.0.1:9000/photos//a/../b", bucket: "photos", key: "/a/../b", style: .path),
        Row(
            url: "https://photos.store.example/x?X-Amz-Signature=abc#top", known: "https://store.example", bucket: "photos", key: "x",
            style: .virtualHost, isSigned: true),
        Row(url: "https://store.example/s3/photos/x", known: "https://store.example/s3", bucket: "photos", key: "x", style: .path),
        Row(url: "https://store.example:8443/photos/x", known: "https://store.example:8443", bucket: "photos", key: "x", style: .path),
        Row(url: "https://photos.store.example/x/y", bucket: "x", key: "y", style: .path),
        Row(url: "https://store.example/photos", bucket: "photos", key: "", style: .path),
    ]

    @Test(arguments: rows) func addressesAreTakenApart(_ row: Row) throws {
        let known = try row.known.map { try Endpoint(parsing: $0) }
        let url = try ObjectURL(parsing: row.url, known: known)
        #expect(url.bucket == row.bucket && url.key == Key(row.key) && url.style == row.style, "\(url)")
        #expect(url.region == row.region && url.isSigned == row.isSigned)
        // And back.
        guard !url.key.bytes.isEmpty, !row.isSigned else { return }
        let built = url.endpoint.url(bucket: url.bucket, key: url.key, style: url.style)
        if row.known != nil || url.style == .path { #expect(built == row.url.replacing("/..", with: "/..")) }
    }

    @Test(arguments: [
        ("photos/x", ObjectURL.Fault.notAnAddress), ("https://", .notAnAddress), ("https://store.example/", .noBucket),
        ("https://store.example/b/%f", .encoding), ("https://store.example/b/%ff", .encoding),
    ]) func whatIsNoneIsRefused(_ text: String, _ fault: ObjectURL.Fault) {
        #expect(throws: fault) { try ObjectURL(parsing: text) }
    }

    @Test func aKeyIsLiteralInAnS3Address() throws {
        let address = try ObjectAddress(parsing: "s3://photos/a//b%20/../c?d#e/")
        #expect(address.bucket == "photos" && address.key == Key("a//b%20/../c?d#e/"))
        #expect(try ObjectAddress(parsing: "S3://photos").key == Key(""))
        #expect(throws: BucketAddressError.self) { try ObjectAddress(parsing: "s3:///x") }
    }

    @Test func aVisitorsAddressLeadsBackToThePath() throws {
        let address = VisitorAddress("https://cdn.example/gallery", .contentNetwork)
        #expect(address.path(of: address.url(of: Key("a b/ö?.jpg"))) == Key("a b/ö?.jpg"))
        #expect(address.path(of: "https://cdn.example/gallery/x?v=1#y") == Key("x"))
        #expect(address.path(of: "https://cdn.example/gallery-2/x") == nil && address.path(of: "https://cdn.example/gallery/") == nil)
    }
}
