public import HTTP
public import S3
internal import Vocabulary

/// Why a content delivery network was not told what to fetch anew. `network` names it as the user knows it: `CloudFront E2EXAMPLE`.
public enum CDNError: Error, Sendable {
    /// It did not answer, after all tries.
    case unreachable(network: String, HTTPError)
    /// It refused; what it said, as it may be shown.
    case refused(network: String, status: Int, message: String)
    /// It answered something that cannot be understood.
    case malformed(network: String, String)
    /// There are no credentials for it.
    case credentials(network: String, CredentialError)
    /// It took the request, and was not done with it when waiting ended.
    case unfinished(network: String, id: String, Duration)
    /// The command failed; how.
    case command(String)
    /// Purging was broken off.
    case cancelled(network: String)
}

extension CDNError: CustomStringConvertible {
    /// What failed, on what, why, and what to do next.
    public var description: String {
        switch self {
        case .unreachable(let network, let error):
            "\(network) was not told what to fetch anew: \(error.words). It is remembered and tried again by the next run, or by galleria-deploy cdn purge."
        case .refused(let network, let status, let message):
            "\(network) refused to purge (status \(status)\(message.isEmpty ? "" : ": " + message)). \(Self.advice(status))"
        case .malformed(let network, let why):
            "\(network) answered what cannot be understood: \(why). Check `api-url`; the next run tries again."
        case .credentials(let network, let error): "\(network) was not told what to fetch anew: \(error.description)"
        case .unfinished(let network, let id, let time):
            "\(network) has taken invalidation \(id) and was not done with it after \(time.components.seconds) s. It goes on by itself."
        case .command(let why): "purge-command: \(why). The next run tries again."
        case .cancelled(let network): "\(network) was not told what to fetch anew, because the program was ended. The next run does."
        }
    }

    private static func advice(_ status: Int) -> String {
        switch status {
        case 401, 403: "Check its key, and that it may purge; the next run tries again."
        case 404: "Check the identifier in `cdn`; the next run tries again."
        case 429: "It asks for fewer requests; the next run tries again."
        default: "The next run tries again."
        }
    }
}
