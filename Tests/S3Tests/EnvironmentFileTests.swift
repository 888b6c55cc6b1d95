import Testing

@testable import S3

/// `--env-file`: what a line means, and what wins.
@Suite struct EnvironmentFileTests {
    static func file(_ text: String, mode: UInt32 = 0o600) throws(CredentialError) -> EnvironmentFile {
        try EnvironmentFile(path: ".env", files: SettingsFiles { $0 == ".env" ? .file([UInt8](text.utf8), mode: mode) : .missing })
    }

    /// The values are those of python-dotenv 1.1 with `interpolate=False`.
    @Test(
        arguments: [
            ("", [:]), ("# A=b\n\n  \n", [:]), ("A=b", ["A": "b"]), ("A=b\r\nC=d\r\n", ["A": "b", "C": "d"]), ("  A = b  ", ["A": "b"]),
            ("export A=b", ["A": "b"]), ("A=", ["A": ""]), ("A=b c", ["A": "b c"]), ("A=b # c", ["A": "b"]), ("A=b#c", ["A": "b#c"]),
            ("A=wJalr+/=$x${y}", ["A": "wJalr+/=$x${y}"]), ("A='b # $c'", ["A": "b # $c"]), ("A=\"b # c\" # d", ["A": "b # c"]),
            ("A=\"b\\nc\\\"d\\\\\"", ["A": "b\nc\"d\\"]), ("\u{feff}A=b", ["A": "b"]), ("A=å", ["A": "å"]),
        ] as [(String, [String: String])])
    func reads(_ text: String, _ expected: [String: String]) throws {
        #expect(try Self.file(text).variables == expected)
    }

    @Test(arguments: [
        ("A", "line 1", "NAME=value"), ("A=b\nsecret-word", "line 2", "NAME=value"), ("=x", "line 1", "no variable's name"),
        ("1A=x", "line 1", "no variable's name"), ("A-B=x", "line 1", "no variable's name"), ("A=\"b", "line 1", "not closed"),
        ("A='b'c", "line 1", "follows the closing quote"), ("A=b\nA=b", "line 2", "stands twice"),
    ])
    func refuses(_ text: String, _ place: String, _ reason: String) throws {
        let error = try #require(throws: CredentialError.self) { try Self.file(text) }
        #expect(error.description.contains(place) && error.description.contains(reason), "\(error)")
        #expect(!error.description.contains("secret-word"), "a line of the file is shown")
    }

    @Test func missingFile() throws {
        #expect(throws: CredentialError.unreadable(path: "x", reason: "no such file")) {
            try EnvironmentFile(path: "x", files: SettingsFiles { _ in .missing })
        }
    }

    @Test func theEnvironmentStaysAboveTheFile() throws {
        let (merged, warnings) = try Self.file("AWS_REGION=b\nJ=2\nK=3\nEMPTY=\n").merged(into: ["AWS_REGION": "a", "K": " 3 ", "J": ""])
        #expect(merged == ["AWS_REGION": "a", "K": " 3 ", "J": "2"])
        #expect(warnings == [.variableIgnored("AWS_REGION of .env", because: "the environment sets another value")])
    }

    @Test(arguments: ["AWS_ACCESS_KEY_ID", "AWS_SESSION_TOKEN", "S3_PUBLIC_SECRET_KEY", "AWS_ACCESS_KEY"])
    func keysAreNeverMixedOfBoth(_ name: String) throws {
        let (merged, warnings) = try Self.file("AWS_ACCESS_KEY_ID=F\nAWS_SECRET_ACCESS_KEY=G\nS3_PUBLIC_REGION=r\n").merged(into: [
            name: "E"
        ])
        #expect(merged == [name: "E", "S3_PUBLIC_REGION": "r"])
        #expect(warnings.count == 2)
        #expect(!warnings.description.contains("\"G\""))
    }

    @Test(arguments: ["AWS_ENDPOINT_URL", "S3_PUBLIC_BUCKET", "GALLERIA_DESTINATION", "S3_BUCKET_NAME"])
    func aPlaceThatBothNameDifferentlyIsAConflict(_ name: String) throws {
        let file = try Self.file("\(name)=a")
        #expect(throws: CredentialError.conflict("\(name) of the environment", "\(name) of .env")) { try file.merged(into: [name: "b"]) }
        #expect(try file.merged(into: [name: "a"]).environment == [name: "a"])
    }

    @Test(arguments: [(0o600, false), (0o640, true), (0o604, true)] as [(UInt32, Bool)])
    func secretsThatOthersCanReadAreAWarning(_ mode: UInt32, _ warns: Bool) throws {
        let warnings = try Self.file("AWS_SECRET_ACCESS_KEY=s", mode: mode).merged(into: [:]).warnings
        #expect(warnings == (warns ? [.readableByOthers(path: ".env", mode: mode)] : []))
        #expect(try Self.file("AWS_REGION=s", mode: 0o644).merged(into: [:]).warnings.isEmpty)
    }
}
