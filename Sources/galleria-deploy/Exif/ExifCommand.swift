internal import ArgumentParser

/// `galleria-deploy exif …`: looks at photos, and rewrites one, without a bucket.
struct ExifCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "exif", abstract: "Show what a deploy would make of photos' capture times, or rewrite one photo.",
        subcommands: [ExifShowCommand.self, ExifWriteCommand.self, ExifShiftCommand.self])
}
