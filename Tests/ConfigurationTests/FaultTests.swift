import Configuration
import TestSupport
import Testing

/// Everything that can be wrong in a file: where it is said to be, and the words that tell what to do.
@Suite struct FaultTests {
    struct Case: CustomTestStringConvertible {
        let text: String
        let at: String
        let words: [String]
        var testDescription: String { text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "⏎") }

        init(_ text: String, _ at: String, _ words: String...) {
            self.text = text
            self.at = at
            self.words = words
        }
    }

    static let table: [Case] = [
        // Keys.
        Case("jbos: 4", "1:1", "“jbos” is no setting", "“jobs”"),
        Case("clock_shift: -4h", "1:1", "“clock-shift”"),
        Case("clockShift: -4h", "1:1", "“clock-shift”"),
        Case("endpoint: https://x", "1:1", "“endpoint” is no setting", "config show"),
        Case("xyzzy: 1", "1:1", "“xyzzy” is no setting", "`galleria-deploy config show` lists all"),
        Case("jobs: 4\njobs: 5", "2:1", "“jobs” stands here again, first in line 1"),
        Case("jobs: 4\n'jobs': 5", "2:1", "first in line 1"),
        Case("{jobs: 4, jobs: 5}", "1:2", "“jobs” stands here again"),
        Case("rules:\n  - model: A\n    model: B", "3:5", "first in line 2"),
        Case("model: NIKON D750", "1:1", "it belongs into a rule"),
        Case("rules:\n  - jobs: 4", "2:5", "it belongs into the target"),
        Case("targets:\n  a:\n    targets:\n      b:", "3:5", "the file's top level"),
        Case("? [a]\n: 1", "1:3", "not a plain word"),
        Case("[a]: 1", "1:1", "not a plain word"),
        // Types.
        Case("jobs: [4]", "1:7", "“jobs” takes auto or a number from 1 to 256, not a list"),
        Case("jobs:\n  a: 1", "2:3", "not a group of settings"),
        Case("rules: x", "1:8", "“rules” takes a list of rules"),
        Case("rules:\n  model: A", "2:3", "“rules” takes a list of rules"),
        Case("rules:\n  - A", "2:5", "a group of settings"),
        Case("- a", "1:1", "a group of settings (`name: value`), not a list"),
        Case("just words", "1:1", "a group of settings (`name: value`), not a single value"),
        Case("privacy: {gps: true}", "1:10", "“privacy” takes one of gps, serial, thumbnail, owner, not a group"),
        Case("privacy: [[gps]]", "1:11", "not a list"),
        Case("source: [a]", "1:9", "“source” takes a folder, not a list"),
        Case("targets: [a]", "1:10", "“targets” takes a group of named targets"),
        // Values, in the words of their own readers.
        Case("jobs: 0", "1:7", "“0” is no number from 1 to 256"),
        Case("jobs: 257", "1:7", "“257”"),
        Case("jobs: 0x10", "1:7", "“0x10” is no number"),
        Case("jobs: 1_0", "1:7", "“1_0” is no number"),
        Case("jobs: ''", "1:7", "“” is no number"),
        Case("jobs: 4 5", "1:7", "“4 5” is no number"),
        Case("delete: yes", "1:9", "“yes” is neither true nor false"),
        Case("delete: True", "1:9", "“True” is neither true nor false"),
        Case("delete: 1", "1:9", "“1” is neither true nor false"),
        Case("max-delete: many", "1:13", "neither a number nor a share"),
        Case("max-delete: 101%", "1:13", "neither a number nor a share"),
        Case("exclude: ['*.tmp', '[']", "1:20", "exclude: ", "lacks the end"),
        Case("exclude: {a: b}", "1:10", "not a group"),
        Case("min-size: 10X", "1:11", "“10X” is no size"),
        Case("max-size: -1", "1:11", "“-1” is no size"),
        Case("destination: my-bucket", "1:14", "Expected s3://BUCKET"),
        Case("destination: s3://b_/x", "1:14", "“b_” cannot be a bucket's name"),
        Case("endpoint-url: ftp://x", "1:15", "neither http nor https"),
        Case("endpoint-url: https://me:pw@x", "1:15", "user name or password"),
        Case("region: ''", "1:9", "the value is empty"),
        Case("public-url: photos.example.com", "1:13", "is no address"),
        Case("cdn-url: https://x/?a=b", "1:10", "is no address"),
        Case("clock-shift: 4 hours", "1:14", "is no clock shift"),
        Case("clock-shift: -4", "1:14", "is no clock shift"),
        Case("time-zone: EST", "1:12", "is no time zone"),
        Case("time-zone: GMT+2", "1:12", "is no time zone"),
        Case("time-zone: +02:10", "1:12", "is no offset"),
        Case("time-zone: Europe/Stokholm", "1:12", "is no time zone"),
        Case("camera-zone: keep\ntime-zone: +02:00", "1:14", "is no zone that a clock can be set to"),
        Case("capture-time: exif", "1:15", "not gps"),
        Case("cors: on", "1:7", "“on” is none of require, warn, off"),
        Case("unicode: nfd", "1:10", "“nfd” is none of keep, nfc"),
        Case("key-case: lowr", "1:11", "“lowr” is none of keep, lower", "“lower”"),
        Case("gzip: yes", "1:7", "“yes” is neither true nor false"),
        Case("gzip: true\nbrotli: true", "1:1", "exclude each other"),
        Case("headers:\n  - gzip: true\n    brotli: true", "2:5", "in this rule, ", "exclude each other"),
        Case("headers:\n  - brotli: true\n    content-encoding: br", "2:5", "in this rule, ", "coded already"),
        Case("headers:\n  - redirect-location: new.html", "2:24", "“new.html” is nowhere to go to"),
        Case("headers:\n  - redirect: /new.html", "2:5", "“redirect” is no setting"),
        Case("metadata: [galleria-source=x]", "1:12", "is the deploy's own"),
        Case("cors: wran", "1:7", "Did you mean “warn”?"),
        Case("cors-origins: [https://a.example, example.com]", "1:35", "“example.com” is no origin"),
        Case("cors-origins: https://a.example/", "1:15", "is no origin"),
        Case("privacy: [gps, serials]", "1:16", "“serials” is none of gps, serial, thumbnail, owner", "“serial”"),
        Case("rules:\n  - path: '[a'", "2:11", "lacks the end of its '['"),
        Case("rules:\n  - path: ''", "2:11", "empty pattern"),
        Case("rules:\n  - from: 15.6.2024", "2:11", "is no capture time"),
        Case("rules:\n  - from: 2024-02-30", "2:11", "is no capture time"),
        Case("rules:\n  - from: 2024-06-15\n    until: 2024-06-14", "2:5", "ends (until: 2024:06:14 23:59:59) before it begins"),
        Case("source: ''", "1:9", "the path is empty"),
        // Contradictions.
        Case("source: a\ncamera-zone: Europe/Berlin", "2:1", "no time-zone says to which"),
        Case("camera-zone: Europe/Berlin\ntime-zone: Asia/Tokyo\ncapture-time: gps", "1:1", "Choose one of them"),
        Case("rules:\n  - model: A\n    camera-zone: +01:00", "2:5", "in this rule, camera-zone"),
        // YAML.
        Case("source: a\n\tjobs: 4", "2:1", "a tab"),
        Case("rules:\n\t- path: a", "2:1", "a tab"),
        Case("jobs: 4\n---\njobs: 5", "3:1", "a second document"),
        Case("jobs: 4\n...\njobs: 5", "3:1", ""),
        Case("rules:\n  - path: *.jpg", "2:11", "“*” means something to YAML", "quotes"),
        Case("rules:\n  - path: *jpg", "2:11", "“*” means something to YAML"),
        Case("rules:\n  - path: **/a.jpg", "2:11", "“*” means something to YAML"),
        Case("rules:\n  - path: [ab]*.jpg", "2:11", ""),
        Case("rules:\n  - path: !raw*.jpg", "2:11", "“!raw*.jpg” has no meaning"),
        Case("rules:\n  - path: '[ab]*.jpg", "2:11", "not YAML"),
        Case("source: a: b", "1:10", "not YAML"),
        Case("source: @a", "1:9", "“@” means something to YAML"),
        Case("jobs: !!int 4", "1:7", "the tag “tag:yaml.org,2002:int” has no meaning"),
        Case("source: a\u{1}b", "1:10", "printable"),
        Case("source: ä\u{7F}", "1:10", "printable"),
        Case("source: \"a", "1:9", "not YAML"),
        // Expansion.
        Case("source: ${NOPE}", "1:9", "NOPE is not set", "${NOPE:-default}"),
        Case("source: ${NOPE", "1:9", "“${NOPE” names no variable"),
        Case("source: ${}", "1:9", "“${}” names no variable"),
        Case("source: ${NO-PE}", "1:9", "names no variable"),
        Case("source: ${NOPE:?x}", "1:9", "names no variable"),
        Case("source: ${1X}", "1:9", "names no variable"),
        Case("source: ~/photos", "1:9", "HOME is not set"),
        Case("rules:\n  - model: ${NOPE}", "2:12", "NOPE is not set"),
        Case("jobs: ${JOBS:-many}", "1:7", "“many” is no number"),
        // Secrets.
        Case("access-key: x", "1:1", "“access-key” is a secret", "~/.aws/credentials"),
        Case("secret-access-key: x", "1:1", "is a secret"),
        Case("aws_secret_access_key: x", "1:1", "is a secret"),
        Case("AWS_ACCESS_KEY_ID: x", "1:1", "is a secret"),
        Case("S3_PUBLIC_SECRET_KEY: x", "1:1", "is a secret"),
        Case("aws-session-token: x", "1:1", "is a secret"),
        Case("token: x", "1:1", "is a secret"),
        Case("password: x", "1:1", "is a secret"),
        Case("targets:\n  a:\n    secretKey: x", "3:5", "is a secret"),
        Case("rules:\n  - api-key: x", "2:5", "is a secret"),
        Case("region: AKIAIOSFODNN7EXAMPLE", "1:9", "looks like an access key"),
        Case("rules:\n  - model: x ASIAIOSFODNN7EXAMPLE", "2:12", "looks like an access key"),
        // Targets.
        Case("targets:", "1:9", "`targets:` names none"),
        Case("targets: {}", "1:10", "`targets:` names none"),
        Case("targets:\n  -a: {}", "2:3", "“-a” cannot be a target's name"),
        Case("targets:\n  a/b: {}", "2:3", "“a/b” cannot be a target's name"),
        Case("targets:\n  'a b': {}", "2:3", "“a b” cannot be a target's name"),
        Case("targets:\n  verify: {}", "2:3", "it is the name of a command"),
        Case("targets:\n  a: {}\n  a: {}", "3:3", "“a” stands here again"),
        Case("targets:\n  a:\n    jbos: 4", "3:5", "“jobs”"),
        Case("targets:\n  a: 4", "2:6", "a group of settings"),
        Case(
            "targets:\n  a:\n    destination: s3://bkt/x\n  b:\n    destination: s3://bkt/x/", "5:5",
            "“a” and “b” have the same destination"),
        Case("destination: s3://bkt\ntargets:\n  a:\n  b:", "1:1", "have the same destination"),
    ]

    @Test(arguments: table) func saysWhereAndWhat(_ row: Case) throws {
        let said = try #require(complaint(row.text, reserved: ["verify"]))
        #expect(said.hasPrefix("conf/galleria-deploy.yml:\(row.at): "), "\(said)")
        for words in row.words { #expect(said.contains(words), "\(said)") }
    }

    @Test func reportsEveryFaultInOrder() throws {
        let said = try #require(complaint("jbos: 4\ntargets:\n  a:\n    delete: ja\njobs: 0"))
        let places = said.split(separator: "\n").map { $0.split(separator: " ")[0] }
        #expect(places == ["conf/galleria-deploy.yml:1:1:", "conf/galleria-deploy.yml:4:13:", "conf/galleria-deploy.yml:5:7:"])
    }

    @Test(arguments: ["password: hunter2", "secret: hunter2", "region: AKIAIOSFODNN7EXAMPLE", "endpoint-url: https://me:hunter2@x"])
    func neverRepeatsASecret(_ text: String) throws {
        let said = try #require(complaint(text))
        #expect(!said.contains("hunter2") && !said.contains("AKIAIOS"), "\(said)")
    }

    @Test func escapesWhatComesFromTheFile() throws {
        let said = try #require(complaint("\"a\\e[31m\": 1"))
        #expect(!said.contains("\u{1B}"), "\(said)")
        #expect(said.contains("\\u{1b}"), "\(said)")
    }

    @Test func refusesBytesThatAreNotUTF8() throws {
        let folder = try TemporaryFolder("configuration")
        let path = folder.path("galleria-deploy.yml")
        try folder.write(Array("jobs: 4\nsource: ä".utf8) + [0xFF, 0x0A], to: "galleria-deploy.yml")
        #expect(
            throws: ConfigurationError.faults([
                ConfigurationFault(path: path, position: Position(line: 2, column: 10), reason: .unreadableText)
            ])
        ) { try ConfigurationDocument.load(path: path, environment: [:]) }
    }

    @Test func refusesAHugeFile() throws {
        let text = String(repeating: "# a comment of forty bytes and no more...\n", count: 30_000)
        #expect(complaint(text)?.contains("1:1: the file holds 1260000 bytes") == true)
    }
}
