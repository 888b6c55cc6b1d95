import S3
import Testing

@Suite struct CredentialsRedactionTests {
    let credentials = Credentials(accessKeyID: "AKIAPUBLICPART", secretAccessKey: "the-secret", sessionToken: "the-token", expires: 7)

    private struct Holder {
        let name = "holder"
        let credentials: Credentials?
    }

    @Test func nothingPrintsASecret() {
        var dumped = ""
        dump(credentials, to: &dumped)
        dump(Holder(credentials: credentials), to: &dumped)
        dump([credentials: [credentials]], to: &dumped)
        let texts = [
            "\(credentials)", String(describing: credentials), String(reflecting: credentials), String(reflecting: Optional(credentials)),
            "\(Holder(credentials: credentials))", "\([credentials])", dumped, credentials.debugDescription,
            "\(Mirror(reflecting: credentials).children.map { "\($0.value)" })",
        ]
        for text in texts {
            #expect(!text.contains("secret\"") && !text.contains("the-secret") && !text.contains("the-token"), "\(text)")
            #expect(!text.contains("PUBLICPART"), "\(text)")
        }
        #expect("\(credentials)" == "Credentials(AKIA…)")
    }

    @Test func anEmptyTokenIsNone() {
        #expect(Credentials(accessKeyID: "a", secretAccessKey: "b", sessionToken: "").sessionToken == nil)
    }
}
