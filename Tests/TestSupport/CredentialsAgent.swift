/// A machine's metadata and a container's agent on loopback (Tests/Servers/agent.py): both give out the same credentials, one pair after the other.
package struct CredentialsAgent: Sendable {
    /// A pair of keys, and for how many seconds it is said to hold.
    package struct Pair: Sendable {
        let access: String
        let secret: String
        let seconds: Int

        /// A pair that ends `seconds` after it was given.
        package init(_ access: String, _ secret: String, seconds: Int) {
            self.access = access
            self.secret = secret
            self.seconds = seconds
        }
    }

    /// Where it listens.
    package let url: String
    private let process: LineProcess

    /// Starts the agent, which keeps the container's authorization token in `tokenFile`: another one whenever it has given credentials.
    package init(tokenFile: String, _ pairs: [Pair]) async throws {
        process = try LineProcess("agent.py", [tokenFile] + pairs.map { "\($0.access):\($0.secret):\($0.seconds)" })
        url = "http://127.0.0.1:\(try await process.line())"
    }

    /// What it was asked so far, as `GET /path STATUS`.
    package func log() async throws -> [String] { try await process.ask("log") }
}
