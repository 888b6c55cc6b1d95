public import ArgumentParser
public import Planning

extension DeleteLimit: ExpressibleByArgument {
    /// Parses `N` or `P%`.
    public init?(argument: String) { self.init(argument) }
}
