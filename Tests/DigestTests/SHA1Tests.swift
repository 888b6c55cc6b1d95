import Digest
import Testing

@Suite struct SHA1Tests {
    // FIPS 180-4's examples, and the name of a file as sha1sum(1) gives it.
    @Test(arguments: [
        ("abc", "a9993e364706816aba3e25717850c26c9cd0d89d"), ("", "da39a3ee5e6b4b0d3255bfef95601890afd80709"),
        ("https://my-sso-portal.awsapps.com/start", "c7aaaf71fcc8777ae2475525ed049d39fe16c484"),
    ])
    func digests(_ text: String, _ hex: String) {
        #expect(SHA1.hex(of: Array(text.utf8)) == hex)
    }
}
