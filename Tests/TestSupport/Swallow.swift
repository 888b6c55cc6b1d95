/// A server that takes bodies of any size and forgets them (Tests/Servers/swallow.py), for measuring memory.
package struct Swallow: Sendable {
    /// Where it listens; it accepts any keys.
    package let place: S3Place
    private let process: LineProcess

    /// What it was given.
    package struct Swallowed: Sendable, Decodable {
        /// The bodies' total size.
        package let bytes: Int
        /// How many bodies.
        package let bodies: Int
    }

    /// Starts the server.
    package init() async throws {
        process = try LineProcess("swallow.py")
        place = S3Place(endpoint: "http://127.0.0.1:\(try await process.line())", access: "testkey", secret: "testsecret")
    }

    /// What it was given so far.
    package func swallowed() async throws -> Swallowed { try await process.ask("swallowed") }
}
