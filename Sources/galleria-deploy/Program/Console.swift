internal import Glibc
internal import Synchronization

/// The only place that writes to standard output and standard error. Text from outside is escaped before it comes here.
///
/// On a terminal the lowest lines of standard error are a live block, and messages go above it. The cursor rests on the block's first line: from there
/// everything below is cleared, however a resize has wrapped it meanwhile. A closed pipe is not an error: the deploy goes on without anyone
/// listening.
final class Console: Sendable {
    /// Where bytes go: a descriptor, and what is written to it.
    typealias Sink = @Sendable (Int32, ArraySlice<UInt8>) -> Void

    private struct State {
        /// The block as it is to be seen.
        var block: [String] = []
        /// The block as it stands on the terminal; none where it does not.
        var shown: [String] = []
        var size = Terminal.Size(columns: 0, rows: 0)
        var drawn: ContinuousClock.Instant?
    }

    /// The block is drawn again at most so often.
    static let drawInterval = Duration.milliseconds(100)

    /// What standard error is able to show.
    let terminal: Terminal
    private let state = Mutex(State())
    private let sink: Sink
    private let now: @Sendable () -> ContinuousClock.Instant

    /// False where standard output is for a machine: then lines for people are not written there.
    let printsText: Bool

    init(
        environment: [String: String], printsText: Bool = true, terminal: Terminal? = nil, sink: @escaping Sink = Console.standard,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
    ) {
        self.printsText = printsText
        self.terminal = terminal ?? .process(environment)
        self.sink = sink
        self.now = now
    }

    /// Writes a line to standard output.
    func print(_ line: String) {
        if printsText { write(line, to: STDOUT_FILENO) }
    }

    /// Writes a line for a machine to standard output.
    func answer(_ line: String) { state.withLock { above(&$0) { sink(STDOUT_FILENO, Array((line + "\n").utf8)[...]) } } }

    /// Writes bytes to standard output as they are.
    func write(_ bytes: [UInt8]) { state.withLock { _ in sink(STDOUT_FILENO, bytes[...]) } }

    /// Writes a line to standard error.
    func complain(_ line: String) { write(terminal.hasColor ? Self.coloured(line) : line, to: STDERR_FILENO) }

    /// Shows the lines that `render` makes for the terminal's size as the block, in place of those before; none removes it. Nothing happens where
    /// there is no terminal, and nothing is written where nothing has changed.
    func show(block render: (Terminal.Size) -> [String]) {
        guard terminal.isLive else { return }
        let size = terminal.size()
        let block = render(size)
        state.withLock { state in
            if block.isEmpty {
                remove(&state)
                state.block = []
                return
            }
            let isSame = state.shown == block && state.size == size
            state.block = block
            state.size = size
            if isSame { return }
            if let drawn = state.drawn, now() - drawn < Self.drawInterval { return }
            draw(&state)
        }
    }

    /// Removes the block, unless another thread is just writing: for the end that cannot wait.
    func leave() {
        _ = state.withLockIfAvailable { state in
            remove(&state)
            state.block = []
        }
    }

    /// Where requests and answers go with `-vv`; nil where less is asked for.
    func wireLog(_ verbose: Int) -> (@Sendable (String) -> Void)? {
        guard verbose > 1 else { return nil }
        return { line in self.complain(line) }
    }

    private func write(_ line: String, to descriptor: Int32) {
        let text = (terminal.hasUnicode ? line : ColumnText.ascii(line)) + "\n"
        state.withLock { above(&$0) { sink(descriptor, Array(text.utf8)[...]) } }
    }

    /// Writes a message where the block stands, and the block below it: at once, or with the next drawing where the last was just now.
    private func above(_ state: inout State, _ body: () -> Void) {
        remove(&state)
        body()
        guard !state.block.isEmpty, state.drawn.map({ now() - $0 >= Self.drawInterval }) ?? true else { return }
        draw(&state)
    }

    private func remove(_ state: inout State) {
        guard !state.shown.isEmpty else { return }
        sink(STDERR_FILENO, Array("\r\u{1b}[J".utf8)[...])
        state.shown = []
    }

    /// Line by line over what was there, so that nothing flickers; without wrapping, should the terminal be narrower by now.
    private func draw(_ state: inout State) {
        var text = "\u{1b}[?7l\r" + state.block.joined(separator: "\u{1b}[K\r\n") + "\u{1b}[K\u{1b}[J\u{1b}[?7h\r"
        if state.block.count > 1 { text += "\u{1b}[\(state.block.count - 1)A" }
        sink(STDERR_FILENO, Array(text.utf8)[...])
        state.shown = state.block
        state.drawn = now()
    }

    /// The first word of a warning in yellow, that of a fault in red.
    private static func coloured(_ line: String) -> String {
        for (prefix, color) in [
            ("warning:", 33), ("WARNING:", 33), ("failed:", 31), ("galleria-deploy:", 31), ("interrupted", 33), ("timed out", 33),
        ] where line.hasPrefix(prefix) {
            return "\u{1b}[\(color)m\(prefix)\u{1b}[0m" + line.dropFirst(prefix.count)
        }
        return line
    }

    static let standard: Sink = { descriptor, text in
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
