import Testing
import Vocabulary

@Suite struct HeaderSetTests {
    @Test func aNameHasOneValueInWhateverCase() {
        var set = HeaderSet()
        set["Cache-Control"] = "no-cache"
        set["cache-control"] = "max-age=60"
        set["Content-Type"] = "image/jpeg"
        #expect(set.fields.map(\.name) == ["cache-control", "content-type"])
        #expect(set["CACHE-CONTROL"] == "max-age=60")
        set["Cache-control"] = nil
        #expect(set.fields.map(\.name) == ["content-type"])
    }

    @Test func theOrderOfSayingDoesNotCount() {
        var a = HeaderSet(["x-amz-meta-b": "1", "x-amz-meta-a": "2", "expires": "0"])
        var b = HeaderSet()
        for (name, value) in [("Expires", "0"), ("x-amz-meta-a", "2"), ("X-Amz-Meta-B", "1")] { b[name] = value }
        #expect(a == b && a.canonicalBytes == b.canonicalBytes)
        #expect(String(decoding: a.canonicalBytes, as: UTF8.self) == "expires:0\nx-amz-meta-a:2\nx-amz-meta-b:1\n")
        a["expires"] = "1"
        #expect(a.canonicalBytes != b.canonicalBytes)
    }

    @Test func mergingTakesTheOthersValues() {
        var set = HeaderSet(["a": "1", "b": "2"])
        set.merge(HeaderSet(["B": "3", "c": "4"]))
        #expect(set == HeaderSet(["a": "1", "b": "3", "c": "4"]))
    }
}
