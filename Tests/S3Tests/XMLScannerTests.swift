import Testing

@testable import S3

/// Strictness: what is understood, and that nothing else is.
@Suite struct XMLScannerTests {
    /// The document's text, elements in brackets: `a[b[x]]`.
    static func shape(_ element: XMLElement) -> String {
        element.name + "[" + element.text + element.children.map(shape).joined() + "]"
    }

    @Test(arguments: [
        ("<a/>", "a[]"),
        ("<a></a>", "a[]"),
        ("<a>x</a>", "a[x]"),
        ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a>x</a>\n", "a[x]"),
        ("<?xml version='1.0' encoding='utf-8' standalone='yes'?><a/>", "a[]"),
        ("\u{feff}<a>x</a>", "a[x]"),
        (" \r\n\t<a/> ", "a[]"),
        ("<!-- before --><a><!-- within --></a><!-- after -->", "a[]"),
        ("<a><?php echo ?></a><?after?>", "a[]"),
        ("<a>&lt;&gt;&amp;&quot;&apos;</a>", "a[<>&\"']"),
        ("<a>&#65;&#x42;&#x1F600;&#233;</a>", "a[AB😀é]"),
        ("<a>&#1;&#x85;</a>", "a[\u{1}\u{85}]"),
        ("<a>&amp;lt;</a>", "a[&lt;]"),
        ("<a><![CDATA[<b>&amp;]]]></a>", "a[<b>&amp;]]"),
        ("<a>1<!-- x -->2<![CDATA[3]]>4</a>", "a[1234]"),
        ("<a>é\u{301}中😀</a>", "a[é\u{301}中😀]"),
        ("<s3:a xmlns:s3='http://x/?a>b'><s3:b>1</s3:b></s3:a>", "a[b[1]]"),
        ("<a  b = \"1\"  c='>' ><d e=\"&lt;\"/></a >", "a[d[]]"),
        ("<a>a > b</a>", "a[a > b]"),
        ("<a>x</a><?end?><!---->", "a[x]"),
        ("<a-b.c_1>x</a-b.c_1>", "a-b.c_1[x]"),
        ("<é>x</é>", "é[x]"),
    ]) func understands(_ document: String, _ shape: String) throws {
        #expect(try Self.shape(XMLElement(document: [UInt8](document.utf8))) == shape)
    }

    @Test(
        arguments: [
            ("", .empty),
            (" \n ", .empty),
            ("<!-- only a comment -->", .truncated),
            ("<?xml version=\"1.0\"?>", .truncated),
            ("x<a/>", .malformed("text outside the root element", offset: 0)),
            ("<a/>x", .malformed("text outside the root element", offset: 4)),
            ("<a/><b/>", .malformed("a second root element", offset: 4)),
            ("</a>", .malformed("an end tag without a start tag", offset: 0)),
            ("<a></b>", .malformed("an end tag that does not match its start tag", offset: 3)),
            ("<a></ab>", .malformed("an end tag that does not match its start tag", offset: 3)),
            ("<ab></a>", .malformed("an end tag that does not match its start tag", offset: 4)),
            ("<a><b></a></b>", .malformed("an end tag that does not match its start tag", offset: 6)),
            ("<x:a></y:a>", .malformed("an end tag that does not match its start tag", offset: 5)),
            ("<a></a b='1'>", .malformed("an end tag that does not match its start tag", offset: 3)),
            ("<>x</>", .malformed("a tag without a name", offset: 0)),
            ("< a/>", .malformed("a tag without a name", offset: 0)),
            ("<1/>", .malformed("a tag without a name", offset: 0)),
            ("<x:/>", .malformed("a tag without a name", offset: 0)),
            ("<a b/>", .malformed("an attribute without a value", offset: 4)),
            ("<a b=c/>", .malformed("an attribute without quotation marks", offset: 5)),
            ("<a b='<'/>", .malformed("a < within an attribute", offset: 6)),
            ("<a b='1'c='2'/>", .malformed("a malformed tag", offset: 8)),
            ("<a/ >", .malformed("a stray slash in a tag", offset: 2)),
            ("<a>&nbsp;</a>", .malformed("an unknown or malformed entity", offset: 3)),
            ("<a>&#0;</a>", .malformed("an unknown or malformed entity", offset: 3)),
            ("<a>&#xD800;</a>", .malformed("an unknown or malformed entity", offset: 3)),
            ("<a>&#x110000;</a>", .malformed("an unknown or malformed entity", offset: 3)),
            ("<a>&#99999999999999999999;</a>", .malformed("an unknown or malformed entity", offset: 3)),
            ("<a>&#;&</a>", .malformed("an unknown or malformed entity", offset: 3)),
            ("<a>a & b</a>", .malformed("an unknown or malformed entity", offset: 5)),
            ("<a b='&x;'/>", .malformed("an unknown or malformed entity", offset: 6)),
            ("<a>]]></a>", .malformed("]]> within text", offset: 3)),
            ("<a><!-- -- --></a>", .malformed("-- within a comment", offset: 8)),
            ("<a><!ELEMENT b></a>", .malformed("an unknown declaration", offset: 3)),
            ("<![CDATA[x]]>", .malformed("text outside the root element", offset: 0)),
            ("<!DOCTYPE a><a/>", .doctype(offset: 0)),
            ("<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>", .doctype(offset: 21)),
            ("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a/>", .encoding(offset: 0)),
            ("<a>\u{0}</a>", .encoding(offset: 3)),
            ("<a>\u{1b}</a>", .encoding(offset: 3)),
        ] as [(String, XMLFault)]) func refuses(_ document: String, _ fault: XMLFault)
    {
        #expect(throws: fault) { try XMLElement(document: [UInt8](document.utf8)) }
    }

    @Test(
        arguments: [
            [0x80], [0xc3], [0xc0, 0xaf], [0xc1, 0x81], [0xe0, 0x80, 0x80], [0xed, 0xa0, 0x80], [0xf0, 0x80, 0x80, 0x80],
            [0xf4, 0x90, 0x80, 0x80],
            [0xf8, 0x88, 0x80, 0x80, 0x80], [0xff], [0xe2, 0x82], [0xf0, 0x9f, 0x98],
        ] as [[UInt8]]) func refusesWhatIsNotUTF8(_ bytes: [UInt8])
    {
        // Behind enough text for both the wide and the narrow check to meet it.
        for padding in [0, 1, 31, 32, 63] {
            let head = [UInt8]("<a>".utf8) + [UInt8](repeating: 0x78, count: padding)
            #expect(throws: XMLFault.encoding(offset: head.count)) { try XMLElement(document: head + bytes + [UInt8]("</a>".utf8)) }
        }
    }

    /// Every beginning of a document is refused as cut off, never taken for whole and never for something else.
    @Test func everyBeginningIsTruncated() throws {
        let document =
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- c --><r:a xmlns:r=\"http://x/\" q='&quot;'><b>x &amp; y&#x20AC;</b><c/><![CDATA[z]]><?p i?></r:a>"
        let bytes = [UInt8](document.utf8)
        _ = try XMLElement(document: bytes)
        for count in 0..<bytes.count {
            #expect(throws: count == 0 ? XMLFault.empty : .truncated, "\(count) bytes") { try XMLElement(document: Array(bytes[..<count])) }
        }
        // Cut within a character, it is not UTF-8 either.
        let cut = [UInt8]("<a>é".utf8).dropLast()
        #expect(throws: XMLFault.encoding(offset: 3)) { try XMLElement(document: Array(cut)) }
    }

    @Test func boundsSizeDepthAndNumber() {
        #expect(throws: XMLFault.tooLarge(limit: 10)) { try XMLElement(document: [UInt8]("<a>12345678</a>".utf8), maximumBytes: 10) }
        let depth = XMLScanner.maximumDepth
        let deep = String(repeating: "<a>", count: depth + 1)
        #expect(throws: XMLFault.tooDeep(limit: depth)) { try XMLElement(document: [UInt8](deep.utf8)) }
        let deepest = String(repeating: "<a>", count: depth) + String(repeating: "</a>", count: depth)
        #expect(throws: Never.self) { try XMLElement(document: [UInt8](deepest.utf8)) }
        let many = "<a>" + String(repeating: "<b/>", count: XMLElement.maximumElements) + "</a>"
        #expect(throws: XMLFault.tooMany(limit: XMLElement.maximumElements)) { try XMLElement(document: [UInt8](many.utf8)) }
    }

    /// 100 MB are refused by their size alone, and a billion laughs at its first declaration.
    @Test func hostileDocumentsCostNothing() {
        let huge = [UInt8](repeating: UInt8(ascii: "<"), count: 100_000_000)
        #expect(throws: XMLFault.tooLarge(limit: 16 << 20)) { try XMLElement(document: huge) }
        #expect(throws: XMLFault.tooLarge(limit: 16 << 20)) { try ListPageParser.parse(huge, prefix: []) }
        let laughs = """
            <?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol1 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;">]>
            <ListBucketResult><IsTruncated>false</IsTruncated><Prefix>&lol1;</Prefix></ListBucketResult>
            """
        #expect(throws: XMLFault.doctype(offset: 21)) { try ListPageParser.parse([UInt8](laughs.utf8), prefix: []) }
    }

    @Test func rootIsChecked() {
        #expect(throws: XMLFault.root(expected: "CORSConfiguration", found: "ListBucketResult")) {
            try XMLElement(document: [UInt8]("<ListBucketResult/>".utf8), root: "CORSConfiguration")
        }
    }

    /// Random damage to a sound document ends in a document or a fault, never in a crash or a read beyond its end.
    @Test func damageNeverCrashes() {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SplitMix64(seed)
        let sound = [UInt8]("<?xml version='1.0'?><a x='1'><b>&amp;&#x41;</b><![CDATA[c]]><!--d--><e/></a>".utf8)
        let spice = [UInt8]("<>&;#x/'\"![]-?=: aé\0".utf8)
        var (documents, refused) = (0, 0)
        for _ in 0..<20_000 {
            var bytes = sound
            for _ in 0...Int.random(in: 0...3, using: &random) {
                guard let at = bytes.indices.randomElement(using: &random), let byte = spice.randomElement(using: &random) else { break }
                switch Int.random(in: 0...2, using: &random) {
                case 0: bytes[at] = byte
                case 1: bytes.remove(at: at)
                default: bytes.insert(byte, at: at)
                }
            }
            // An exact allocation, so that a sanitizer sees every read beyond it.
            do throws(XMLFault) {
                let root = try XMLElement(document: Array(bytes))
                #expect(!root.name.isEmpty, "seed \(seed)")
                documents += 1
            } catch {
                refused += 1
            }
            // Whatever the damage, this is no listing.
            #expect(throws: (any Error).self, "seed \(seed)") { try ListPageParser.parse(Array(bytes), prefix: []) }
        }
        // Damage to an attribute or to text leaves a document, most other does not: else one of the two was never tried.
        #expect(documents > 0 && refused > 0, "seed \(seed): \(documents) documents, \(refused) refused")
    }
}
