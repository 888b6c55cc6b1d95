import S3
import Testing
import Vocabulary

@Suite struct EndpointBucketAddressTests {
    @Test(arguments: [
        ("s3://gallery", "gallery", ""), ("s3://gallery/", "gallery", ""), ("S3://gallery/photos", "gallery", "photos/"),
        ("s3://gallery/photos/", "gallery", "photos/"), ("s3://gallery/a/b c/", "gallery", "a/b c/"),
        ("s3://gallery/100%25/?#", "gallery", "100%25/?#/"), ("s3://gallery/\u{301}x", "gallery", "\u{301}x/"),
        ("s3://gallery/e\u{301}", "gallery", "e\u{301}/"), ("s3://my.gallery.example", "my.gallery.example", ""),
        ("s3://Old_Bucket/x", "Old_Bucket", "x/"), ("s3://gallery/..a/.b", "gallery", "..a/.b/"),
    ])
    func parses(_ text: String, _ bucket: String, _ prefix: String) throws {
        let address = try BucketAddress(parsing: text)
        #expect(address.bucket == bucket)
        #expect(address.prefix.bytes == Array(prefix.utf8))
        #expect(try BucketAddress(parsing: address.description) == address)
    }

    @Test(arguments: [
        ("", BucketAddressError.notAnAddress("")), ("gallery", .notAnAddress("gallery")), ("s3:/gallery", .notAnAddress("s3:/gallery")),
        ("s3://", .noBucket("s3://")), ("s3:///x", .noBucket("s3:///x")),
        ("s3://ab", .bucketName("ab", .length)),
        ("s3://" + String(repeating: "a", count: 256), .bucketName(String(repeating: "a", count: 256), .length)),
        ("s3://gal lery", .bucketName("gal lery", .character(" "))), ("s3://gallerý", .bucketName("gallerý", .character("ý"))),
        ("s3://gallery%2Fx", .bucketName("gallery%2Fx", .character("%"))), ("s3://gallery?x", .bucketName("gallery?x", .character("?"))),
        ("s3://gallery:9000/x", .bucketName("gallery:9000", .character(":"))),
        ("s3://gallery\u{301}/x", .bucketName("gallery\u{301}", .character("\u{301}"))),
        ("s3://-gallery", .bucketName("-gallery", .ends)), ("s3://gallery./x", .bucketName("gallery.", .ends)),
        ("s3://gal..lery", .bucketName("gal..lery", .adjacentDots)), ("s3://127.0.0.1/x", .bucketName("127.0.0.1", .address)),
        ("s3://gallery//x", .prefix("/x", .emptyFolder)), ("s3://gallery/x//", .prefix("x//", .emptyFolder)),
        ("s3://gallery/a//b", .prefix("a//b", .emptyFolder)), ("s3://gallery//", .prefix("/", .emptyFolder)),
        ("s3://gallery/../x", .prefix("../x", .dots)), ("s3://gallery/a/.", .prefix("a/.", .dots)),
        ("s3://gallery/a\nb", .prefix("a\nb", .control)),
        ("s3://gallery/" + String(repeating: "a", count: 1023), .prefix(String(repeating: "a", count: 1023), .length)),
    ])
    func refuses(_ text: String, _ error: BucketAddressError) {
        #expect(throws: error) { try BucketAddress(parsing: text) }
    }

    @Test func messagesShowTheFormAndEscapeNames() {
        #expect(
            BucketAddressError.noBucket("s3:///x").description
                == "“s3:///x” names no bucket. Expected s3://BUCKET/PREFIX, or https://HOST/BUCKET/PREFIX.")
        #expect(!BucketAddressError.notAnAddress("\u{1b}[2J").description.contains("\u{1b}"))
        #expect(BucketAddressError.bucketName("a b", .character(" ")).description.contains("not “ ”"))
    }
}
