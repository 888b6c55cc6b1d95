internal import Dispatch
internal import Foundation
internal import Glibc

/// Runs programs to their end.
package enum Program {
    /// What a run left.
    package struct Run: Sendable, CustomStringConvertible {
        /// The exit status, or 128 and the number of the signal that ended it.
        package let status: Int32
        /// What it wrote on standard output.
        package let output: String
        /// What it wrote on standard error.
        package let errors: String
        /// The peak of its resident memory in MiB and its CPU seconds, where they were measured.
        package let cost: (peakMiB: Double, cpuSeconds: Double)?

        /// Everything, for a failing test's message.
        package var description: String { "exit \(status)\n--- output\n\(output)--- errors\n\(errors)" }
    }

    /// A program at work, its output going to files so that no full pipe can stop it.
    package struct Running: Sendable {
        fileprivate let process: ChildProcess
        fileprivate let scratch: TemporaryFolder

        /// The process's number.
        package var pid: Int32 { process.pid }

        /// What it wrote on standard output so far.
        package var outputSoFar: String { text("output") }
        /// What it wrote on standard error so far.
        package var errorsSoFar: String { text("errors") }

        private func text(_ name: String) -> String {
            String(decoding: FileManager.default.contents(atPath: scratch.path(name)) ?? Data(), as: UTF8.self)
        }

        /// Sends a signal.
        package func send(_ signal: Int32) { process.send(signal) }

        /// Waits for its end.
        package func finish() async throws -> Run {
            let process = self.process
            let status = await withCheckedContinuation { continuation in
                DispatchQueue.global().async { continuation.resume(returning: process.wait()) }
            }
            struct Cost: Decodable {
                let peakKiB: Double
                let cpuSeconds: Double
            }
            let cost = try FileManager.default.contents(atPath: scratch.path("cost")).map { try JSONDecoder().decode(Cost.self, from: $0) }
            return Run(
                status: status, output: text("output"), errors: text("errors"), cost: cost.map { ($0.peakKiB / 1024, $0.cpuSeconds) })
        }
    }

    /// Starts a command with no terminal, no input, and exactly the environment given besides PATH and AWS_EC2_METADATA_DISABLED.
    ///
    /// - Parameters:
    ///   - folder: its working folder.
    ///   - measured: whether a small process starts it and measures what it costs.
    ///   - asOrdinaryUser: whether a test that runs as root takes root's right to read everything from the program.
    package static func start(
        _ command: [String], environment: [String: String] = [:], folder: String = "/", measured: Bool = false, asOrdinaryUser: Bool = false
    ) throws -> Running {
        var command = command
        if asOrdinaryUser, geteuid() == 0 {
            let capabilities = "-dac_override,-dac_read_search"
            command = ["setpriv", "--inh-caps=\(capabilities)", "--bounding-set=\(capabilities)", "--"] + command
        }
        let scratch = try TemporaryFolder("run")
        if measured { command = ["python3", PackageFolder.path("Tests/Servers/measure.py"), scratch.path("cost")] + command }
        command = ["--chdir=\(folder)", "--"] + command
        var environment = environment
        environment["PATH"] = "/usr/sbin:/usr/bin:/sbin:/bin"
        // A program without credentials would ask the metadata of the very machine that runs the tests, beyond loopback.
        environment["AWS_EC2_METADATA_DISABLED"] = environment["AWS_EC2_METADATA_DISABLED"] ?? "true"

        let input = open("/dev/null", O_RDONLY | O_CLOEXEC)
        let output = open(scratch.path("output"), O_WRONLY | O_CREAT | O_CLOEXEC, 0o644)
        let errors = open(scratch.path("errors"), O_WRONLY | O_CREAT | O_CLOEXEC, 0o644)
        defer { for descriptor in [input, output, errors] { close(descriptor) } }
        let process = try ChildProcess("env", command, environment: environment, input: input, output: output, errors: errors)
        return Running(process: process, scratch: scratch)
    }

    /// Starts a command, as `start` does, and waits for its end.
    package static func run(
        _ command: [String], environment: [String: String] = [:], folder: String = "/", measured: Bool = false, asOrdinaryUser: Bool = false
    ) async throws -> Run {
        try await start(command, environment: environment, folder: folder, measured: measured, asOrdinaryUser: asOrdinaryUser).finish()
    }
}
