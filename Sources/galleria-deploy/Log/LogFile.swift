internal import Configuration
internal import Deploy
internal import Glibc
internal import Source
internal import Synchronization
internal import Vocabulary

/// A file that runs append to, a line an event. Each line is one write in append mode, so that two runs do not garble each other's, and a file that
/// logrotate moves is written to until the run ends.
final class LogFile: Sendable {
    let format: LogFormat
    private let path: String
    private let descriptor: Int32
    private let now: @Sendable () -> Int64
    private let hasFailed = Mutex(false)
    private let warn: @Sendable (String) -> Void

    /// Opens the file, or makes it with the permissions that the process's umask leaves, as rsync(1) does: it holds names, and no secret.
    init(
        _ path: String, _ format: LogFormat, now: @escaping @Sendable () -> Int64 = StateOptions.systemClock,
        warn: @escaping @Sendable (String) -> Void
    ) throws {
        self.path = path
        self.format = format
        self.now = now
        self.warn = warn
        descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOCTTY, 0o666)
        guard descriptor >= 0 else {
            throw Fault(
                .configuration,
                "cannot open the log \(path.escapedForTerminal): \(SystemCause(errno)). Name a file in a folder that exists.")
        }
    }

    deinit { close(descriptor) }

    /// The moment now, as each line has it.
    var time: String { UTCText.text(now()) }

    /// Appends a line of text, with the moment and the process's number before it.
    func write(text: String) { write("\(time) [\(getpid())] \(text)") }

    /// Appends a line as it is. What fails is a warning, once; the deploy goes on.
    func write(_ line: String) {
        var bytes = Array((line + "\n").utf8)[...]
        while !bytes.isEmpty {
            let n = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if n > 0 {
                bytes = bytes.dropFirst(n)
            } else if errno != EINTR {
                let cause = SystemCause(errno)
                let isFirst = hasFailed.withLock { hasFailed in
                    defer { hasFailed = true }
                    return !hasFailed
                }
                if isFirst {
                    warn("warning: the log \(path.escapedForTerminal) cannot be written: \(cause). The deploy goes on without it.")
                }
                return
            }
        }
    }
}
