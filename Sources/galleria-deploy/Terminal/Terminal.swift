internal import Glibc

/// What standard error is able to show.
struct Terminal: Sendable {
    /// True where lines can be drawn again in place.
    let isLive: Bool
    /// True where text may be coloured.
    let hasColor: Bool
    /// True where characters beyond ASCII are understood. What goes to a file or a pipe is UTF-8 in any locale: names must stay what they are.
    let hasUnicode: Bool
    /// Columns and rows, asked each time because a terminal may be resized.
    let size: @Sendable () -> Size

    /// A terminal's size in character cells.
    struct Size: Sendable, Hashable {
        var columns: Int
        var rows: Int
    }

    /// Judges by the environment: `TERM` (`dumb`, or none, cannot move the cursor), the locale (POSIX Base Definitions §8.2: LC_ALL over LC_CTYPE
    /// over LANG), `NO_COLOR` (no-color.org), `CLICOLOR` and `CLICOLOR_FORCE` (bixense.com/clicolors).
    init(environment: [String: String], isTerminal: Bool, size: @escaping @Sendable () -> Size) {
        func said(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        self.size = size
        isLive = isTerminal && said("TERM") != nil && said("TERM") != "dumb"
        let isForced = said("CLICOLOR_FORCE").map { $0 != "0" } ?? false
        hasColor = said("NO_COLOR") == nil && (isForced || (isLive && said("CLICOLOR") != "0"))
        let locale = said("LC_ALL") ?? said("LC_CTYPE") ?? said("LANG") ?? ""
        hasUnicode = !isTerminal || Self.namesUTF8(locale)
    }

    private static func namesUTF8(_ locale: String) -> Bool {
        let lower = locale.lowercased()
        return lower.hasSuffix("utf-8") || lower.hasSuffix("utf8") || lower.contains("utf-8@") || lower.contains("utf8@")
    }

    /// The process's own standard error.
    static func process(_ environment: [String: String]) -> Terminal {
        Terminal(environment: environment, isTerminal: isatty(STDERR_FILENO) == 1) {
            var size = winsize()
            guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else {
                return Size(columns: 80, rows: 24)
            }
            return Size(columns: Int(size.ws_col), rows: Int(size.ws_row))
        }
    }
}
