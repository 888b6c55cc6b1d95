internal import Glibc

/// Starts a program and gathers what it prints: injected, so that tests need no programs.
public struct ProcessRunner: Sendable {
    /// How a program ended.
    public struct Answer: Sendable, Hashable {
        /// The exit status, or 128 and the signal's number.
        public let status: Int
        /// What it wrote to its standard output.
        public let output: [UInt8]
        /// What it wrote to its standard error.
        public let errors: [UInt8]

        /// Creates an answer.
        public init(status: Int, output: [UInt8], errors: [UInt8]) {
            self.status = status
            self.output = output
            self.errors = errors
        }
    }

    /// Why a program was not run to its end.
    public struct Failure: Error, Sendable, Hashable {
        /// The reason in words.
        public let reason: String

        /// Creates a failure.
        public init(reason: String) { self.reason = reason }
    }

    private let body: @Sendable ([String], [String: String]) async throws(Failure) -> Answer

    /// Runs programs through `body`, which is given the words of the command line and the environment.
    public init(_ body: @escaping @Sendable ([String], [String: String]) async throws(Failure) -> Answer) { self.body = body }

    /// Runs the program named by the first word, found by PATH.
    public func run(_ words: [String], _ environment: [String: String]) async throws(Failure) -> Answer {
        try await body(words, environment)
    }

    /// Real processes, ended after two minutes or 1 MiB of output. They share the terminal's input, so that they may ask for a code.
    public static let system = ProcessRunner { words, environment throws(Failure) in
        let result: Result<Answer, Failure> = await withCheckedContinuation { continuation in
            // Waiting blocks, so it is done on a thread outside Swift's pool.
            let waiting = Waiting {
                do throws(Failure) {
                    continuation.resume(returning: .success(try spawn(words, environment)))
                } catch {
                    continuation.resume(returning: .failure(error))
                }
            }
            if !waiting.start() { continuation.resume(returning: .failure(Failure(reason: "there is no thread to wait for it"))) }
        }
        return try result.get()
    }

    private static func spawn(_ words: [String], _ environment: [String: String]) throws(Failure) -> Answer {
        guard let program = words.first, !program.isEmpty else { throw Failure(reason: "it names no program") }
        func fault(_ code: Int32) -> Failure { Failure(reason: "\(program): \(String(cString: strerror(code)))") }
        var ends: [Int32] = [-1, -1, -1, -1]
        let opened = ends.withUnsafeMutableBufferPointer { buffer in
            buffer.baseAddress.map { pipe($0) == 0 && pipe($0 + 2) == 0 } ?? false
        }
        for end in ends where end >= 0 { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        defer { for end in ends where end >= 0 { close(end) } }
        guard opened else { throw fault(errno) }

        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
        posix_spawn_file_actions_adddup2(&actions, ends[3], 2)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // This program ignores SIGPIPE; its children are not to inherit that.
        var defaults = sigset_t()
        sigemptyset(&defaults)
        sigaddset(&defaults, SIGPIPE)
        posix_spawnattr_setsigdefault(&attributes, &defaults)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))

        var argv: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        var envp: [UnsafeMutablePointer<CChar>?] = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for pointer in argv + envp { free(pointer) } }
        var child: pid_t = 0
        let code = posix_spawnp(&child, program, &actions, &attributes, &argv, &envp)
        guard code == 0 else { throw fault(code) }
        close(ends[1])
        close(ends[3])
        ends[1] = -1
        ends[3] = -1

        let gathered = gather(ends[0], ends[2])
        if gathered == nil { kill(child, SIGKILL) }
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0 { guard errno == EINTR else { throw fault(errno) } }
        guard let gathered else { throw Failure(reason: "\(program) did not end within two minutes, or printed more than 1 MiB") }
        let signal = status & 0x7f
        return Answer(status: Int(signal == 0 ? status >> 8 & 0xff : 128 + signal), output: gathered.output, errors: gathered.errors)
    }

    /// Reads both pipes until their ends; nil where that takes too long or too much.
    private static func gather(_ output: Int32, _ errors: Int32) -> (output: [UInt8], errors: [UInt8])? {
        var polls = [pollfd(fd: output, events: Int16(POLLIN), revents: 0), pollfd(fd: errors, events: Int16(POLLIN), revents: 0)]
        var texts: [[UInt8]] = [[], []]
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        let end = ContinuousClock.now + .seconds(120)
        while polls.contains(where: { $0.fd >= 0 }) {
            let left = end - ContinuousClock.now
            guard left > .zero else { return nil }
            guard poll(&polls, 2, Int32(left / .milliseconds(1)) + 1) >= 0 || errno == EINTR else { return nil }
            for i in polls.indices where polls[i].fd >= 0 && polls[i].revents != 0 {
                let count = read(polls[i].fd, &chunk, chunk.count)
                if count > 0 {
                    texts[i] += chunk[..<count]
                    if texts[i].count > 1 << 20 { return nil }
                } else if count == 0 || errno != EINTR {
                    polls[i].fd = -1
                }
            }
        }
        return (texts[0], texts[1])
    }
}

/// A piece of work for a thread of its own.
private final class Waiting: Sendable {
    private let body: @Sendable () -> Void

    init(_ body: @escaping @Sendable () -> Void) { self.body = body }

    /// Starts the thread; false where there is none to be had.
    func start() -> Bool {
        var thread = pthread_t()
        let context = Unmanaged.passRetained(self)
        let code = pthread_create(
            &thread, nil,
            { context in
                context.map { Unmanaged<Waiting>.fromOpaque($0).takeRetainedValue().body() }
                return nil
            }, context.toOpaque())
        if code != 0 { context.release() }
        if code == 0 { pthread_detach(thread) }
        return code == 0
    }
}
