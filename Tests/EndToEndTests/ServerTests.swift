import Testing
import TestSupport

/// The servers and the independent client themselves: what they cannot do, no other test may rely on.
@Suite struct ServerTests {
    static let oddKeys = [
        ".", "../up", "//x", "/lead", "a b", "a%20b", "a+b", "a/./b", "a//b", "e\u{301}", "\u{e9}", "tab\tx", "x\ny", "~!*'();:@&=+$,?#[]",
        "😀",
    ]

    @Test(arguments: ["radosgw", "ministack"])
    func independentClientSeesKeysByteExact(_ name: String) async throws {
        let bucket = try await RealBucket(on: name == "radosgw" ? .radosgw : .ministack)
        for key in Self.oddKeys { try await bucket.put(key, key) }
        let listed = try await bucket.listing().map(\.keyBytes)
        #expect(Set(listed) == Set(Self.oddKeys.map { [UInt8]($0.utf8) }))
        for key in Self.oddKeys { #expect(try await bucket.body(key) == [UInt8](key.utf8)) }
    }
}
