internal import Vocabulary

extension OutputArguments {
    /// Takes over `LOG_LEVEL`, which the replaced programs read, where no option says how much is said: DEBUG as `--verbose`, ERROR and CRITICAL as
    /// `--quiet`; INFO and WARNING are the rule. What is no level is said to `warn`.
    mutating func adopt(logLevel: String?, warn: (String) -> Void) {
        guard let logLevel, !logLevel.isEmpty, !quiet, verbose == 0 else { return }
        switch logLevel.uppercased() {
        case "DEBUG": verbose = 1
        case "ERROR", "CRITICAL", "FATAL": quiet = true
        case "INFO", "WARNING", "WARN": break
        default: warn("warning: LOG_LEVEL is set but not used: “\(logLevel.escapedForTerminal)” is none of DEBUG, INFO, WARNING, ERROR.")
        }
    }
}
