internal import Vocabulary

/// Why an endpoint's address is not acceptable. The address itself is left out where it holds a password.
public enum EndpointError: Error, Sendable, Hashable {
    /// The address is empty.
    case empty
    /// The scheme is neither `http` nor `https`.
    case scheme(String, in: String)
    /// The address holds a user name or a password.
    case userInfo
    /// The address ends in a query or a fragment.
    case queryOrFragment(in: String)
    /// The host is missing or not a name or address.
    case host(String, in: String)
    /// The port is not a number of 1...65535.
    case port(String, in: String)
    /// The path holds characters that a URL may not hold, or `.` or `..`.
    case path(String, in: String)
    /// The region cannot stand in a host name.
    case region(String)
}

extension EndpointError: CustomStringConvertible {
    /// What failed, on what, why, and what to do next.
    public var description: String {
        let (address, reason): (String?, String) =
            switch self {
            case .empty: (nil, "it is empty")
            case .scheme(let scheme, let text): (text, "“\(scheme.escapedForTerminal)” is neither http nor https")
            case .userInfo: (nil, "it holds a user name or password, which belong into the environment or a profile")
            case .queryOrFragment(let text): (text, "it has a query or a fragment")
            case .host(let host, let text):
                (text, host.isEmpty ? "it names no host" : "“\(host.escapedForTerminal)” is no host name or IP address")
            case .port(let port, let text): (text, "“\(port.escapedForTerminal)” is no port (1 to 65535)")
            case .path(let path, let text): (text, "“\(path.escapedForTerminal)” cannot be a URL's path")
            case .region(let region): (nil, "the region “\(region.escapedForTerminal)” is no region's name (like eu-central-1)")
            }
        let subject = address.map { "the endpoint “\($0.escapedForTerminal)”" } ?? "the endpoint"
        if case .region = self { return "\(subject) cannot be formed: \(reason). Correct --region." }
        return "\(subject) cannot be used: \(reason). Expected a URL like https://fsn1.your-objectstorage.com or http://127.0.0.1:9000."
    }
}
