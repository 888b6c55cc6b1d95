import Foundation
import TestSupport
import Testing

/// `bucket check`, `plan` and `apply` on real servers, looked at with boto3.
@Suite struct BucketSettingsTests {
    static let declared = """
        bucket:
          lifecycle:
            - name: uploads
              abort-incomplete: 7d
            - name: thumbs
              path: thumbs/
              expire: 400d
              expire-old-versions: 30d
          versioning: enabled
          public-read: true
          tags: [project=gallery, team=a & b]

        """

    /// What radosgw and rclone do not offer.
    static let more = """
          encryption: AES256
          website-index: index.html
          website-error: 404.html

        """

    private func site(_ server: S3Server, _ settings: String, folder: String = "2024") async throws -> Site {
        let site = try await Site(.files(["a.txt": "a"]), on: server)
        try configure(site, settings, folder: folder)
        return site
    }

    private func configure(_ site: Site, _ settings: String, folder: String = "2024") throws {
        try site.folder.write(
            "endpoint-url: \(site.place.endpoint)\ndestination: s3://\(site.bucket.name)/\(folder)\nsource: gallery\ncors: off\n\(settings)",
            to: "galleria-deploy.yml")
    }

    private func settings(_ run: Program.Run) async throws -> [String: String] {
        struct Document: Decodable {
            struct Entry: Decodable {
                let setting: String
                let state: String
            }
            let version: Int
            let settings: [Entry]
        }
        let document = try JSONDecoder().decode(Document.self, from: Data(run.output.utf8))
        #expect(document.version == 1)
        #expect(try await SchemaVerdict.on(run.output, by: "bucket").status == 0)
        return Dictionary(document.settings.map { ($0.setting, $0.state) }) { $1 }
    }

    /// Makes what others have configured: rules of every form, statements and tags.
    private func configureByOthers(_ bucket: RealBucket) async throws {
        try await bucket.call(
            "put_bucket_lifecycle_configuration",
            """
            {"LifecycleConfiguration": {"Rules": [
              {"ID": "theirs", "Filter": {"Prefix": "old/"}, "Status": "Disabled", "Expiration": {"Date": "2040-01-01T00:00:00Z"}},
              {"ID": "tagged", "Filter": {"And": {"Prefix": "p/", "Tags": [{"Key": "k", "Value": "v & <w>"}]}}, "Status": "Enabled",
               "NoncurrentVersionExpiration": {"NoncurrentDays": 5}},
              {"ID": "galleria-uploads@2023/", "Filter": {"Prefix": "2023/"}, "Status": "Enabled",
               "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 9}},
              {"ID": "galleria-gone@2024/", "Filter": {"Prefix": "2024/"}, "Status": "Enabled", "Expiration": {"Days": 9}},
              {"ID": "galleria-thumbs@2024/", "Filter": {"Prefix": "2024/thumbs/"}, "Status": "Enabled", "Expiration": {"Days": 9}}
            ]}}
            """)
        let policy: JSON = [
            "Version": "2012-10-17", "Id": "theirs",
            "Statement": [
                [
                    "Sid": "NoRemoval", "Effect": "Deny", "Principal": "*", "Action": ["s3:DeleteBucket"],
                    "Resource": .string("arn:aws:s3:::\(bucket.name)"),
                    "Condition": ["StringNotEquals": ["aws:username": ["a", "b"]]],
                ]
            ],
        ]
        try await bucket.setPolicy(policy)
        try await bucket.call(
            "put_bucket_tagging", #"{"Tagging": {"TagSet": [{"Key": "theirs", "Value": "<&>"}, {"Key": "project", "Value": "x"}]}}"#)
        _ = try? await bucket.call("delete_public_access_block")
    }

    private struct Rules: Decodable {
        struct Rule: Decodable, Equatable {
            struct Days: Decodable, Equatable { let Days: Int? }
            let ID: String
            let Status: String
            let Expiration: Days?
        }
        let Rules: [Rule]
    }

    private func rules(_ bucket: RealBucket) async throws -> [String: String] {
        let text = try await bucket.call("get_bucket_lifecycle_configuration")
        guard text != "absent", let object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any],
            let list = object["Rules"] as? [[String: Any]]
        else { return [:] }
        return try Dictionary(
            list.map { rule in
                (
                    rule["ID"] as? String ?? "",
                    String(decoding: try JSONSerialization.data(withJSONObject: rule, options: .sortedKeys), as: UTF8.self)
                )
            }
        ) { $1 }
    }

    @Test(arguments: ["radosgw", "ministack"]) func whatIsDeclaredIsSetAndWhatOthersSetStays(_ server: String) async throws {
        let isComplete = server == "ministack"
        let site = try await site(isComplete ? .ministack : .radosgw, Self.declared + (isComplete ? Self.more : ""))
        try await configureByOthers(site.bucket)
        let before = try await rules(site.bucket)

        let check = try await site.run(["bucket", "check"])
        #expect(check.status == 2 && check.output.contains("lifecycle: differs"), "\(check)")
        let plan = try await site.run(["bucket", "plan"])
        #expect(plan.status == 0, "\(plan)")
        for words in [
            "kept     “theirs”", "kept     “galleria-uploads@2023/”", "removed  “galleria-gone@2024/”", "changed  “galleria-thumbs@2024/”",
            "added    “galleria-uploads@2024/”", "kept     “NoRemoval”", "kept     theirs=<&>", "changed  project=x",
        ] { #expect(plan.output.contains(words), "\(words)\n\(plan)") }
        #expect(try await rules(site.bucket) == before, "a plan writes nothing")

        let apply = try await site.run(["bucket", "apply"])
        #expect(apply.status == 0 && apply.output.contains("lifecycle: set"), "\(apply)")
        let after = try await rules(site.bucket)
        #expect(
            Set(after.keys) == ["theirs", "tagged", "galleria-uploads@2023/", "galleria-uploads@2024/", "galleria-thumbs@2024/"], "\(after)"
        )
        for id in ["theirs", "tagged", "galleria-uploads@2023/"] { #expect(after[id] == before[id], "\(id)") }
        #expect(after["galleria-thumbs@2024/"]?.contains(#""Days":400"#) == true, "\(after)")
        #expect(after["galleria-thumbs@2024/"]?.contains(#""NoncurrentDays":30"#) == true, "\(after)")
        #expect(after["galleria-uploads@2024/"]?.contains(#""DaysAfterInitiation":7"#) == true, "\(after)")
        #expect(try await site.bucket.call("get_bucket_versioning").contains(#""Status": "Enabled""#))
        let policy = try await site.bucket.call("get_bucket_policy")
        #expect(policy.contains("NoRemoval") && policy.contains("aws:username") && policy.contains("GalleriaPublicRead"), "\(policy)")
        #expect(policy.contains("\(site.bucket.name)/2024/*"), "\(policy)")
        let tags = try await site.bucket.call("get_bucket_tagging")
        for tag in ["<&>", "gallery", "a & b"] { #expect(tags.contains(tag), "\(tags)") }
        if isComplete {
            #expect(try await site.bucket.call("get_bucket_encryption").contains("AES256"))
            let website = try await site.bucket.call("get_bucket_website")
            #expect(website.contains("index.html") && website.contains("404.html"), "\(website)")
        }

        // Whoever has no keys reads what lies in the folder, and nothing else.
        try await site.bucket.put("2024/open.txt", "open")
        try await site.bucket.put("closed.txt", "closed")
        if !isComplete {
            for (key, status) in [("2024/open.txt", 200), ("closed.txt", 403)] {
                let url = "\(site.place.endpoint)/\(site.bucket.name)/\(key)"
                let answer = try await Program.run([
                    "/usr/bin/curl", "--silent", "--output", "/dev/null", "--write-out", "%{http_code}", url,
                ])
                #expect(answer.output == "\(status)", "\(key)")
            }
        }

        // A second time nothing is written.
        var recorded = site
        let recorder = try await Recorder(before: site.place)
        recorded.place = recorder.place
        try configure(recorded, Self.declared + (isComplete ? Self.more : ""))
        let again = try await recorded.run(["bucket", "apply", "--format", "json"])
        #expect(again.status == 0, "\(again)")
        let states = try await settings(again)
        #expect(Set(states.values) == ["as-declared"] && states.count == (isComplete ? 6 : 4), "\(again)")
        #expect(try await recorder.log().allSatisfy { $0.method == "GET" })
        #expect(try await recorded.run(["bucket", "check"]).status == 0)
    }

    @Test func whatIsDeclaredNoMoreGoesAndNeverByARemovalThatIsBlind() async throws {
        let site = try await site(.radosgw, "bucket:\n  public-read: true\n  lifecycle:\n    - name: x\n      expire: 9d\n", folder: "")
        #expect(try await site.run(["bucket", "apply"]).status == 0)
        #expect(try await site.bucket.call("get_bucket_policy").contains("GalleriaPublicRead"))
        try configure(site, "bucket:\n  public-read: false\n  lifecycle: []\n", folder: "")
        let apply = try await site.run(["bucket", "apply"])
        #expect(apply.status == 0 && apply.output.contains("removed"), "\(apply)")
        #expect(try await site.bucket.call("get_bucket_policy") == "absent")
        let rules = try await rules(site.bucket)
        #expect(rules.count == 1 && rules["galleria-x"]?.contains(#""Status":"Disabled""#) == true, "the last rule does nothing\n\(rules)")
        #expect(try await site.run(["bucket", "apply"]).output.contains("lifecycle: as declared"))
        #expect(try await site.run(["bucket", "check"]).status == 0)
    }

    @Test func aStoreThatDoesNotOfferASettingIsToldOfOneByOne() async throws {
        let site = try await site(.rclone, Self.declared + Self.more)
        try await site.bucket.put("2024/a.txt", "a")
        let before = try await site.bucket.snapshot()
        let apply = try await site.run(["bucket", "apply", "--format", "json"])
        #expect(apply.status == 6, "\(apply)")
        let states = try await settings(apply)
        #expect(states.count == 6 && Set(states.values) == ["unsupported"], "\(apply)")
        #expect(try await site.bucket.snapshot() == before)
        let radosgw = try await self.site(.radosgw, Self.declared + Self.more)
        let run = try await radosgw.run(["bucket", "apply", "--format", "json"])
        let there = try await settings(run)
        #expect(run.status == 6 && there.filter { $0.value == "unsupported" }.map(\.key).sorted() == ["encryption", "website"], "\(run)")
        #expect(there["lifecycle"] == "applied" && there["policy"] == "applied", "one does not stop the others\n\(run)")
    }

    @Test func aConnectionDoesNotShutItselfOut() async throws {
        let site = try await site(.radosgw, "bucket:\n  tls-only: true\n")
        let run = try await site.run(["bucket", "apply"])
        #expect(run.status == 4 && run.output.contains("https://"), "\(run)")
        #expect(try await site.bucket.call("get_bucket_policy") == "absent")
    }

    @Test func everyoneMayReadByTheWordOfOthers() async throws {
        let site = try await site(.radosgw, "bucket:\n  public-read: true\n")
        try await site.bucket.publish()
        let met = try await site.run(["bucket", "check"])
        #expect(met.status == 0, "a broader statement suffices\n\(met)")
        try configure(site, "bucket:\n  public-read: false\n")
        let run = try await site.run(["bucket", "check"])
        #expect(run.status == 4 && run.output.contains("statement 1"), "\(run)")
    }

    @Test(arguments: [
        ("lifecycle: [{path: a/, expire: 3d}]", "no name"), ("lifecycle: [{name: a}]", "does nothing"),
        ("lifecycle: [{name: a, expire: 36h}]", "whole days"), ("lifecycle: [{name: a b, expire: 3d}]", "is no name"),
        ("lifecycle: [{name: a, expire: 3d}, {name: a, expire: 4d}]", "two lifecycle rules"),
        ("lifecycle: [{name: a, transition: STANDARD_IA=9d, expire: 9d}]", "before their last transition"),
        ("lifecycle: [{name: a, transition: 30d}]", "is no transition"), ("encryption: customer", "customer's key"),
        ("website-index: a/index.html", "cannot be the page"), ("versioning: on", "none of enabled, suspended"),
        ("lifecycles: []", "Did you mean “lifecycle”"),
    ]) func aDeclarationThatNoStoreTakesIsRefused(_ row: (settings: String, words: String)) async throws {
        let site = try await site(.rclone, "bucket:\n  \(row.settings)\n")
        let run = try await site.run(["bucket", "plan"])
        #expect(run.status == 5 && run.errors.contains(row.words), "\(run)")
    }
}
