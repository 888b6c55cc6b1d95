internal import Glibc
internal import Source
internal import Vocabulary

/// Hands a run's end to GitHub Actions: annotations on standard error, which the runner reads like standard output, the rest to the files that it names.
enum GitHubFiles {
    static func tell(_ text: GitHubText, _ environment: [String: String], _ console: Console) {
        for line in text.annotations { console.complain(line) }
        append(text.summary, "GITHUB_STEP_SUMMARY", environment, console)
        append(text.outputs, "GITHUB_OUTPUT", environment, console)
    }

    private static func append(_ text: String, _ variable: String, _ environment: [String: String], _ console: Console) {
        guard let path = environment[variable], !path.isEmpty else { return }
        let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOCTTY, 0o666)
        var cause = descriptor < 0 ? SystemCause(errno) : nil
        var rest = Array(text.utf8)[...]
        while cause == nil, !rest.isEmpty {
            let n = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if n > 0 { rest = rest.dropFirst(n) } else if errno != EINTR { cause = SystemCause(errno) }
        }
        if descriptor >= 0 { close(descriptor) }
        if let cause { console.complain("warning: \(variable) (\(path.escapedForTerminal)) cannot be written: \(cause).") }
    }
}
