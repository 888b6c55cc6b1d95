internal import ArgumentParser
internal import Picture

/// `galleria-deploy image thumbnail IN OUT`: small, without metadata.
struct ImageThumbnailCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "thumbnail", abstract: "Write small pictures of pictures.",
        usage: "galleria-deploy image thumbnail [<options>] IN OUT\ngalleria-deploy image thumbnail [<options>] IN ... FOLDER/",
        discussion: "The quality is 85 for JPEG, 80 for WebP, 50 for AVIF unless said; no metadata stays unless said. "
            + ImageCommand.discussion)

    @Argument(help: ArgumentHelp("What to read, and last where to write.", valueName: "in out"))
    var places: [String]

    @Option(help: ArgumentHelp("The largest width and height (default: 256x256).", valueName: "size"))
    var size = "256x256"

    @Flag(help: "Fill the size wholly, and cut off what sticks out at both sides.")
    var fill = false

    @OptionGroup(title: "Picture") var rendering: RenderingArguments

    @OptionGroup(title: "Limits") var limits: PictureLimitArguments

    @OptionGroup var bucket: BucketArguments

    func validate() throws { _ = try box() }

    private func box() throws -> RenderedSize {
        guard let box = RenderedSize(size, shape: fill ? .fill : .fit) else {
            throw ValidationError("--size is written 256x256, 256, 800x or x600, of 1 to 100000 pixels; --fill needs both.")
        }
        return box
    }

    func run() async throws {
        let arguments = rendering
        let box = try box()
        await PictureRun.run(places, arguments, limits.limits, bucket) { format in
            Rendering(
                size: box, format: format, quality: arguments.quality, background: arguments.background,
                metadata: arguments.metadata ?? .none)
        }
    }
}
