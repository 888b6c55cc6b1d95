internal import Vocabulary
public import S3

/// Why visitors do not see what was deployed.
public struct VisitorFault: Sendable {
    /// What is wrong.
    public enum Reason: Sendable {
        /// 401 or 403.
        case isPrivate(status: Int)
        /// 404.
        case isMissing
        /// Leads elsewhere.
        case redirects(status: Int, to: String?)
        /// Any other status.
        case status(Int)
        /// The content is not what was deployed. `age` is what a cache says of its copy, in seconds.
        case differs(age: String?)
        /// No answer: why, in words, escaped for a terminal.
        case unreachable(String)
    }

    /// What was fetched.
    public let sample: VisitorSample
    /// Where.
    public let url: String
    /// Whose address it is.
    public let kind: VisitorAddress.Kind
    /// What is wrong.
    public let reason: Reason
    /// The store, for telling what to do.
    public let store: ProviderProfile
    /// The bucket, for the same.
    public let bucket: String
}

extension VisitorFault: CustomStringConvertible {
    /// What a visitor gets, why, and what to do.
    public var description: String {
        let what = "visitors do not see \(url.escapedForTerminal):"
        switch reason {
        case .isPrivate(let status):
            return "\(what) the bucket is private (status \(status)). \(PublicAccessAdvice.text(for: store, bucket: bucket))"
        case .isMissing:
            return "\(what) there is nothing at that address (404). "
                + (kind == .bucket
                    ? "The store may need a while, or show its buckets at another address: name it in public-url."
                    : "Check \(kind.setting): it must lead to the deployed folder. A network in front may also have kept an earlier answer.")
        case .redirects(let status, let place):
            return
                "\(what) it leads on to \((place ?? "nowhere").escapedForTerminal) (status \(status)). Name the address where it ends in \(kind.setting)."
        case .status(let status): return "\(what) the answer is status \(status). Try again later; the deploy itself is done."
        case .differs(let age):
            let kept = age.map { " It says that its copy is \($0.escapedForTerminal) seconds old." } ?? ""
            return kind == .bucket
                ? "\(what) what comes is not what was deployed. Something between here and the bucket, or the bucket itself, answers with other bytes.\(kept)"
                : "\(what) the CDN is stale or rewrites photos: what comes is not what was deployed.\(kept) Purge its cache, and switch off the optimising of images."
        case .unreachable(let why): return "\(what) no answer (\(why)). Check \(kind.setting) and its name in the DNS."
        }
    }
}

extension VisitorAddress.Kind {
    /// The setting that names such an address.
    var setting: String {
        switch self {
        case .bucket, .publicURL: "public-url"
        case .contentNetwork: "cdn-url"
        }
    }
}
