/// A proxy before a server that does to requests what networks and servers do (Tests/Servers/faults.py).
package struct FaultProxy: Sendable {
    /// The server's keys at the proxy's address.
    package let place: S3Place
    private let process: LineProcess

    /// A request, or a connection, and what was done to it.
    package struct Handled: Sendable, Decodable {
        /// The S3 operation's name, or "Connect".
        package let operation: String
        /// Path and query as sent.
        package let target: String
        /// The fault's name; empty where there was none.
        package let fault: String
        /// The status that was answered; 0 where none was.
        package let status: Int
        /// The size that the request announced for its body.
        package let bytes: Int
        /// True where the server was asked, whatever became of its answer.
        package let acted: Bool
    }

    /// A rule of the script: which requests, and what is done to them.
    package struct Rule: Sendable {
        let json: JSON

        /// - Parameters:
        ///   - fault: its name in faults.py.
        ///   - operation: the operation that it is for; nil for any.
        ///   - key: a regular expression that path and query must contain.
        ///   - skip: how many fitting requests go through first.
        ///   - times: how many it then holds for; -1 for all.
        ///   - values: what else the fault is told, such as `at` or `status`.
        package init(
            _ fault: String, on operation: String? = nil, key: String? = nil, skip: Int = 0, times: Int = 1, _ values: [String: JSON] = [:]
        ) {
            var members: [String: JSON] = ["fault": .string(fault), "skip": .integer(skip), "times": .integer(times)]
            if let operation { members["operation"] = .string(operation) }
            if let key { members["key"] = .string(key) }
            json = .object(members.merging(values) { $1 })
        }
    }

    /// Starts a proxy before `server`; it speaks TLS where it is given the paths of a certificate and its key.
    package init(before server: S3Place, certificate: (path: String, key: String)? = nil) async throws {
        process = try LineProcess("faults.py", [server.endpoint] + (certificate.map { [$0.path, $0.key] } ?? []))
        place = server.at("\(certificate == nil ? "http" : "https")://127.0.0.1:\(try await process.line())")
    }

    /// Takes the place of the rules, and of random faults, that were in force.
    package func script(_ rules: Rule...) async throws { try await script(rules) }

    /// Takes the place of the rules, and of random faults, that were in force.
    package func script(_ rules: [Rule]) async throws {
        let _: Nothing = try await process.ask("script", ["rules": .array(rules.map(\.json))])
    }

    /// Has `percent` of the requests that no rule fits meet a fault, the same ones for the same seed.
    package func random(seed: Int, percent: Int) async throws {
        let _: Nothing = try await process.ask("random", ["seed": .integer(seed), "percent": .integer(percent)])
    }

    /// The requests since the last call, in the order in which they ended.
    package func log() async throws -> [Handled] { try await process.ask("log") }

    /// Waits until so many requests are held or stalled; answers how many are.
    package func held(_ count: Int = 1) async throws -> Int { try await process.ask("held", ["count": .integer(count)]) }

    /// Lets held requests go on.
    package func release() async throws { let _: Nothing = try await process.ask("release") }

    private struct Nothing: Decodable, Sendable {}
}
