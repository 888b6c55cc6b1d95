internal import Glibc
internal import Synchronization

/// The only place that writes to standard output and standard error. Text from outside is escaped before it comes here.
///
/// On a terminal the lowest line of standard error is the progress; messages are written above it. A closed pipe is not an error: the deploy
/// goes on without anyone listening.
final class Console: Sendable {
    private struct State {
        var progressWidth = 0
    }

    private let state = Mutex(State())
    /// True where standard error is a terminal that understands cursor movement.
    let isTerminal: Bool

    /// False where standard output is for a machine: then lines for people are not written there.
    private let printsText: Bool

    init(environment: [String: String], printsText: Bool = true) {
        self.printsText = printsText
        isTerminal = isatty(STDERR_FILENO) == 1 && environment["TERM"] != nil && environment["TERM"] != "dumb"
    }

    /// Writes a line to standard output.
    func print(_ line: String) {
        if printsText { write(line + "\n", to: STDOUT_FILENO) }
    }

    /// Writes a line for a machine to standard output.
    func answer(_ line: String) { write(line + "\n", to: STDOUT_FILENO) }

    /// Writes bytes to standard output as they are.
    func write(_ bytes: [UInt8]) { state.withLock { _ in Self.send(bytes[...], to: STDOUT_FILENO) } }

    /// Writes a line to standard error.
    func complain(_ line: String) { write(line + "\n", to: STDERR_FILENO) }

    /// Shows `line` as the progress, in place of the one before; "" removes it. Nothing happens where there is no terminal.
    func show(progress line: String) {
        guard isTerminal else { return }
        let text = Self.cut(line, to: Self.width)
        state.withLock { state in
            guard text != "" || state.progressWidth > 0 else { return }
            Self.send("\r\u{1b}[K" + text, to: STDERR_FILENO)
            state.progressWidth = text.count
        }
    }

    /// Where requests and answers go with `-vv`; nil where less is asked for.
    func wireLog(_ verbose: Int) -> (@Sendable (String) -> Void)? {
        guard verbose > 1 else { return nil }
        return { line in self.complain(line) }
    }

    private func write(_ text: String, to descriptor: Int32) {
        state.withLock { state in
            if state.progressWidth > 0 {
                Self.send("\r\u{1b}[K", to: STDERR_FILENO)
                state.progressWidth = 0
            }
            Self.send(text, to: descriptor)
        }
    }

    /// The terminal's width in columns, asked each time because it may have been resized.
    private static var width: Int {
        var size = winsize()
        return ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : 80
    }

    private static func cut(_ line: String, to width: Int) -> String { line.count < width ? line : line.prefix(max(0, width - 2)) + "…" }

    private static func send(_ text: String, to descriptor: Int32) { send(Array(text.utf8)[...], to: descriptor) }

    private static func send(_ text: ArraySlice<UInt8>, to descriptor: Int32) {
        var bytes = text
        while !bytes.isEmpty {
            let n = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if n > 0 {
                bytes = bytes.dropFirst(n)
            } else if errno != EINTR {
                return
            }
        }
    }
}
