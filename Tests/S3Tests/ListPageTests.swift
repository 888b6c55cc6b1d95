import Testing
import Vocabulary

@testable import S3

/// Pages as servers write them, and as they must not be taken for pages.
@Suite struct ListPageTests {
    static func page(_ rows: String, head: String = "<IsTruncated>false</IsTruncated><EncodingType>url</EncodingType>") -> String {
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Name>b</Name>\(head)\(rows)</ListBucketResult>"
    }

    static func row(_ key: String, size: String = "1", etag: String = "&quot;e&quot;") -> String {
        "<Contents><Key>\(key)</Key><LastModified>2024-06-15T10:30:45.000Z</LastModified><ETag>\(etag)</ETag><Size>\(size)</Size>"
            + "<StorageClass>STANDARD</StorageClass></Contents>"
    }

    static func parse(_ text: String, prefix: String = "", after: Key? = nil) throws -> ListPage {
        try ListPageParser.parse([UInt8](text.utf8), prefix: [UInt8](prefix.utf8), after: after)
    }

    @Test func readsARow() throws {
        let page = try Self.parse(
            Self.page(Self.row("a/b.jpg", size: "1234567890123", etag: "&quot;9b2cf535f27731c974343645a3985328-2&quot;")))
        #expect(
            Array(page) == [
                RemoteObject(
                    key: Key("a/b.jpg"), size: 1_234_567_890_123, etag: ETag("9b2cf535f27731c974343645a3985328-2"),
                    lastModified: "2024-06-15T10:30:45.000Z")
            ])
        #expect(page.nextToken == nil)
        #expect(page.disorder.isSound)
    }

    /// A folder stands for all that lies in it; its name is encoded as keys are.
    @Test func readsFoldersAndStorageClasses() throws {
        let folders = ["a%20b/", "outside/", "a%2Bc/"].map { "<CommonPrefixes><Prefix>\($0)</Prefix></CommonPrefixes>" }.joined()
        let page = try Self.parse(Self.page(Self.row("a.jpg") + folders), prefix: "a")
        #expect(page.folders == [Key("a b/"), Key("a+c/")])
        #expect(page.count == 1 && page.storageClass(of: 0) == "STANDARD")
        // A server that has only ListObjects goes on from the last of both.
        let cut = try Self.parse(
            Self.page(Self.row("a.jpg") + folders, head: "<IsTruncated>true</IsTruncated><EncodingType>url</EncodingType>"), prefix: "a")
        #expect(cut.nextToken == "a.jpg")
        let folderLast = try Self.parse(
            Self.page(Self.row("a") + folders, head: "<IsTruncated>true</IsTruncated><EncodingType>url</EncodingType>"), prefix: "a")
        #expect(folderLast.nextToken == "a+c/")
    }

    @Test func readsAnEmptyBucket() throws {
        #expect(try Self.parse(Self.page("")).isEmpty)
        #expect(try Self.parse(Self.page("", head: "<Prefix/><KeyCount>0</KeyCount><IsTruncated>false</IsTruncated>")).isEmpty)
    }

    /// A literal plus sign is `%2B` on every server; a bare one is a space, as is `%20`.
    @Test(arguments: [
        ("a+b", "a b"), ("a%20b", "a b"), ("a%2Bb", "a+b"), ("a%2bb", "a+b"), ("a%2Fb", "a/b"), ("a/b", "a/b"), ("%25", "%"),
        ("a%252Fb", "a%2Fb"),
        ("%C3%A9", "é"), ("e%CC%81", "e\u{301}"), ("%F0%9F%98%80", "😀"), ("%01%0A%7F", "\u{1}\n\u{7f}"), ("a&amp;b", "a&b"),
        ("a%26b", "a&b"),
        ("é", "é"), ("&#x2B;", " "), ("<![CDATA[a%3Cb]]>", "a<b"), ("a<!-- x -->%20<![CDATA[b]]>c", "a bc"), ("&lt;&quot;&gt;", "<\">"),
        ("//a/../.", "//a/../."),
    ]) func decodesKeys(_ wire: String, _ key: String) throws {
        #expect(try Self.parse(Self.page(Self.row(wire))).map(\.key) == [Key(key)])
        // The element that says so may stand behind the rows.
        let late = Self.page(Self.row(wire) + "<EncodingType>url</EncodingType>", head: "<IsTruncated>false</IsTruncated>")
        #expect(try Self.parse(late).map(\.key) == [Key(key)])
    }

    @Test func leavesKeysThatTheServerDidNotEncode() throws {
        let page = try Self.parse(Self.page(Self.row("a%20b+c"), head: "<IsTruncated>false</IsTruncated>"))
        #expect(page.map(\.key) == [Key("a%20b+c")])
    }

    @Test(arguments: ["&quot;x-1&quot;", "\"x-1\"", "x-1", "&#34;x-1&#34;", "<![CDATA[\"x-1\"]]>"])
    func entityTagsComeWithoutQuotationMarks(_ wire: String) throws {
        #expect(try Self.parse(Self.page(Self.row("a", etag: wire))).map(\.etag?.value) == ["x-1"])
    }

    @Test func followsTheToken() throws {
        let head = "<IsTruncated>true</IsTruncated><NextContinuationToken>1/x&amp;y+z==</NextContinuationToken>"
        #expect(try Self.parse(Self.page(Self.row("a"), head: head)).nextToken == "1/x&y+z==")
        // A token on the last page is no reason to ask on.
        let last = "<IsTruncated>false</IsTruncated><NextContinuationToken>t</NextContinuationToken>"
        #expect(try Self.parse(Self.page(Self.row("a"), head: last)).nextToken == nil)
    }

    @Test(arguments: [
        (page("", head: ""), "it does not say whether more rows follow (IsTruncated)"),
        (page("", head: "<IsTruncated>yes</IsTruncated>"), "IsTruncated is neither true nor false"),
        (
            page("", head: "<IsTruncated>true</IsTruncated>"),
            "it says that more rows follow, but not how to ask for them (NextContinuationToken)"
        ),
        (
            page("", head: "<IsTruncated>true</IsTruncated><NextContinuationToken/>"),
            "it says that more rows follow, but not how to ask for them (NextContinuationToken)"
        ),
        (page("<Contents><Size>1</Size></Contents>"), "a row has no Key"),
        (page("<Contents><Key/><Size>1</Size></Contents>"), "a row has no Key"),
        (page("<Contents><Key>a</Key></Contents>"), "a row has no Size"),
        (page(row("a", size: "")), "a Size is not a number"),
        (page(row("a", size: "-1")), "a Size is not a number"),
        (page(row("a", size: "1e3")), "a Size is not a number"),
        (page(row("a", size: "9999999999999999999")), "a Size is not a number"),
        (page(row("a%2")), "a Key is not URL-encoded, though it should be"),
        (page(row("a%zz")), "a Key is not URL-encoded, though it should be"),
        (page(row("%FF")), "a Key is not UTF-8"),
        (page(row("%ED%A0%80")), "a Key is not UTF-8"),
    ]) func refuses(_ text: String, _ reason: String) {
        #expect(throws: XMLFault.content(reason)) { try Self.parse(text) }
    }

    @Test func refusesAnotherDocument() {
        #expect(throws: XMLFault.root(expected: "ListBucketResult", found: "html")) { try Self.parse("<html><body/></html>") }
        #expect(throws: XMLFault.root(expected: "ListBucketResult", found: "Error")) { try Self.parse("<Error><Code>x</Code></Error>") }
    }

    @Test func everyBeginningIsRefused() throws {
        let text = Self.page(Self.row("a%20b") + Self.row("b&amp;c") + Self.row("<![CDATA[d]]>"))
        let bytes = [UInt8](text.utf8)
        #expect(try Self.parse(text).count == 3)
        for count in 0..<bytes.count {
            #expect(throws: count == 0 ? XMLFault.empty : .truncated, "\(count) bytes") {
                try ListPageParser.parse(Array(bytes[..<count]), prefix: [])
            }
        }
    }

    /// Elements of the same names elsewhere are not taken for a row's own.
    @Test func ignoresWhatItDoesNotKnow() throws {
        let extra =
            "<Contents><Owner><ID>i</ID><Key>no</Key><Size>9</Size></Owner><Key>yes</Key><Size>1</Size><Restore><ETag>no</ETag></Restore></Contents>"
            + "<CommonPrefixes><Prefix>p/</Prefix><Key>no</Key></CommonPrefixes><Key>no</Key><Other><Contents><Key>no</Key></Contents></Other>"
        let page = try Self.parse(Self.page(extra))
        #expect(Array(page) == [RemoteObject(key: Key("yes"), size: 1, etag: nil, lastModified: "")])
    }

    @Test func tellsRowsOutsideThePrefix() throws {
        let page = try Self.parse(
            Self.page(["photos-old/x", "photos/a", "photos/b", "zoo"].map { Self.row($0) }.joined()), prefix: "photos/")
        #expect(page.map(\.key) == [Key("photos/a"), Key("photos/b")])
        #expect(page.disorder.outsideCount == 2)
        #expect(page.disorder.firstOutside == Key("photos-old/x"))
        #expect(page.disorder.descending == nil)
        #expect(!page.disorder.isSound)
    }

    @Test(
        arguments: [
            (["a", "b", "c"], nil, nil), (["a", "c", "b"], nil, "b"), (["a", "a"], nil, "a"), (["a/b", "a-b"], nil, "a-b"),
            (["a", "a/b", "a0"], nil, nil),
            (["b"], "b", "b"), (["b"], "c", "b"), (["b"], "a", nil), (["%EF%BF%BF", "%F0%9F%98%80"], nil, nil),
            (["%F0%9F%98%80", "%EF%BF%BF"], nil, "\u{ffff}"),
        ] as [([String], String?, String?)]) func tellsRowsOutOfOrder(_ keys: [String], _ previous: String?, _ descending: String?) throws
    {
        let page = try Self.parse(Self.page(keys.map { Self.row($0) }.joined()), after: previous.map { Key($0) })
        #expect(page.disorder.descending == descending.map { Key($0) })
        #expect(page.count == keys.count)
    }

    @Test func keysAreLentWithoutACopy() throws {
        let page = try Self.parse(Self.page(Self.row("a%20b") + Self.row("c")))
        #expect(page.withKeyBytes(0) { Array($0) } == [UInt8]("a b".utf8))
        #expect(page.withKeyBytes(1) { Array($0) } == [UInt8]("c".utf8))
    }
}
