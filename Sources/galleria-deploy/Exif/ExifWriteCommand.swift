internal import ArgumentParser
internal import Configuration
internal import Foundation
internal import Photo
internal import Source
internal import Vocabulary

/// `galleria-deploy exif write IN OUT`: the rewrite that a deploy does in memory, into a file.
struct ExifWriteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "write", abstract: "Write one photo with a corrected capture time; the original is only read.",
        usage: "galleria-deploy exif write [<options>] IN OUT",
        discussion: """
            Exit status:
              0    OUT was written
              1    the photo cannot be rewritten safely; no OUT was written
              2    OUT was written with the capture time; the offset could not be added safely and was left out
              5    a value that cannot be understood
              64   wrong usage
            """)

    @Argument(help: ArgumentHelp("The photo to read.", valueName: "in"))
    var input: String

    @Argument(help: ArgumentHelp("The file to write; - is standard output.", valueName: "out"))
    var output: String

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Set the capture time to this local time instead of shifting it: '2024:06:15 10:30:45'.", valueName: "time"))
    var captureTime: String?

    @OptionGroup(title: "Photos")
    var photos: PhotoArguments

    func run() async throws {
        let environment = ProcessInfo.processInfo.environment
        let console = Console(environment: environment)
        await CommandRun.exit(console) { try write(environment, console) }
    }

    private func write(_ environment: [String: String], _ console: Console) throws -> ExitStatus {
        let photo = try PhotoFile(input)
        let settings = try photos.settings(.empty, target: nil, environment: environment)
        let rewriter = PhotoRewriter(
            rules: settings.captureRules(times: try times(photo.path, settings)), privacy: settings.privacy, isDoublyRead: true)
        let rewrite: PhotoRewrite
        do {
            rewrite = try rewriter.rewrite(path: photo.path, photo.file)
        } catch {
            throw Fault(.someFailed, "\(input.escapedForTerminal): \(error)")
        }
        if let refusal = rewrite.refusal {
            throw Fault(.someFailed, "\(input.escapedForTerminal) was not rewritten, nothing was written: \(refusal)")
        }
        if let gap = rewrite.gaps.first(where: \.isCertain) {
            throw Fault(
                .someFailed, "\(input.escapedForTerminal) was not written: what privacy was to remove would have stayed in it: \(gap)")
        }
        for gap in rewrite.gaps { console.complain("warning: \(input.escapedForTerminal): privacy: \(gap)") }
        for warning in rewrite.warnings { console.complain("warning: \(input.escapedForTerminal): \(warning)") }
        try OutputFile.write(SplicedBytes(rewrite.splice, over: photo.file), to: output, notOver: photo.file.status)
        guard photo.file.isUnchanged else {
            throw Fault(
                .someFailed, "\(input.escapedForTerminal) changed while it was read; write it again when nothing else writes to it.")
        }
        return rewrite.isPartial ? .changesPending : .done
    }

    /// The absolute time, as the one row of a table.
    private func times(_ path: Key, _ settings: TargetSettings) throws -> CaptureTimes {
        guard let captureTime else { return CaptureTimes() }
        guard settings.values.clockShift ?? .zero == .zero else {
            throw Fault(.usage, "--capture-time and --clock-shift exclude each other.")
        }
        do { return CaptureTimes([path: CaptureTimes.Row(time: try CaptureTime(parsing: captureTime))]) } catch {
            throw Fault(.configuration, "--capture-time: \(error)")
        }
    }
}
