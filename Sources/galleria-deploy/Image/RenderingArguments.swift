internal import ArgumentParser
internal import Picture

/// What all commands take that make pictures of pictures.
struct RenderingArguments: ParsableArguments {
    @Option(
        name: .customLong("as"),
        help: ArgumentHelp(
            "The format to write: jpeg, png, webp or avif (default: by OUT's name, else the picture's own, else jpeg).", valueName: "format"
        ))
    var target: PictureFormat?

    @Option(help: ArgumentHelp("From 1, smallest, to 100, best.", valueName: "n"))
    var quality: Int?

    @Option(
        help: ArgumentHelp(
            "The colour under transparent pixels, such as #ffffff (default: white for JPEG, else they stay transparent).",
            valueName: "colour"))
    var background: RGBColour?

    @Option(
        help: ArgumentHelp("What of the metadata stays: none, copyright, capture-time, both with a comma, or all.", valueName: "what"))
    var metadata: KeptMetadata?

    @Flag(help: "Replace files and objects that exist. What is read is never replaced.")
    var overwrite = false

    @Flag(name: [.customShort("n"), .customLong("dry-run")], help: "Show what would be written, and write nothing.")
    var dryRun = false

    @Option(help: ArgumentHelp("How to print: text or json.", valueName: "format"))
    var format: ShowFormat = .text

    func validate() throws {
        if let quality, !(1...100).contains(quality) { throw ValidationError("--quality takes 1 to 100.") }
    }
}
