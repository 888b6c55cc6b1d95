import Testing
import Vocabulary

@Suite struct ETagTests {
    static let digits = "0cc175b9c0f1b6a831c399e269772661"

    @Test(arguments: [
        ("\"\(digits)\"", digits), (digits, digits), ("W/\"\(digits)\"", digits), ("W/\"x\"", "x"), ("\"\"", ""), ("", ""), ("\"", "\""),
        ("\"0CC175B9C0F1B6A831C399E269772661\"", "0CC175B9C0F1B6A831C399E269772661"), ("\"\(digits)-3\"", "\(digits)-3"),
    ])
    func keepsTheTagAsItIs(_ wire: String, _ value: String) {
        let tag = ETag(wire)
        #expect(tag.value == value)
        #expect(tag.description == value)
    }

    @Test func equalityIsThatOfTheTagNotOfTheDigest() {
        #expect(ETag(Self.digits) == ETag("\"\(Self.digits)\""))
        #expect(ETag(Self.digits) != ETag(Self.digits.uppercased()))
        #expect(ETag(Self.digits).md5 == ETag(Self.digits.uppercased()).md5)
        #expect(ETag(Self.digits).md5?.hex == Self.digits)
        #expect(MD5(hex: Self.digits).map { ETag($0) } == ETag(Self.digits))
    }

    @Test(arguments: ["", "x", "\(digits)-3", "0cc175b9c0f1b6a831c399e26977266", "0cc175b9c0f1b6a831c399e26977266g", "\(digits)0"])
    func isNoDigest(_ wire: String) {
        #expect(ETag(wire).md5 == nil)
    }

    @Test(arguments: [
        ("\(digits)-3", 3), ("\(digits)-10000", 10000), ("\(digits)-0", nil), (digits, nil), ("x-3", nil), ("\(digits)-", nil),
    ])
    func tellsTheNumberOfParts(_ wire: String, _ count: Int?) {
        #expect(ETag(wire).partCount == count)
    }
}
