package import Glibc

/// A process that the tests start: posix_spawn(3) with its standard streams on descriptors of the caller's choice.
///
/// Foundation's `Process` is not used: it reports neither a signal's number apart from an exit status, nor can it run
/// a program as another user.
package struct ChildProcess: Sendable {
    /// What could not be started, and why.
    package struct SpawnError: Error, CustomStringConvertible {
        /// The program.
        package let program: String
        /// The error number.
        package let number: Int32
        /// Program and cause.
        package var description: String { "cannot start \(program): \(String(cString: strerror(number)))" }
    }

    /// The process's number.
    package let pid: pid_t

    /// Starts `program`, looked up in PATH, in a process group of its own, so that an interrupt at the terminal is the tests' alone.
    package init(
        _ program: String, _ arguments: [String], environment: [String: String], input: Int32, output: Int32, errors: Int32
    ) throws(SpawnError) {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, input, 0)
        posix_spawn_file_actions_adddup2(&actions, output, 1)
        posix_spawn_file_actions_adddup2(&actions, errors, 2)
        // Nothing else is handed over: a server that held another test's socket would keep a closed connection open. Closing a number that is
        // not open is no error here, and Swift's Glibc module hides the call that closes all from one number on.
        for descriptor in 3..<min(Int32(sysconf(Int32(_SC_OPEN_MAX))), 1024) { posix_spawn_file_actions_addclose(&actions, descriptor) }

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP))

        var argv: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) } + [nil]
        var envp: [UnsafeMutablePointer<CChar>?] = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for pointer in argv + envp { free(pointer) } }
        var pid: pid_t = 0
        let status = posix_spawnp(&pid, program, &actions, &attributes, &argv, &envp)
        guard status == 0 else { throw SpawnError(program: program, number: status) }
        self.pid = pid
    }

    /// Waits, blocking the calling thread; answers the exit status, or 128 and the number of the signal that ended it, as a shell does.
    package func wait() -> Int32 {
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0, errno == EINTR {}
        let signal = status & 0x7f
        return signal == 0 ? (status >> 8) & 0xff : 128 + signal
    }

    /// Sends a signal.
    package func send(_ signal: Int32) { kill(pid, signal) }
}

/// A stream from one end to the other. Both ends are closed in programs that are started, unless handed over: a server
/// that inherited another's lifeline would keep it alive. (pipe2 would do the same, but Swift's Glibc module hides it.)
struct Pipe {
    let reading: Int32
    let writing: Int32

    init() {
        var ends: [Int32] = [-1, -1]
        let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        precondition(socketpair(AF_UNIX, type, 0, &ends) == 0, "socketpair: \(String(cString: strerror(errno)))")
        (reading, writing) = (ends[0], ends[1])
    }
}
