import Testing
import Vocabulary

@Suite struct ExtensionSetTests {
    static let set: ExtensionSet = ["jpg", "geojson", "12345678", "webmanifest"]

    @Test(arguments: [
        ("a.jpg", true), ("a.JPG", true), ("x/y.z/a.Jpg", true), ("a.jpeg", false), ("a.jp", false), ("ajpg", false), (".jpg", false),
        ("x/.jpg", false), ("a.jpg/b", false), ("a.", false), ("", false), ("a.geojson", true), ("a.12345678", true),
        ("a.123456789", false),
        ("site.webmanifest", true), ("site.WEBMANIFEST", true), ("site.webmanifesto", false), ("a.\0jpg", false), ("a.jpg\u{301}", false),
    ])
    func holdsAnExtensionInAnyCase(_ key: String, _ isHeld: Bool) {
        #expect(Self.set.contains(Key(key)) == isHeld)
        #expect(["jpg", "geojson", "12345678", "webmanifest"].contains(Key(key).pathExtension) == isHeld)
    }

    @Test func anEmptySetHoldsNothing() {
        let none: ExtensionSet = []
        #expect(!none.contains(Key("a.jpg")) && !none.contains(Key("a")))
    }
}
