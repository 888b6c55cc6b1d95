/// A proxy before a server that logs requests and counts the uploads at work at once (Tests/Servers/recorder.py).
package struct Recorder: Sendable {
    /// The server's keys at the proxy's address.
    package let place: S3Place
    private let process: LineProcess

    /// One request that went through.
    package struct Request: Sendable, Decodable {
        /// The HTTP method.
        package let method: String
        /// Path and query as sent.
        package let target: String
        /// The S3 operation's name (Amazon S3 API Reference).
        package let operation: String
        /// The answer's status.
        package let status: Int
        /// The body's size in bytes.
        package let bytes: Int
        /// Header values by lower-case name.
        package let headers: [String: String]
    }

    /// Starts a proxy before `server`.
    package init(before server: S3Place) async throws {
        process = try LineProcess("recorder.py", [server.endpoint])
        place = server.at("http://127.0.0.1:\(try await process.line())")
    }

    /// The requests since the last call.
    package func log() async throws -> [Request] { try await process.ask("log") }

    /// Lets the next uploads wait until `count` are at work and no further one comes; the peak starts at zero.
    package func hold(untilAtWork count: Int) async throws { let _: Nothing = try await process.ask("hold", ["count": .integer(count)]) }

    /// The greatest number of uploads at work at once since `hold`.
    package func peak() async throws -> Int { try await process.ask("peak") }

    /// Lets uploads wait from now on, but for the first `count`, until `open`.
    package func gate(after count: Int = 0) async throws { let _: Nothing = try await process.ask("gate", ["after": .integer(count)]) }

    /// Waits until an upload stands before the gate; false where none came.
    package func uploadArrived() async throws -> Bool { try await process.ask("arrived") }

    /// Lets uploads go on.
    package func open() async throws { let _: Nothing = try await process.ask("open") }

    /// The next answer to this operation does not reach the client: the connection ends instead.
    package func lose(_ operation: String) async throws {
        let _: Nothing = try await process.ask("lose", ["operation": .string(operation)])
    }

    private struct Nothing: Decodable, Sendable {}
}
