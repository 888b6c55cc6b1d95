internal import ArgumentParser
internal import Picture

/// `galleria-deploy image convert IN OUT`: another format, as large as it is.
struct ImageConvertCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "convert", abstract: "Write pictures in another format.",
        usage: "galleria-deploy image convert [<options>] IN OUT\ngalleria-deploy image convert [<options>] IN ... FOLDER/",
        discussion: "The quality is 95 for JPEG, 80 for WebP, 50 for AVIF unless said; all metadata stays unless said. "
            + ImageCommand.discussion)

    @Argument(help: ArgumentHelp("What to read, and last where to write.", valueName: "in out"))
    var places: [String]

    @OptionGroup(title: "Picture") var rendering: RenderingArguments

    @OptionGroup(title: "Limits") var limits: PictureLimitArguments

    @OptionGroup var bucket: BucketArguments

    func run() async throws {
        let arguments = rendering
        await PictureRun.run(places, arguments, limits.limits, bucket) { format in
            Rendering(
                format: format, quality: arguments.quality ?? (format == .jpeg ? 95 : nil), background: arguments.background,
                metadata: arguments.metadata ?? .all)
        }
    }
}
