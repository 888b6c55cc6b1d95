/// What may stand before a bucket, good or bad (Tests/Servers/front.py).
package struct Front: Sendable {
    /// The server behind it, at this one's address.
    package let place: S3Place
    private let process: LineProcess

    /// Starts one before `server`; it forwards everything.
    package init(before server: S3Place) async throws {
        process = try LineProcess("front.py", [server.endpoint])
        place = server.at("http://127.0.0.1:\(try await process.line())")
    }

    /// Says what it does from now on; what it kept is forgotten.
    package func behave(_ manners: [String: JSON]) async throws { let _: Nothing = try await process.ask("behave", manners) }

    /// Somebody's page of this origin reads what is at a path here; the status.
    package func visit(_ path: String, from origin: String) async throws -> Int {
        try await process.ask("visit", ["path": .string(path), "origin": .string(origin)])
    }

    private struct Nothing: Decodable, Sendable {
        init(from decoder: any Decoder) {}
    }
}
