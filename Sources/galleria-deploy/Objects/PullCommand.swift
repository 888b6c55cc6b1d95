internal import ArgumentParser
internal import Configuration
internal import Foundation
internal import Planning
internal import Vocabulary

/// `galleria-deploy pull [TARGET | s3://BUCKET/PREFIX] FOLDER`: the bucket's folder into a folder here.
struct PullCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pull", abstract: "Write what the bucket holds to a folder: only what differs.",
        usage: """
            galleria-deploy pull [<options>] s3://BUCKET[/PREFIX] FOLDER
            galleria-deploy pull [<options>] [TARGET] FOLDER
            """,
        discussion: """
            Files are compared with objects as a deploy compares them, by content: size, entity tag where it tells the content, else the SHA-256 of the \
            metadata. A second run writes nothing. What deploy leaves out by name or filter is left alone on both sides.

            A file of other content is kept and is a failure unless --overwrite is given; the corrected copy of a photo never replaces a file, which may \
            be its original. With --delete files that no object has are removed, guarded by --max-delete, and only if nothing failed. Neither is done to \
            the folder that the target is deployed from.

            Each file is written beside its place, proved and renamed; what was cut short is gone on with; no symbolic link is followed. What a deploy \
            has coded with gzip is decoded and compared with the hash of the file that it was made of; other codings are refused. A file gets the \
            time of the metadata's mtime, else that of the object.

            The original capture time of a photo that was corrected on the way cannot be restored: the bucket holds the corrected photo only.

            """ + HelpPage.exitStatuses)

    @Argument(help: ArgumentHelp("The bucket, s3://BUCKET[/PREFIX], or a target; then the folder.", valueName: "words"))
    var words: [String]

    @Flag(help: "Replace files of other content.")
    var overwrite = false

    @Flag(help: "Remove files that no object has.")
    var delete = false

    @Option(help: ArgumentHelp("Refuse to remove more files than this, a number or a share such as 50%.", valueName: "n"))
    var maxDelete: PlanLimit?

    @Option(help: ArgumentHelp("Refuse to replace more files than this, a number or a share such as 50%.", valueName: "n"))
    var maxOverwrite: PlanLimit?

    @Flag(name: [.customShort("n"), .long], help: "Say what would be done; do nothing.")
    var dryRun = false

    @Flag(help: "With --dry-run: exit status 2 where there is something to do.")
    var exitCode = false

    @Flag(name: .shortAndLong, help: "Print nothing but faults.")
    var quiet = false

    @Flag(help: "Take hidden names, and what programs leave behind, too.")
    var dotfiles = false

    @OptionGroup(title: "Filters")
    var filters: FilterArguments

    @Option(help: ArgumentHelp("Hold at most so much content in memory on its way (default: 64MB).", valueName: "size"))
    var bufferMemory: ByteSize?

    @Option(help: ArgumentHelp("How to print: text, json (one document) or jsonl.", valueName: "format"))
    var format: RowFormat = .text

    @OptionGroup var bucket: BucketArguments

    func validate() throws {
        if !(1...2).contains(words.count) { throw ValidationError("pull takes a place and the folder to write to.") }
        if maxDelete != nil, !delete { throw ValidationError("--max-delete goes with --delete.") }
        if maxOverwrite != nil, !overwrite { throw ValidationError("--max-overwrite goes with --overwrite.") }
        if exitCode, !dryRun { throw ValidationError("--exit-code goes with --dry-run.") }
        if let bufferMemory, !(1_000_000...1 << 40).contains(bufferMemory.bytes) {
            throw ValidationError("--buffer-memory takes 1MB to 1T, not \(bufferMemory) bytes.")
        }
    }

    func run() async throws {
        let console = Console(environment: ProcessInfo.processInfo.environment)
        await CommandRun.exit(console) {
            guard let folder = words.last, !DeployPlaces.isAddress(folder) else {
                throw Fault(
                    .usage,
                    "the folder comes last: galleria-deploy pull s3://BUCKET FOLDER. To deploy one, galleria-deploy FOLDER s3://BUCKET.")
            }
            var flags = SettingValues()
            flags.dotfiles = dotfiles ? true : nil
            flags.minSize = filters.minSize
            flags.maxSize = filters.maxSize
            flags.bufferMemory = bufferMemory
            return try await BucketSession.run(
                bucket, words.count == 2 ? words.first : nil, console, flags: flags, adoptsTarget: true
            ) { session in try await PullSession(session: session, command: self, folder: folder).run() }
        }
    }
}
