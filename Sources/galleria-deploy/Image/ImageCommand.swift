internal import ArgumentParser
internal import Foundation
internal import Picture

/// `galleria-deploy image …`: looks into pictures and makes others of them, without a deploy.
struct ImageCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "image", abstract: "Inspect, validate, convert and resize pictures.",
        subcommands: [
            ImageInfoCommand.self, ImageValidateCommand.self, ImageConvertCommand.self, ImageResizeCommand.self, ImageThumbnailCommand.self,
        ])

    /// What the commands that write have in common, for their help.
    static let discussion = """
        IN and OUT are paths, s3://BUCKET/KEY, or - for the standard streams. Pixels are turned upright and converted to sRGB; of an animation the first \
        frame is taken.

        Exit status:
          0    every picture was written
          1    at least one is damaged, cannot be read, or would have replaced what exists; the others were written
          5    libvips is missing, or a value cannot be understood
          6    a bucket cannot be reached or refuses access
          64   wrong usage; nothing was written
        """

    /// The frame of a command that only reads pictures: places for the words, libvips, and connections to the buckets among them; ends the process with
    /// the status of `body`.
    static func read(
        _ words: [String], _ bucket: BucketArguments,
        _ body: (_ places: [PicturePlace], _ library: PictureLibrary, _ stores: PictureStores, _ console: Console) async throws ->
            ExitStatus
    ) async {
        let console = Console(environment: ProcessInfo.processInfo.environment)
        await CommandRun.exit(console) {
            let places = try words.map { try PicturePlace($0) }
            let library = try library()
            return try await PictureStores.run(bucket, places, console) { try await body(places, library, $0, console) }
        }
    }

    /// libvips, or the fault that says what is missing.
    static func library() throws -> PictureLibrary {
        ProcessMemory.keepFreedMemory()
        do throws(PictureError) { return try PictureLibrary.loaded() } catch { throw Fault(.configuration, error.description) }
    }
}
