internal import Vocabulary

/// Why there are no credentials. No case ever carries a secret.
public enum CredentialError: Error, Sendable, Hashable {
    /// None was found; each place that was looked at, with what was found there.
    case missing(looked: [String])
    /// Only one half of a pair is set.
    case half(present: String, absent: String)
    /// Two names for the same setting disagree.
    case conflict(String, String)
    /// The profile that was asked for stands in none of these files.
    case noProfile(name: String, files: [String])
    /// A profile cannot be used: a setting is missing, unknown, or refers to itself.
    case profile(name: String, reason: String)
    /// A file is not what it should be.
    case malformedFile(path: String, line: Int?, reason: String)
    /// A file could not be read.
    case unreadable(path: String, reason: String)
    /// A program, or a server that gives out credentials, could not be reached or run.
    case unreachable(source: String, reason: String)
    /// A server that gives out credentials refused, or a program failed.
    case refused(source: String, reason: String)
    /// An answer was understood by nobody.
    case malformedAnswer(source: String, reason: String)
    /// Credentials have ended and nothing can renew them.
    case expired(source: String, remedy: String)
    /// The task was cancelled while credentials were being fetched.
    case cancelled
}

extension CredentialError: CustomStringConvertible {
    /// What failed, on what, why, and what to do next.
    public var description: String {
        switch self {
        case .missing(let looked):
            "no credentials were found. Looked at:" + looked.map { "\n  - " + $0.escapedForTerminal }.joined()
                + "\nSet AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name a profile with --profile."
        case .half(let present, let absent):
            "\(present.escapedForTerminal) is set, but \(absent.escapedForTerminal) is not: credentials need both. Set the other, or unset this one."
        case .conflict(let one, let other):
            "\(one.escapedForTerminal) and \(other.escapedForTerminal) mean the same and are set to different values. Unset one of them."
        case .noProfile(let name, let files):
            "the profile “\(name.escapedForTerminal)” stands in neither of \(files.map(\.escapedForTerminal).joined(separator: ", "))."
                + " Correct --profile or AWS_PROFILE, or add the profile."
        case .profile(let name, let reason):
            "the profile “\(name.escapedForTerminal)” cannot be used: \(reason.escapedForTerminal). Correct it in ~/.aws/config or ~/.aws/credentials."
        case .malformedFile(let path, let line, let reason):
            "\(path.escapedForTerminal)\(line.map { ", line \($0)" } ?? "") cannot be understood: \(reason.escapedForTerminal). Correct the file."
        case .unreadable(let path, let reason):
            "\(path.escapedForTerminal) cannot be read: \(reason.escapedForTerminal). Check the path and its permissions."
        case .unreachable(let source, let reason):
            "\(source.escapedForTerminal) cannot be reached for credentials: \(reason.escapedForTerminal). Check that it runs and is reachable from here."
        case .refused(let source, let reason):
            "\(source.escapedForTerminal) gave no credentials: \(reason.escapedForTerminal). Check what it was asked for and its permissions."
        case .malformedAnswer(let source, let reason):
            "\(source.escapedForTerminal) answered something that is no credentials: \(reason.escapedForTerminal). Check that this is the right address."
        case .expired(let source, let remedy):
            "the credentials from \(source.escapedForTerminal) have ended. \(remedy.escapedForTerminal)"
        case .cancelled:
            "cancelled while credentials were being fetched."
        }
    }
}
