import Glibc
import S3
import TestSupport
import Testing

/// Files with tokens that stand for credentials are to be read by nobody else.
@Suite struct TokenFileWarningTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let environment: [String: String]
        var config = ""
        let file: String
    }

    static let rows = [
        Row(
            testDescription: "web identity", environment: ["AWS_WEB_IDENTITY_TOKEN_FILE": "~/token", "AWS_ROLE_ARN": "arn:r"],
            file: "/h/token"),
        Row(
            testDescription: "a profile's web identity", environment: ["AWS_PROFILE": "p"],
            config: "[profile p]\nweb_identity_token_file = /run/token\nrole_arn = arn:r\n", file: "/run/token"),
        Row(
            testDescription: "container",
            environment: [
                "AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://127.0.0.1:1/", "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": "/run/agent",
            ], file: "/run/agent"),
        Row(
            testDescription: "single sign-on", environment: ["AWS_PROFILE": "p"], config: CredentialsSignOnTests.sso,
            file: "/h/.aws/sso/cache/\(SHA1Name.work).json"),
        Row(
            testDescription: "a role for who has signed on", environment: ["AWS_PROFILE": "r"],
            config: CredentialsSignOnTests.sso + "\n[profile r]\nrole_arn = arn:r\nsource_profile = p\n",
            file: "/h/.aws/sso/cache/\(SHA1Name.work).json"),
    ]

    @Test(arguments: rows, [0o600, 0o640, 0o604, 0o644, 0o611] as [UInt32]) func othersWhoCanReadAreAWarning(
        _ row: Row, _ mode: UInt32
    ) throws {
        let files = SettingsFiles { path in
            switch path {
            case "/h/.aws/config": .file(Array(row.config.utf8), mode: 0o644)
            case row.file: .file(Array("token".utf8), mode: mode)
            default: .missing
            }
        }
        let place = try PlaceResolver.resolve(environment: row.environment.merging(["HOME": "/h"]) { $1 }, files: files)
        #expect(place.warnings == (mode & 0o044 == 0 ? [] : [.readableByOthers(path: row.file, mode: mode)]))
    }

    @Test func onlyARegularFileHasAModeAndNothingOfItIsRead() throws {
        let folder = try TemporaryFolder("token")
        try folder.write("t", to: "token")
        for mode in [0o604, 0o200] as [UInt32] {
            chmod(folder.path("token"), mode)
            #expect(SettingsFiles.disk.mode(folder.path("token")) == mode)
        }
        // Opening it would wait for a writer.
        mkfifo(folder.path("pipe"), 0o644)
        #expect(SettingsFiles.disk.mode(folder.path("pipe")) == nil)
        #expect(SettingsFiles.disk.mode(folder.path("nothing")) == nil)
    }
}
