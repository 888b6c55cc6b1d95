/// A healthcheck service on loopback (Tests/Servers/healthcheck.py).
package struct HealthcheckService: Sendable {
    /// Where it listens, with a secret in its path.
    package let url: String
    private let process: LineProcess

    /// Starts it; it answers 200 to everything.
    package init() async throws {
        process = try LineProcess("healthcheck.py")
        url = "http://127.0.0.1:\(try await process.line())/SECRET-UUID"
    }

    /// What it was told since the last time: paths with queries.
    package func log() async throws -> [String] { try await process.ask("log") }

    /// Says how it answers from now on.
    package func behave(status: Int = 200, silent: Bool = false) async throws {
        let _: Nothing = try await process.ask("behave", ["status": .integer(status), "silent": .integer(silent ? 1 : 0)])
    }

    private struct Nothing: Decodable, Sendable {}
}
