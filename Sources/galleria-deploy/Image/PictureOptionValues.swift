public import ArgumentParser
public import Picture

extension PictureFormat: ExpressibleByArgument {
    /// Parses `jpeg`, `jpg`, `png`, `webp`, `avif`.
    public init?(argument: String) { self.init(word: argument) }

    /// As they are listed in help and completions.
    public static var allValueStrings: [String] { allCases.map(\.rawValue) }
}

extension RGBColour: ExpressibleByArgument {
    /// Parses `#rrggbb`, `#rgb`, `white`, `black`.
    public init?(argument: String) { self.init(argument) }
}

extension KeptMetadata: ExpressibleByArgument {
    /// Parses `none`, `copyright`, `capture-time`, `copyright,capture-time`, `all`.
    public init?(argument: String) { self.init(argument) }
}
