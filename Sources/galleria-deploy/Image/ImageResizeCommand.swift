internal import ArgumentParser
internal import Picture

/// `galleria-deploy image resize IN OUT`: smaller, or larger where asked.
struct ImageResizeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resize", abstract: "Write pictures in another size.",
        usage: "galleria-deploy image resize [<options>] IN OUT\ngalleria-deploy image resize [<options>] IN ... FOLDER/",
        discussion: "The quality is 95 for JPEG, 80 for WebP, 50 for AVIF unless said; all metadata stays unless said. "
            + ImageCommand.discussion)

    @Argument(help: ArgumentHelp("What to read, and last where to write.", valueName: "in out"))
    var places: [String]

    @Option(help: ArgumentHelp("The largest width.", valueName: "pixels"))
    var width: Int?

    @Option(help: ArgumentHelp("The largest height.", valueName: "pixels"))
    var height: Int?

    @Option(help: ArgumentHelp("The largest width and height: one number for both, or 1920x1080.", valueName: "size"))
    var maxSize: String?

    @Flag(help: "Fill width and height wholly, and cut off what sticks out at both sides.")
    var fill = false

    @Flag(help: "Make pictures larger, too, that are smaller.")
    var enlarge = false

    @OptionGroup(title: "Picture") var rendering: RenderingArguments

    @OptionGroup(title: "Limits") var limits: PictureLimitArguments

    @OptionGroup var bucket: BucketArguments

    func validate() throws { _ = try size() }

    /// The box that the options name.
    private func size() throws -> RenderedSize {
        let size: RenderedSize?
        if let maxSize {
            guard width == nil, height == nil else { throw ValidationError("--max-size and --width or --height exclude each other.") }
            size = RenderedSize(maxSize, shape: fill ? .fill : .fit, enlarges: enlarge)
        } else {
            guard width != nil || height != nil else { throw ValidationError("say how large: --width, --height or --max-size.") }
            size = RenderedSize(
                "\(width.map(String.init) ?? "")x\(height.map(String.init) ?? "")", shape: fill ? .fill : .fit, enlarges: enlarge)
        }
        guard let size else { throw ValidationError("sizes are 1 to 100000 pixels; --fill needs a width and a height.") }
        return size
    }

    func run() async throws {
        let arguments = rendering
        let size = try size()
        await PictureRun.run(places, arguments, limits.limits, bucket) { format in
            Rendering(
                size: size, format: format, quality: arguments.quality ?? (format == .jpeg ? 95 : nil), background: arguments.background,
                metadata: arguments.metadata ?? .all)
        }
    }
}
