public import ArgumentParser
public import Configuration
public import Deploy
public import Photo
public import Planning
public import Vocabulary

extension PlanLimit: ExpressibleByArgument {
    /// Parses `N` or `P%`.
    public init?(argument: String) { self.init(argument) }
}

enum DurationOption {
    /// Parses a length of time such as `30s` or `1h30m`; none at all is refused.
    static func parse(_ text: String) throws -> Duration {
        guard let duration = Duration(text: text), duration > .zero else {
            throw ValidationError("Write a length of time such as 30s, 10m or 1h30m.")
        }
        return duration
    }
}

extension ByteSize: ExpressibleByArgument {
    /// Parses `500`, `10K`, `1.5M`, `2GiB`.
    public init?(argument: String) { self.init(argument) }
}

extension Shard: ExpressibleByArgument {
    /// Parses `I/N`.
    public init?(argument: String) { self.init(argument) }
}

extension PrivacyItem: ExpressibleByArgument {}

extension JobLimit: ExpressibleByArgument {
    /// Parses `auto` or a number from 1 to 256.
    public init?(argument: String) { self.init(argument) }
}

extension LogFormat: ExpressibleByArgument {}

extension MediaTypePattern: ExpressibleByArgument {
    /// Parses `TYPE/SUBTYPE` or `TYPE/*`.
    public init?(argument: String) { self.init(argument) }
}

extension UploadRules.Duplicates: ExpressibleByArgument {}

extension KeyNaming.Spelling: ExpressibleByArgument {}

extension KeyNaming.LetterCase: ExpressibleByArgument {}

extension PingAddress: ExpressibleByArgument {
    /// Parses an address of http or https.
    public init?(argument: String) { self.init(argument) }
}

extension TierOptions.Basis: ExpressibleByArgument {}
