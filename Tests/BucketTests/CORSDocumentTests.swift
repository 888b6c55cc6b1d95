import Bucket
import Testing
import Vocabulary

@Suite struct CORSDocumentTests {
    static let rules = [
        CORSRule(
            id: "app", allowedOrigins: ["https://*.example.com", "http://localhost:3000"], allowedMethods: ["PUT", "GET"],
            allowedHeaders: ["*"], exposeHeaders: ["ETag", "x-amz-id-2"], maxAgeSeconds: 3000),
        CORSRule(id: nil, allowedOrigins: ["*"], allowedMethods: ["GET"]),
        CORSRule(id: "a \"b\" \\ <&>\u{7f}é\n", allowedOrigins: ["https://a"], allowedMethods: ["HEAD"], maxAgeSeconds: 0),
    ]

    @Test func jsonIsReadBack() throws {
        #expect(try CORSJSON.parse(Array(CORSJSON.render(Self.rules).utf8)) == Self.rules)
        #expect(try CORSJSON.parse(Array(CORSJSON.render([]).utf8)) == [])
    }

    @Test func jsonHasTheFormOfAWS() {
        #expect(
            CORSJSON.render([Self.rules[0]]) == """
                {
                  "CORSRules": [
                    {
                      "ID": "app",
                      "AllowedHeaders": ["*"],
                      "AllowedMethods": ["PUT", "GET"],
                      "AllowedOrigins": ["https://*.example.com", "http://localhost:3000"],
                      "ExposeHeaders": ["ETag", "x-amz-id-2"],
                      "MaxAgeSeconds": 3000
                    }
                  ]
                }

                """)
    }

    @Test func theConsolesBareArrayIsRead() throws {
        let text = #"[{"AllowedHeaders": [], "AllowedMethods": ["GET"], "AllowedOrigins": ["*"], "ExposeHeaders": []}]"#
        #expect(try CORSJSON.parse(Array(text.utf8)) == [Self.rules[1]])
    }

    @Test(arguments: [
        ("", CORSDocumentError.notJSON), ("{", .notJSON), ("<CORSConfiguration/>", .notJSON),
        (#"{"Rules": []}"#, .shape("Rules")), ("{}", .shape("CORSRules")), (#"{"CORSRules": {}}"#, .shape("CORSRules")), ("7", .shape("")),
        (#"[{"AllowedOrigin": ["*"], "AllowedMethods": ["GET"]}]"#, .shape("[0].AllowedOrigin")),
        (#"[{"AllowedOrigins": "*", "AllowedMethods": ["GET"]}]"#, .shape("[0].AllowedOrigins")),
        (#"[{"AllowedOrigins": [1], "AllowedMethods": ["GET"]}]"#, .shape("[0].AllowedOrigins.[0]")),
        (#"[{"AllowedMethods": ["GET"]}]"#, .rule(CORSRuleName(number: 1, id: nil), .noOrigin)),
        (#"[{"ID": "x", "AllowedOrigins": ["*"]}]"#, .rule(CORSRuleName(number: 1, id: "x"), .noMethod)),
        (#"[{"AllowedOrigins": ["*"], "AllowedMethods": ["PATCH"]}]"#, .rule(CORSRuleName(number: 1, id: nil), .method("PATCH"))),
        (#"[{"AllowedOrigins": ["*.*"], "AllowedMethods": ["GET"]}]"#, .rule(CORSRuleName(number: 1, id: nil), .wildcards("*.*"))),
        (
            #"[{"AllowedOrigins": ["*"], "AllowedMethods": ["GET"], "MaxAgeSeconds": -1}]"#,
            .rule(CORSRuleName(number: 1, id: nil), .maxAge(-1))
        ),
    ])
    func refuses(_ text: String, _ error: CORSDocumentError) {
        #expect(throws: error) { try CORSJSON.parse(Array(text.utf8)) }
    }

    @Test func xmlHasTheFormOfS3() {
        #expect(
            CORSXML.render([
                CORSRule(id: "a<&>\r", allowedOrigins: ["*"], allowedMethods: ["GET"], exposeHeaders: ["ETag"], maxAgeSeconds: 1)
            ]) == """
                <?xml version="1.0" encoding="UTF-8"?>
                <CORSConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/">
                  <CORSRule>
                    <ID>a&lt;&amp;&gt;&#13;</ID>
                    <AllowedOrigin>*</AllowedOrigin>
                    <AllowedMethod>GET</AllowedMethod>
                    <ExposeHeader>ETag</ExposeHeader>
                    <MaxAgeSeconds>1</MaxAgeSeconds>
                  </CORSRule>
                </CORSConfiguration>

                """)
    }

    @Test func plansReadLikeADiff() throws {
        let narrow = CORSRule(id: CORSNeeds.ruleID, allowedOrigins: ["*"], allowedMethods: ["GET"])
        let shadow = CORSRule(id: "old", allowedOrigins: ["*"], allowedMethods: ["GET"])
        let line = "GET, HEAD from *; request headers: *; exposed: ETag; max age: 3600 s"
        let bare = "GET from *; request headers: none; exposed: none; max age: unset"
        #expect(
            CORSText.render(try CORSMerge.plan([shadow, narrow], CORSNeeds())) == """
                - changed  “galleria-deploy”: \(bare)
                +      to  “galleria-deploy”: \(line)
                  kept     “old”: \(bare)
                  order    the gallery's rule is put first, because rule 1 (“old”) would answer in its place

                """)
        #expect(
            CORSText.render(try CORSMerge.plan([shadow], CORSNeeds(), replaceAll: true)) == """
                + added    “galleria-deploy”: \(line)
                - removed  “old”: \(bare)

                """)
        #expect(CORSText.render(try CORSMerge.plan([CORSNeeds().rule], CORSNeeds())) == "CORS: no change\n")
        #expect(CORSText.render([narrow]) == "rule 1 (“galleria-deploy”): \(bare)\n")
    }

    @Test(arguments: [
        ("*", true), ("null", true), ("https://a.example", true), ("http://localhost:3000", true), ("https://*.example.com", true),
        ("*.example.com", true), ("http://[::1]:8080", true), ("https://a.example/", false), ("https://a.example/x", false),
        ("a.example", false), ("localhost:3000", false), ("https://A.example", false), ("https://a.example:443", false),
        ("http://a.example:80", false), ("https://", false), ("", false), ("https://*.*", false), ("https://é", false),
        ("https://a b", false),
    ])
    func originsOfPeopleAreChecked(_ origin: String, _ good: Bool) {
        #expect((CORSRuleFault(CORSNeeds(origins: [origin])) == nil) == good)
    }
}
