import Foundation
import TestSupport
import Testing

/// `galleria-deploy whoami`, and `--env-file`.
@Suite struct WhoamiTests {
    @Test func saysWhoseKeysAreUsedAndWhetherTheBucketAnswers() async throws {
        let site = try await Site(.files(["a.txt": "a"]), on: .radosgw)
        let run = try await site.run(["whoami", "s3://\(site.bucket.name)/x"])
        #expect(run.status == 0, "\(run)")
        let rows = Dictionary(
            run.output.split(separator: "\n").map { line in
                let cells = line.split(separator: /\s\s+/).map(String.init)
                return (cells[0], Array(cells.dropFirst()))
            }
        ) { first, _ in first }
        #expect(rows["destination"]?.first == "s3://\(site.bucket.name)/x/", "\(run)")
        #expect(rows["endpoint"] == [site.place.endpoint, "AWS_ENDPOINT_URL_S3"])
        #expect(rows["region"] == ["us-east-1", "AWS_REGION"])
        #expect(rows["addressing"] == ["path", "by rule"])
        #expect(rows["key"] == ["\(site.place.access.prefix(4))…", "AWS_ACCESS_KEY_ID"])
        #expect(rows["bucket"] == ["answers"])
        #expect(!run.description.contains(site.place.secret) && !run.description.contains(site.place.access))
        #expect(try await site.bucket.keys() == [], "something was written")
    }

    struct Document: Decodable {
        struct Said: Decodable {
            let value: String
            let source: String
        }
        struct Keys: Decodable {
            let key: String?
            let error: String?
        }
        struct Answer: Decodable {
            let answers: Bool
            let error: String?
        }
        struct Store: Decodable {
            let name: String
            let etag: String
            let conditional_writes: String
        }
        struct Place: Decodable {
            let store: Store?
            let target: String?
            let destination: Said?
            let credentials: Keys?
            let bucket: Answer?
        }
        let version: Int
        let places: [Place]
    }

    @Test func theTargetsOfAFileAsJSON() async throws {
        let site = try await Site(.files(["a.txt": "a"]), on: .radosgw)
        try site.folder.write(
            """
            source: gallery
            endpoint-url: \(site.place.endpoint)
            targets:
              here: {destination: s3://\(site.bucket.name)}
              nowhere: {destination: s3://no-such-bucket-here}

            """, to: "galleria-deploy.yml")
        let config = ["--config", site.folder.path("galleria-deploy.yml")]
        let run = try await site.run(["whoami", "--format", "json"] + config)
        #expect(run.status == 6, "\(run)")
        let document = try JSONDecoder().decode(Document.self, from: Data(run.output.utf8))
        #expect(document.version == 1 && document.places.map(\.target) == ["here", "nowhere"])
        #expect(document.places.map(\.bucket?.answers) == [true, false])
        // Nobody said what it is; its answers do.
        #expect(document.places[0].store?.name == "Ceph" && document.places[0].store?.etag == "md5")
        #expect(document.places[0].store?.conditional_writes == "unproven")
        #expect(document.places[1].bucket?.error?.contains("--create-bucket") == true)
        #expect(document.places[0].destination?.source == "the target “here”")
        #expect(!run.description.contains(site.place.secret))
        let one = try await site.run(["whoami", "here"] + config)
        #expect(one.status == 0, "\(one)")
        #expect(try await site.run(["whoami", "here", "there"] + config).status == 64)
    }

    @Test func listsEachPlaceWhereNothingIsFound() async throws {
        let folder = try TemporaryFolder("whoami")
        let run = try await Program.run([Executable.path, "whoami"], environment: ["HOME": folder.path])
        #expect(run.status == 5, "\(run)")
        for place in [
            "S3_PUBLIC_ACCESS_KEY", "AWS_ACCESS_KEY_ID", "AWS_WEB_IDENTITY_TOKEN_FILE", folder.path(".aws/credentials"),
            folder.path(".aws/config"), "AWS_ACCESS_SECRET", "AWS_CONTAINER_CREDENTIALS_FULL_URI", "the instance's metadata",
        ] {
            #expect(run.output.contains(place), "\(place)\n\(run)")
        }
    }

    @Test func aWrongSecretIsExit5() async throws {
        let site = try await Site(.files(["a.txt": "a"]), on: .radosgw)
        let run = try await site.run(["whoami", "s3://\(site.bucket.name)"], environment: ["AWS_SECRET_ACCESS_KEY": "wrong-7Yq"])
        #expect(run.status == 5 && run.output.contains("SignatureDoesNotMatch") && !run.description.contains("wrong-7Yq"), "\(run)")
    }

    @Test func anEnvironmentFileSufficesForADeploy() async throws {
        let site = try await Site(.files(["a.txt": "a"]), on: .radosgw)
        let file = """
            # the old program's
            export S3_PUBLIC_ENDPOINT="\(site.place.endpoint)"
            S3_PUBLIC_ACCESS_KEY=\(site.place.access)
            S3_PUBLIC_SECRET_KEY='\(site.place.secret)'
            S3_PUBLIC_BUCKET=\(site.bucket.name)
            GALLERIA_SOURCE=\(site.source)
            S3_PRESIGNED_URL_EXPIRATION=3600

            """
        try site.folder.write(file, to: ".env")
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: site.folder.path(".env"))
        func run(_ words: [String], _ environment: [String: String] = [:]) async throws -> Program.Run {
            try await Program.run(
                [Executable.path] + words, environment: environment.merging(["HOME": site.folder.path("home")]) { $1 },
                folder: site.folder.path)
        }
        let deploy = try await run(["--env-file", ".env", "--no-cors-check"])
        #expect(deploy.status == 0, "\(deploy)")
        #expect(try await site.bucket.keys() == ["a.txt"])
        #expect(deploy.errors.contains("chmod 600 .env"), "\(deploy)")
        #expect(deploy.errors.contains("S3_PRESIGNED_URL_EXPIRATION is set but not used"), "\(deploy)")
        #expect(!deploy.description.contains(site.place.secret))

        let conflict = try await run(["whoami", "--env-file", ".env"], ["S3_PUBLIC_BUCKET": "another-bucket"])
        #expect(conflict.status == 5 && conflict.errors.contains("S3_PUBLIC_BUCKET of .env"), "\(conflict)")
        let missing = try await run(["whoami", "--env-file", "absent.env"])
        #expect(missing.status == 5 && missing.errors.contains("absent.env"), "\(missing)")
    }

    @Test func twoAliasesThatDisagreeAreExit5() async throws {
        let folder = try TemporaryFolder("aliases")
        let run = try await Program.run(
            [Executable.path, "whoami"],
            environment: ["HOME": folder.path, "S3_BUCKET_NAME": "one-bucket", "AWS_OUTFIT_BUCKET": "two-bucket"])
        #expect(run.status == 5 && run.output.contains("S3_BUCKET_NAME") && run.output.contains("AWS_OUTFIT_BUCKET"), "\(run)")
    }
}
