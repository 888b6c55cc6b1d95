internal import Configuration
internal import Deploy
internal import Dispatch
internal import Glibc
internal import Planning
internal import S3
internal import Source
internal import Vocabulary

/// A command of the user's that is run after a deploy: by /bin/sh, its output on standard error, so that standard output stays what a
/// machine reads.
struct Hook: Sendable {
    /// The option that names it.
    let name: String
    let command: String
    let environment: [String: String]
    /// How long it may take.
    var patience = Duration.seconds(300)
    /// The file that it reads on standard input.
    var input = "/dev/null"

    /// Runs it to its end; answers the warning where that was no good one. The deploy's own status stays what it is.
    func run() async -> String? {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(returning: runBlocking()) }
        }
    }

    private func runBlocking() -> String? {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, input, O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, STDERR_FILENO, STDOUT_FILENO)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // What this program ignores or catches is the hook's own: Ctrl-C ends the hook.
        var signals = sigset_t()
        for signal in [SIGINT, SIGTERM, SIGHUP, SIGPIPE, SIGXFSZ] { sigaddset(&signals, signal) }
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))

        var argv: [UnsafeMutablePointer<CChar>?] = (["sh", "-c", command] as [String]).map { strdup($0) } + [nil]
        var envp: [UnsafeMutablePointer<CChar>?] = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for pointer in argv + envp { free(pointer) } }
        var child: pid_t = 0
        let code = posix_spawn(&child, "/bin/sh", &actions, &attributes, &argv, &envp)
        guard code == 0 else { return "warning: \(name) was not run: \(SystemCause(code))." }
        return wait(for: child)
    }

    private func wait(for child: pid_t) -> String? {
        let ending = DispatchWorkItem { kill(child, SIGTERM) }
        let killing = DispatchWorkItem { kill(child, SIGKILL) }
        let milliseconds = Int(patience / .milliseconds(1))
        DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(milliseconds), execute: ending)
        DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(milliseconds + 5000), execute: killing)
        let began = ContinuousClock.now
        // The process is looked at before it is reaped, so that its number is not another's when a late signal is sent.
        var info = siginfo_t()
        while waitid(P_PID, id_t(child), &info, WEXITED | WNOWAIT) < 0, errno == EINTR {}
        ending.cancel()
        killing.cancel()
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0 { guard errno == EINTR else { break } }
        let signal = status & 0x7f
        if ContinuousClock.now - began >= patience {
            return "warning: \(name) was ended, because it took longer than \(Quantity.seconds(patience))."
        }
        if signal != 0 { return "warning: \(name) was ended by signal \(signal)." }
        let exit = (status >> 8) & 0xff
        return exit == 0 ? nil : "warning: \(name) ended with status \(exit)."
    }
}

extension Hook {
    /// The hook that follows a deploy, where the settings name one; none after a dry run.
    init?(after end: JobEnd, environment: [String: String]) {
        let isSuccess = end.status == .done
        let values = end.job.settings.values
        guard !end.isDryRun, let command = isSuccess ? values.onSuccess : values.onFailure else { return nil }
        self.init(
            name: isSuccess ? "on-success" : "on-failure", command: command,
            environment: environment.merging(Self.variables(end)) { $1 })
    }

    /// What a hook is told, as environment variables.
    static func variables(_ end: JobEnd) -> [String: String] {
        let report = end.report
        let values: [(String, String?)] = [
            ("STATUS", "\(end.status.rawValue)"),
            ("SUMMARY", end.summary),
            ("TARGET", end.job.settings.target),
            ("SOURCE", end.job.source),
            ("DESTINATION", "\(end.job.address)"),
            ("PUBLIC_ADDRESS", end.address),
            ("STARTED", UTCText.text(end.started)),
            ("SECONDS", "\(Int((end.duration / .seconds(1)).rounded()))"),
            ("UPLOADED", "\(report?.uploadedCount ?? 0)"),
            ("UPLOADED_BYTES", "\(report?.uploadedBytes ?? 0)"),
            ("COPIED", "\(report?.copiedCount ?? 0)"),
            ("HEADER_UPDATES", "\((report?.headerUpdateCount ?? 0) + (report?.adoptedCount ?? 0))"),
            ("DELETED", "\(report?.deletedCount ?? 0)"),
            ("UNCHANGED", "\(report?.unchangedCount ?? 0)"),
            ("FAILED", "\(report?.failures.count ?? 0)"),
            ("FAULT", end.fault?.message),
            ("LOG", values(end).logFile),
            ("METRICS", values(end).metricsFile),
            ("REPORT", values(end).report),
        ]
        // A variable cannot hold a NUL byte, and one that says nothing is left out.
        return Dictionary(
            uniqueKeysWithValues: values.compactMap { name, value in
                value.map { ("GALLERIA_RUN_" + name, String($0.unicodeScalars.filter { $0.value != 0 }.map(Character.init))) }
            })
    }

    private static func values(_ end: JobEnd) -> SettingValues { end.job.settings.values }
}
