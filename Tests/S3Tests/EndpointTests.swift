import S3
import Testing
import Vocabulary

@Suite struct EndpointTests {
    @Test(arguments: [
        ("https://fsn1.your-objectstorage.com", "https://fsn1.your-objectstorage.com", Endpoint.Style.path),
        ("fsn1.your-objectstorage.com", "https://fsn1.your-objectstorage.com", .path),
        ("HTTP://LocalHost:9000/", "http://localhost:9000", .path),
        ("localhost:9000", "https://localhost:9000", .path),
        ("  https://host \n", "https://host", .path),
        ("https://host:443", "https://host", .path),
        ("http://host:80/", "http://host", .path),
        ("https://host:80", "https://host:80", .path),
        ("http://host:", "http://host", .path),
        ("https://host.", "https://host", .path),
        ("http://127.0.0.1:7480", "http://127.0.0.1:7480", .path),
        ("http://[::1]:7480", "http://[::1]:7480", .path),
        ("http://[2001:DB8::1]/s3", "http://[2001:db8::1]/s3", .path),
        ("http://[::ffff:10.0.0.1]", "http://[::ffff:10.0.0.1]", .path),
        ("https://project.supabase.co/storage/v1/s3/", "https://project.supabase.co/storage/v1/s3", .path),
        ("https://host/c%20d/%7e", "https://host/c%20d/~", .path),
        ("http://s3_server:9000", "http://s3_server:9000", .path),
        ("https://s3.eu-central-1.amazonaws.com", "https://s3.eu-central-1.amazonaws.com", .virtualHost),
        ("https://s3.cn-north-1.amazonaws.com.cn", "https://s3.cn-north-1.amazonaws.com.cn", .virtualHost),
        ("https://notamazonaws.com", "https://notamazonaws.com", .path),
    ])
    func parses(_ text: String, _ canonical: String, _ style: Endpoint.Style) throws {
        let endpoint = try Endpoint(parsing: text)
        #expect(endpoint.description == canonical)
        #expect(endpoint.style == style)
        #expect(try Endpoint(parsing: canonical) == endpoint)
    }

    @Test(arguments: [
        ("", EndpointError.empty), ("  ", .empty),
        ("ftp://host", .scheme("ftp", in: "ftp://host")),
        ("https://key:secret@host", .userInfo), ("https://host/a@b", .userInfo), ("https://\u{301}key:secret@host", .userInfo),
        ("https://host/?x=1", .queryOrFragment(in: "https://host/?x=1")), ("https://host#x", .queryOrFragment(in: "https://host#x")),
        ("https://", .host("", in: "https://")), ("https:///x", .host("", in: "https:///x")),
        ("https://a..b", .host("a..b", in: "https://a..b")), ("https://-a", .host("-a", in: "https://-a")),
        ("https://höst", .host("höst", in: "https://höst")), ("https://a b", .host("a b", in: "https://a b")),
        ("https://127.0.0.256", .host("127.0.0.256", in: "https://127.0.0.256")), ("https://127.1", .host("127.1", in: "https://127.1")),
        ("https://[::1", .host("[::1", in: "https://[::1")), ("https://[::1]x", .host("[::1]x", in: "https://[::1]x")),
        ("https://[1::2::3]", .host("[1::2::3]", in: "https://[1::2::3]")),
        ("https://[fe80::1%25eth0]", .host("[fe80::1%25eth0]", in: "https://[fe80::1%25eth0]")),
        ("https://[1:2:3:4:5:6:7]", .host("[1:2:3:4:5:6:7]", in: "https://[1:2:3:4:5:6:7]")), ("https://[]", .host("[]", in: "https://[]")),
        ("https://::1", .port(":1", in: "https://::1")), ("https://h:0", .port("0", in: "https://h:0")),
        ("https://h:65536", .port("65536", in: "https://h:65536")), ("https://h:+80", .port("+80", in: "https://h:+80")),
        ("https://h/a/../b", .path("/a/../b", in: "https://h/a/../b")), ("https://h/%2e%2e", .path("/%2e%2e", in: "https://h/%2e%2e")),
        ("https://h/%zz", .path("/%zz", in: "https://h/%zz")), ("https://h/%0a", .path("/%0a", in: "https://h/%0a")),
        ("https://h/a b", .path("/a b", in: "https://h/a b")),
    ])
    func refuses(_ text: String, _ error: EndpointError) {
        #expect(throws: error) { try Endpoint(parsing: text) }
        #expect(!error.description.contains("secret"))
    }

    @Test(
        arguments: [
            ("http://127.0.0.1:9000", nil, "gallery", "127.0.0.1:9000", "http://127.0.0.1:9000/gallery/a%20b?x=1"),
            ("http://[::1]:9000", nil, "gallery", "[::1]:9000", "http://[::1]:9000/gallery/a%20b?x=1"),
            ("http://[::1]:9000", .virtualHost, "gallery", "[::1]:9000", "http://[::1]:9000/gallery/a%20b?x=1"),
            (
                "https://fsn1.your-objectstorage.com", nil, "gallery", "fsn1.your-objectstorage.com",
                "https://fsn1.your-objectstorage.com/gallery/a%20b?x=1"
            ),
            (
                "https://fsn1.your-objectstorage.com", .virtualHost, "gallery", "gallery.fsn1.your-objectstorage.com",
                "https://gallery.fsn1.your-objectstorage.com/a%20b?x=1"
            ),
            ("http://localhost:9000", .virtualHost, "gallery", "gallery.localhost:9000", "http://gallery.localhost:9000/a%20b?x=1"),
            ("https://h/base", nil, "gallery", "h", "https://h/base/gallery/a%20b?x=1"),
            ("https://h/base", .virtualHost, "gallery", "gallery.h", "https://gallery.h/base/a%20b?x=1"),
            ("https://h", .virtualHost, "my.gallery", "my.gallery.h", "https://my.gallery.h/a%20b?x=1"),
            ("https://h", .virtualHost, "My_Gallery", "h", "https://h/My_Gallery/a%20b?x=1"),
            (
                "https://s3.eu-west-1.amazonaws.com", nil, "gallery", "gallery.s3.eu-west-1.amazonaws.com",
                "https://gallery.s3.eu-west-1.amazonaws.com/a%20b?x=1"
            ),
            (
                "https://s3.eu-west-1.amazonaws.com", nil, "my.gallery", "s3.eu-west-1.amazonaws.com",
                "https://s3.eu-west-1.amazonaws.com/my.gallery/a%20b?x=1"
            ),
            (
                "http://s3.eu-west-1.amazonaws.com", nil, "my.gallery", "my.gallery.s3.eu-west-1.amazonaws.com",
                "http://my.gallery.s3.eu-west-1.amazonaws.com/a%20b?x=1"
            ),
            (
                "https://s3.eu-west-1.amazonaws.com", .path, "gallery", "s3.eu-west-1.amazonaws.com",
                "https://s3.eu-west-1.amazonaws.com/gallery/a%20b?x=1"
            ),
        ] as [(String, Endpoint.Style?, String, String, String)])
    func addresses(_ text: String, _ chosen: Endpoint.Style?, _ bucket: String, _ host: String, _ url: String) throws {
        var endpoint = try Endpoint(parsing: text)
        if let chosen { endpoint = endpoint.with(style: chosen) }
        #expect(endpoint.hostHeader(bucket: bucket) == host)
        #expect(endpoint.url(bucket: bucket, encodedKey: "a%20b", query: "x=1") == url)
    }

    @Test func bucketAndServiceAddresses() throws {
        let endpoint = try Endpoint(parsing: "http://h:1/base")
        #expect(endpoint.url() == "http://h:1/base/")
        #expect(endpoint.url(bucket: "gallery", query: "cors") == "http://h:1/base/gallery?cors")
        #expect(endpoint.with(style: .virtualHost).url(bucket: "gallery", query: "cors") == "http://gallery.h:1/base/?cors")
    }

    @Test(
        arguments: [
            ("eu-central-1", [], "https://s3.eu-central-1.amazonaws.com"),
            ("us-east-1", [], "https://s3.us-east-1.amazonaws.com"),
            ("cn-north-1", [], "https://s3.cn-north-1.amazonaws.com.cn"),
            ("us-gov-west-1", [], "https://s3.us-gov-west-1.amazonaws.com"),
            ("eu-west-1", .dualStack, "https://s3.dualstack.eu-west-1.amazonaws.com"),
            ("us-east-2", .fips, "https://s3-fips.us-east-2.amazonaws.com"),
            ("us-east-2", [.fips, .dualStack], "https://s3-fips.dualstack.us-east-2.amazonaws.com"),
            ("eu-west-1", .accelerate, "https://s3-accelerate.amazonaws.com"),
            ("eu-west-1", [.accelerate, .dualStack], "https://s3-accelerate.dualstack.amazonaws.com"),
        ] as [(String, Endpoint.AWSVariant, String)])
    func awsByRegion(_ region: String, _ variant: Endpoint.AWSVariant, _ url: String) throws {
        let endpoint = try Endpoint.aws(region: region, variant: variant)
        #expect(endpoint.description == url)
        #expect(endpoint.isAWS)
        #expect(endpoint.style(for: "gallery") == .virtualHost)
    }

    @Test(arguments: ["", "EU-WEST-1", "evil.example.com/", "a.b", "-a", "eu west", "x#", "é", String(repeating: "a", count: 64)])
    func aRegionNeverBecomesAnotherHost(_ region: String) {
        #expect(throws: EndpointError.region(region)) { try Endpoint.aws(region: region) }
    }

    @Test func someEndpointsAreNeverPublic() throws {
        #expect(try Endpoint(parsing: "https://0123abc.r2.cloudflarestorage.com").publicURL(bucket: "gallery", key: Key("x")) == nil)
    }

    @Test(arguments: [
        ("photos/index.html", "https://fsn1.your-objectstorage.com/gallery/photos/index.html"),
        ("", "https://fsn1.your-objectstorage.com/gallery/"),
        ("sommar på ön/a+b.jpg", "https://fsn1.your-objectstorage.com/gallery/sommar%20p%C3%A5%20%C3%B6n/a%2Bb.jpg"),
    ])
    func publicAddresses(_ key: String, _ url: String) throws {
        #expect(try Endpoint(parsing: "https://fsn1.your-objectstorage.com").publicURL(bucket: "gallery", key: Key(key)) == url)
    }
}
