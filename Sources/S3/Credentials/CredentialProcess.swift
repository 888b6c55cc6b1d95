internal import Vocabulary

/// A program that prints credentials as JSON (AWS SDKs Reference Guide, "Process credential provider"). It is started without a shell.
struct CredentialProcess: Sendable, Hashable {
    let profile: String
    /// The program and its arguments.
    let words: [String]

    func fetch(_ parts: CredentialParts) async throws(CredentialError) -> Credentials {
        let source = "the credential_process of the profile “\(profile)”"
        let answer: ProcessRunner.Answer
        do { answer = try await parts.runner.run(words, parts.environment) } catch {
            throw .unreachable(source: source, reason: error.reason)
        }
        guard answer.status == 0 else {
            // What it says of its failure is for the user; what it printed as its answer may hold a secret.
            let said = String(decoding: answer.errors.prefix(500), as: UTF8.self).trimmingASCIISpace
            throw .refused(source: source, reason: "it ended with status \(answer.status)" + (said.isEmpty ? "" : ": " + said))
        }
        return try CredentialDocument.read(answer.output, from: source, version: 1)
    }
}
