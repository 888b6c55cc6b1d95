public import ArgumentParser
public import Photo
public import Planning

extension DeleteLimit: ExpressibleByArgument {
    /// Parses `N` or `P%`.
    public init?(argument: String) { self.init(argument) }
}

extension PrivacyItem: ExpressibleByArgument {}
