internal import Vocabulary

/// A destination with all that is needed to reach it, each with the source that won.
public struct Place: Sendable {
    /// The bucket and folder; nil where nobody named one.
    public let destination: Sourced<BucketAddress>?
    /// The server, with its addressing style.
    public let endpoint: Sourced<Endpoint>
    /// The region that requests are signed for.
    public let region: Sourced<String>
    /// Who chose the addressing style.
    public let styleSource: SettingSource
    /// The profile's name in AWS's files: `default` where nobody named one.
    public let profile: Sourced<String>
    /// Where credentials come from.
    public let credentialSource: SettingSource
    /// What the user should know; nothing here stops a run.
    public let warnings: [PlaceWarning]

    let recipe: CredentialRecipe

    /// True where nobody said the region, and it is the one that AWS's tools take then.
    public var regionIsAssumed: Bool { region == Self.standardRegion }

    static let standardRegion = Sourced("us-east-1", .assumed("the default"))
}

/// Something about the settings that is better changed, but stops nothing.
public enum PlaceWarning: Sendable, Hashable {
    /// A file with secrets can be read by others than its owner; the permission bits.
    case readableByOthers(path: String, mode: UInt32)
    /// A variable was left aside, because the destination came from a place that outranks it.
    case variableIgnored(String, because: String)
}

extension PlaceWarning: CustomStringConvertible {
    /// What is amiss and what to do.
    public var description: String {
        switch self {
        case .readableByOthers(let path, let mode):
            "\(path.escapedForTerminal) holds secrets and other users can read it (mode \(String(mode, radix: 8))). Run: chmod 600 \(path.escapedForTerminal)"
        case .variableIgnored(let name, let reason):
            "\(name.escapedForTerminal) is set but not used: \(reason.escapedForTerminal)."
        }
    }
}
