/// The interfaces of CloudFront, Bunny CDN and Cloudflare on loopback (Tests/Servers/cdn.py).
package struct ContentNetworks: Sendable {
    /// Where it listens, without a slash at the end.
    package let url: String
    /// What Bunny takes.
    package static let bunnyKey = "BUNNY-SECRET"
    /// What Cloudflare takes.
    package static let cloudflareToken = "CLOUDFLARE-SECRET"
    private let process: LineProcess

    /// A request that was made.
    package struct Request: Decodable, Sendable, Equatable {
        /// `cloudfront`, `bunny` or `cloudflare`.
        package let network: String
        /// The method.
        package let method: String
        /// How it was answered.
        package let status: Int
        /// What was purged; a star at the end means all that begins so.
        package let purged: [String]
        /// What the documentation does not allow about it; empty for nothing.
        package let wrong: String
    }

    /// Starts it; CloudFront knows the keys of `place`.
    package init(keysOf place: S3Place) async throws {
        process = try LineProcess("cdn.py")
        url = "http://127.0.0.1:\(try await process.line())"
        let _: Nothing = try await process.ask(
            "keys",
            [
                "access": .string(place.environment["AWS_ACCESS_KEY_ID"] ?? ""),
                "secret": .string(place.environment["AWS_SECRET_ACCESS_KEY"] ?? ""),
            ])
    }

    /// The requests since the last time.
    package func log() async throws -> [Request] { try await process.ask("log") }

    /// Has the next requests fail.
    package func fail(_ status: Int, code: String = "Fault", message: String = "no", times: Int) async throws {
        let _: Nothing = try await process.ask(
            "fail", ["status": .integer(status), "code": .string(code), "message": .string(message), "times": .integer(times)])
    }

    private struct Nothing: Decodable, Sendable {}
}
