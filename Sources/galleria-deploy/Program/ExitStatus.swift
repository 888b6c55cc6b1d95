/// The exit statuses, documented in `--help` and the manual. Where several apply the first of 130/143, 64, 5, 6, 4, 3, 1, 2 is answered.
enum ExitStatus: Int32, CaseIterable {
    case done = 0
    case someFailed = 1
    case changesPending = 2
    case corsInsufficient = 3
    case refused = 4
    case configuration = 5
    case bucket = 6
    case usage = 64
    case interrupted = 130
    case terminated = 143

    /// What the status says, for help and manual.
    var meaning: String {
        switch self {
        case .done: "done"
        case .someFailed: "some files failed; the others are deployed"
        case .changesPending: "a dry run with --exit-code found changes"
        case .corsInsufficient: "the bucket's CORS rules do not let browsers read the gallery"
        case .refused: "refused by a guard; nothing was sent"
        case .configuration: "configuration or credentials"
        case .bucket: "the bucket cannot be reached or refuses access"
        case .usage: "wrong usage"
        case .interrupted: "interrupted"
        case .terminated: "terminated, or --timeout was over"
        }
    }

    /// Of two statuses the one that is answered for both.
    func combined(with other: ExitStatus) -> ExitStatus {
        let precedence: [ExitStatus] = [
            .interrupted, .terminated, .usage, .configuration, .bucket, .refused, .corsInsufficient, .someFailed, .changesPending,
        ]
        return precedence.first { $0 == self || $0 == other } ?? .done
    }
}
