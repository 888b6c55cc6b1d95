import Testing
import Vocabulary

@testable import S3

/// Destinations that people copy from a browser or a console.
@Suite struct EndpointDestinationTests {
    @Test(
        arguments: [
            ("s3://gallery/photos", "s3://gallery/photos/", nil, nil),
            ("https://gallery.s3.eu-west-1.amazonaws.com", "s3://gallery/", "https://s3.eu-west-1.amazonaws.com", "eu-west-1"),
            ("https://gallery.s3.eu-west-1.amazonaws.com/a/b/", "s3://gallery/a/b/", "https://s3.eu-west-1.amazonaws.com", "eu-west-1"),
            ("https://my.gallery.s3.eu-west-1.amazonaws.com/a", "s3://my.gallery/a/", "https://s3.eu-west-1.amazonaws.com", "eu-west-1"),
            ("https://s3.eu-west-1.amazonaws.com/gallery/a", "s3://gallery/a/", "https://s3.eu-west-1.amazonaws.com", "eu-west-1"),
            ("https://gallery.s3.amazonaws.com/a", "s3://gallery/a/", "https://s3.amazonaws.com", nil),
            (
                "https://gallery.s3.dualstack.eu-west-1.amazonaws.com", "s3://gallery/", "https://s3.dualstack.eu-west-1.amazonaws.com",
                "eu-west-1"
            ),
            ("https://gallery.s3-fips.us-east-2.amazonaws.com", "s3://gallery/", "https://s3-fips.us-east-2.amazonaws.com", "us-east-2"),
            ("https://gallery.s3-accelerate.amazonaws.com", "s3://gallery/", "https://s3-accelerate.amazonaws.com", nil),
            ("https://gallery.s3.cn-north-1.amazonaws.com.cn/x", "s3://gallery/x/", "https://s3.cn-north-1.amazonaws.com.cn", "cn-north-1"),
            ("http://gallery.s3-website.eu-west-1.amazonaws.com/x", "s3://gallery/x/", "http://s3.eu-west-1.amazonaws.com", "eu-west-1"),
            ("https://gallery.fsn1.your-objectstorage.com/x", "s3://gallery/x/", "https://fsn1.your-objectstorage.com", nil),
            ("https://fsn1.your-objectstorage.com/gallery/x", "s3://gallery/x/", "https://fsn1.your-objectstorage.com", nil),
            ("https://gallery.fra1.cdn.digitaloceanspaces.com/", "s3://gallery/", "https://fra1.digitaloceanspaces.com", nil),
            ("https://gallery.s3.us-west-004.backblazeb2.com", "s3://gallery/", "https://s3.us-west-004.backblazeb2.com", "us-west-004"),
            ("https://0123abc.r2.cloudflarestorage.com/gallery", "s3://gallery/", "https://0123abc.r2.cloudflarestorage.com", nil),
            ("https://storage.googleapis.com/gallery/x", "s3://gallery/x/", "https://storage.googleapis.com", nil),
            (
                "HTTPS://Minio.Example:9000/gallery/sommar%20p%C3%A5%20%C3%B6n/", "s3://gallery/sommar på ön/",
                "https://minio.example:9000", nil
            ),
            ("http://[::1]:9000/gallery", "s3://gallery/", "http://[::1]:9000", nil),
            (
                "arn:aws:s3:eu-west-1:123456789012:accesspoint/web", "s3://web-123456789012/",
                "https://s3-accesspoint.eu-west-1.amazonaws.com", "eu-west-1"
            ),
            (
                "s3://arn:aws-cn:s3:cn-north-1:123456789012:accesspoint/web/a/b", "s3://web-123456789012/a/b/",
                "https://s3-accesspoint.cn-north-1.amazonaws.com.cn", "cn-north-1"
            ),
            (
                "arn:aws:s3:eu-west-1:123456789012:accesspoint:web", "s3://web-123456789012/",
                "https://s3-accesspoint.eu-west-1.amazonaws.com", "eu-west-1"
            ),
        ] as [(String, String, String?, String?)])
    func parses(_ text: String, _ address: String, _ endpoint: String?, _ region: String?) throws {
        let destination = try Destination(parsing: text)
        #expect(destination.address.description == address)
        #expect(destination.endpoint?.description == endpoint)
        #expect(destination.region == region)
    }

    @Test(arguments: [
        "https://", "https://host", "https://host/", "https://s3.eu-west-1.amazonaws.com", "https://host//x", "https://host/gallery//x",
        "https://host/gallery/../x", "https://host/gallery/%2e%2e/x", "https://host/gallery?x=1", "https://host/gallery#x",
        "https://host/gallery/%zz",
        "https://host/gallery/%ff", "https://key:hush@host/gallery", "https://ec2.eu-west-1.amazonaws.com/gallery",
        "https://gallery.s3-website-us-east-1.amazonaws.com", "arn:aws:s3:::gallery", "arn:aws:s3:eu-west-1:1:accesspoint/web",
        "arn:aws:s3:eu-west-1:123456789012:accesspoint", "arn:aws:s3:eu-west-1:123456789012:accesspoint/",
        "arn:aws:iam:eu-west-1:123456789012:accesspoint/x",
        "arn:aws-cn:s3:eu-west-1:123456789012:accesspoint/web", "arn:aws:s3:evil.example:123456789012:accesspoint/web",
        "ftp://host/gallery",
        "/home/me/photos", "gallery",
    ])
    func refuses(_ text: String) {
        let error = #expect(throws: BucketAddressError.self) { try Destination(parsing: text) }
        #expect(error?.description.contains("hush") == false)
    }

    @Test func anAccessPointStandsInTheHost() throws {
        let place = try EndpointPlaceTests.resolve(PlaceRequest(destination: "arn:aws:s3:eu-west-1:123456789012:accesspoint/web/a"))
        #expect(
            place.endpoint.value.url(bucket: "web-123456789012", encodedKey: "k")
                == "https://web-123456789012.s3-accesspoint.eu-west-1.amazonaws.com/k")
        #expect(place.region == Sourced("eu-west-1", .flag("the destination")))
    }

    @Test func aWebAddressBringsItsEndpoint() throws {
        let url = "https://gallery.s3.eu-west-1.amazonaws.com/x"
        let place = try EndpointPlaceTests.resolve(PlaceRequest(destination: url), EndpointPlaceTests.own)
        #expect(place.endpoint.value.description == "https://s3.eu-west-1.amazonaws.com")
        #expect(place.region.value == "eu-west-1")
        let byVariable = try EndpointPlaceTests.resolve(["GALLERIA_DESTINATION": url, "AWS_ENDPOINT_URL": "https://stray.example"])
        #expect(byVariable.endpoint == Sourced(place.endpoint.value, .variable("GALLERIA_DESTINATION")))
        #expect(throws: PlaceError.conflict("--endpoint-url", "the destination's own address")) {
            try EndpointPlaceTests.resolve(PlaceRequest(destination: url, endpointURL: "https://other.example"))
        }
    }

    @Test(arguments: [
        ("https://gallery.fsn1.your-objectstorage.com", "gallery", "fsn1.your-objectstorage.com"),
        ("https://gallery.s3.eu-west-1.amazonaws.com", "gallery", "s3.eu-west-1.amazonaws.com"),
    ])
    func anEndpointThatNamesABucketIsRefused(_ url: String, _ bucket: String, _ better: String) {
        #expect(throws: PlaceError.endpointNamesBucket(url, bucket: bucket, better: better, .variable("S3_PUBLIC_ENDPOINT"))) {
            try EndpointPlaceTests.resolve(["S3_PUBLIC_ENDPOINT": url, "S3_PUBLIC_BUCKET": "gallery"])
        }
    }

    @Test func anInterfaceEndpointIsNoBucket() throws {
        let url = "https://bucket.vpce-1a2b3c4d-5e6f.s3.us-east-1.vpce.amazonaws.com"
        #expect(try EndpointPlaceTests.resolve(["AWS_ENDPOINT_URL_S3": url]).endpoint.value.description == url)
    }
}
