import Testing

@testable import S3

/// Programs that print credentials.
@Suite struct CredentialsProgramTests {
    @Test(
        arguments: [
            (#"/bin/echo '{"Version": 1, "AccessKeyId": "P", "SecretAccessKey": "hush"}'"#, nil),
            (
                "/bin/sh -c 'echo no luck >&2; exit 3'",
                CredentialError.refused(source: Self.program, reason: "it ended with status 3: no luck")
            ),
            ("/bin/sh -c 'kill -9 $$'", .refused(source: Self.program, reason: "it ended with status 137")),
            ("/nonexistent/program", .unreachable(source: Self.program, reason: "/nonexistent/program: No such file or directory")),
            ("/bin/echo hush", .malformedAnswer(source: Self.program, reason: "it is not the JSON that was expected")),
            (#"/bin/echo '{"Version": 2}'"#, .malformedAnswer(source: Self.program, reason: "its Version is 2, not 1")),
            (
                #"/bin/echo '{"Version": 1, "AccessKeyId": "P"}'"#,
                .malformedAnswer(source: Self.program, reason: "SecretAccessKey is missing")
            ),
            (
                #"/bin/echo '{"Version": 1, "AccessKeyId": "P", "SecretAccessKey": "hush", "Expiration": "soon"}'"#,
                .malformedAnswer(source: Self.program, reason: "Expiration is no ISO 8601 time")
            ),
            (
                "/bin/sh -c 'yes | head -c 2000000'",
                .unreachable(source: Self.program, reason: "/bin/sh did not end within two minutes, or printed more than 1 MiB")
            ),
        ] as [(String, CredentialError?)])
    func aProgramsAnswerIsRead(_ command: String, _ expected: CredentialError?) async throws {
        let place = try ProvidedCredentials.place(
            [:], profile: "p", files: ["/h/.aws/config": "[profile p]\ncredential_process = \(command)\n"])
        let parts = CredentialParts(
            transport: EndpointPlaceTests.Unreachable(), local: EndpointPlaceTests.Unreachable(), environment: ["PATH": "/usr/bin:/bin"])
        do throws(CredentialError) {
            let found = try await place.credentialProvider(parts).credentials()
            #expect(found == Credentials(accessKeyID: "P", secretAccessKey: "hush"))
            #expect(expected == nil)
        } catch {
            #expect(error == expected)
            #expect(!error.description.contains("hush"))
        }
    }

    static let program = "the credential_process of the profile “p”"

    @Test func aProgramSeesTheEnvironmentItIsGiven() async throws {
        let answer = try await ProcessRunner.system.run(
            ["/bin/sh", "-c", "echo $ONLY; env | wc -l; cat /dev/null"], ["ONLY": "this", "PATH": "/usr/bin:/bin"])
        #expect(String(decoding: answer.output, as: UTF8.self).hasPrefix("this\n"))
        #expect(answer.status == 0)
    }
}
