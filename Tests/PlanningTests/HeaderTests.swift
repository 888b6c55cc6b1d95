import Planning
import Testing
import Vocabulary

@Suite struct HeaderTests {
    @Test func theFirstRuleThatMatchesDecidesAndStandsAboveTheCommonOnes() throws {
        let rules = HeaderRules(
            common: HeaderSet(["cache-control": "max-age=60", "x-amz-meta-by": "us"]),
            rules: [
                .init(try Glob("photos/**"), HeaderSet(["cache-control": "max-age=31536000", "content-disposition": "inline"])),
                .init(try Glob("*.jpg"), HeaderSet(["content-disposition": "attachment", "content-type": "image/x-own"])),
            ], above: HeaderSet(["x-amz-acl": "private"]))
        #expect(
            rules.headers(for: Key("index.html"))
                == HeaderSet([
                    "content-type": "text/html; charset=utf-8", "cache-control": "max-age=60", "x-amz-meta-by": "us",
                    "x-amz-acl": "private",
                ]))
        #expect(
            rules.headers(for: Key("photos/a.jpg"))
                == HeaderSet([
                    "content-type": "image/jpeg", "cache-control": "max-age=31536000", "content-disposition": "inline",
                    "x-amz-meta-by": "us", "x-amz-acl": "private",
                ]))
        #expect(rules.headers(for: Key("a.jpg"))["content-type"] == "image/x-own")
    }

    @Test func filesOfAKindShareTheirHeaders() throws {
        let rules = HeaderRules(rules: [.init(try Glob("b/**"), HeaderSet(["expires": "0"]))])
        #expect(rules.kind(of: Key("a/x.JPG")) == rules.kind(of: Key("y.jpeg")))
        #expect(rules.kind(of: Key("a/x.jpg")) != rules.kind(of: Key("b/x.jpg")))
        for path in ["a/x.jpg", "b/x.jpg", "noext"].map({ Key($0) }) {
            #expect(rules.headers(of: rules.kind(of: path)) == rules.headers(for: path))
        }
    }

    struct Row: Sendable {
        var wanted: [String: String]
        var shown: [String: String]
        var drift: [String]
    }

    static let table = [
        Row(wanted: ["content-type": "text/html; charset=utf-8"], shown: ["content-type": "text/html;charset=UTF-8"], drift: []),
        Row(wanted: ["content-type": "text/html"], shown: ["content-type": "text/plain"], drift: ["content-type"]),
        Row(wanted: ["content-type": "text/html"], shown: [:], drift: ["content-type"]),
        Row(wanted: ["content-type": "a/b"], shown: ["content-type": "a/b", "cache-control": "no-cache"], drift: ["cache-control"]),
        Row(wanted: ["content-type": "a/b", "cache-control": "no-cache"], shown: ["content-type": "a/b"], drift: ["cache-control"]),
        Row(
            wanted: ["content-type": "a/b", "content-encoding": "gzip"],
            shown: ["content-type": "a/b", "content-encoding": "aws-chunked,gzip"], drift: []),
        Row(wanted: ["content-type": "a/b"], shown: ["content-type": "a/b", "content-encoding": "aws-chunked"], drift: []),
        Row(wanted: ["content-type": "a/b"], shown: ["content-type": "a/b", "content-encoding": ""], drift: []),
        // Metadata of others is theirs; ours must be there.
        Row(wanted: ["content-type": "a/b"], shown: ["content-type": "a/b", "x-amz-meta-mtime": "1"], drift: []),
        Row(wanted: ["content-type": "a/b", "x-amz-meta-k": "v"], shown: ["content-type": "a/b"], drift: ["x-amz-meta-k"]),
        // The standard class is not told.
        Row(wanted: ["content-type": "a/b", "x-amz-storage-class": "STANDARD"], shown: ["content-type": "a/b"], drift: []),
        Row(
            wanted: ["content-type": "a/b", "x-amz-storage-class": "STANDARD_IA"], shown: ["content-type": "a/b"],
            drift: ["x-amz-storage-class"]),
        // What a HEAD cannot show is no drift.
        Row(
            wanted: ["content-type": "a/b", "x-amz-acl": "public-read", "x-amz-tagging": "a=b"], shown: ["content-type": "a/b"], drift: []),
    ]

    @Test(arguments: table) func drift(_ row: Row) {
        #expect(HeaderSet(row.wanted).drift { row.shown[$0] } == row.drift)
    }
}
