internal import Vocabulary

/// Why the place is not known.
public enum PlaceError: Error, Sendable, Hashable {
    /// The destination cannot be understood.
    case destination(BucketAddressError, SettingSource)
    /// The endpoint cannot be understood.
    case endpoint(EndpointError, SettingSource)
    /// The endpoint's host begins with a bucket's name: the host, the bucket, and the host without it.
    case endpointNamesBucket(String, bucket: String, better: String, SettingSource)
    /// The region's name cannot be one.
    case region(String, SettingSource)
    /// The addressing style is none.
    case style(String, SettingSource)
    /// Two names of equal rank say different things.
    case conflict(String, String)
    /// A profile refers to a `[services …]` section that does not exist.
    case noServices(section: String, profile: String)
    /// The credentials, or the files they come from, are at fault.
    case credentials(CredentialError)
}

extension PlaceError: CustomStringConvertible {
    /// What failed, on what, why, and what to do next.
    public var description: String {
        switch self {
        case .destination(let error, .flag): error.description
        case .destination(let error, let source): "\(source): \(error)"
        case .endpoint(let error, let source): "\(source): \(error)"
        case .endpointNamesBucket(let host, let bucket, let better, let source):
            "\(source): \(host.escapedForTerminal) names the bucket “\(bucket.escapedForTerminal)”, and an endpoint is the address of all buckets."
                + " Use https://\(better.escapedForTerminal)."
        case .region(let region, let source):
            "\(source): “\(region.escapedForTerminal)” is no region's name. Expected letters, digits and hyphens, like eu-central-1."
        case .style(let style, let source):
            "\(source): “\(style.escapedForTerminal)” is no addressing style. Expected path, virtual or auto."
        case .conflict(let one, let other):
            "\(one.escapedForTerminal) and \(other.escapedForTerminal) mean the same and are set to different values. Unset one of them."
        case .noServices(let section, let profile):
            "the profile “\(profile.escapedForTerminal)” refers to [services \(section.escapedForTerminal)], which does not exist. Add it, or remove “services” from the profile."
        case .credentials(let error): error.description
        }
    }
}
