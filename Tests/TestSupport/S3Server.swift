internal import Dispatch
internal import Glibc

/// A real S3 server on loopback, started when first asked for, once in a test process, and stopped when that ends.
package actor S3Server {
    /// Ceph's gateway: strict with signatures, payload hashes and clocks; real CORS.
    package static let radosgw = S3Server("radosgw")
    /// MiniStack: quick; CORS, conditional writes, encryption; does not check payload hashes.
    package static let ministack = S3Server("ministack")
    /// rclone over a folder: fast; no CORS, no odd keys.
    package static let rclone = S3Server("rclone")

    /// radosgw that answers 503 SlowDown to all but two requests at once.
    package static let throttled = S3Server("radosgw", ["RGW_MAX_CONCURRENT": "2"])

    private let name: String
    private let environment: [String: String]
    private var starting: Task<S3Place, any Error>?

    private init(_ name: String, _ environment: [String: String] = [:]) {
        self.name = name
        self.environment = environment
    }

    /// Where it listens; waits until it does.
    package var place: S3Place {
        get async throws {
            if let starting { return try await starting.value }
            let (name, environment) = (self.name, self.environment)
            let task = Task { try await Self.start(name, environment) }
            starting = task
            return try await task.value
        }
    }

    private static func start(_ name: String, _ environment: [String: String]) async throws -> S3Place {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(with: Result { try startBlocking(name, environment) }) }
        }
    }

    private static func startBlocking(_ name: String, _ extra: [String: String]) throws -> S3Place {
        let (input, output) = (Pipe(), Pipe())
        let process: ChildProcess
        do {
            // Closed on our side before anything is read: while we hold the writing end, a server that fails to start would be waited for for ever.
            defer {
                close(input.reading)
                close(output.writing)
            }
            process = try ChildProcess(
                PackageFolder.path("Tests/Servers/serve.sh"), [name, TemporaryFolder.freshPath(name)],
                environment: ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/nonexistent", "LANG": "C.UTF-8"].merging(extra) { $1 },
                input: input.reading, output: output.writing, errors: STDERR_FILENO)
        }
        Lifelines.add(input.writing, of: process)
        let ready = try LineReader(output.reading).next().split(separator: " ").map(String.init)
        guard ready.count == 4, ready[0] == "READY" else {
            throw LineProcess.Broken(description: "\(name) did not start: \(ready.joined(separator: " "))")
        }
        return S3Place(endpoint: ready[1], access: ready[2], secret: ready[3])
    }
}
