internal import ArgumentParser
internal import Configuration
internal import Foundation
internal import Planning
internal import S3
internal import Vocabulary

/// `galleria-deploy put FILE… [s3://BUCKET/KEY]`: single files into the bucket.
struct PutCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "put", abstract: "Send files as they are, or standard input, and print their addresses.",
        usage: """
            galleria-deploy put [<options>] FILE ... [s3://BUCKET/KEY | s3://BUCKET/FOLDER/]
            galleria-deploy put [<options>] FILE ... [--key KEY | FOLDER/]
            """,
        discussion: """
            Files are sent as they are: no photo is corrected and no text is coded. Content types are told by content where it tells for certain (a PNG \
            that is named .jpg), else by name; all other headers are those that the target's files get.

            A file is called by its own name in the folder of the target, or in the one that ends in a slash. Standard input (-) without a key is called \
            by the first 16 digits of its SHA-256 and the extension of its type, so that the same content is the same object.

            What is there already is replaced, unless --no-overwrite is given. Where one file fails, the others that were new are deleted again and \
            uploads in parts are given up; --keep-going keeps them.
            """)

    @Argument(help: ArgumentHelp("The files, - for standard input; then where to.", valueName: "words"))
    var words: [String]

    @Option(help: ArgumentHelp("The key below the target's folder; with a slash at its end, the folder.", valueName: "key"))
    var key: String?

    @Flag(help: "The files hold base64, or data: URIs; what they stand for is sent.")
    var base64 = false

    @Option(help: ArgumentHelp("The content type, in place of the one that is found out.", valueName: "type"))
    var contentType: String?

    @Flag(help: "Refuse where an object is there already.")
    var noOverwrite = false

    @Flag(help: "Where a file fails, keep what was sent and go on.")
    var keepGoing = false

    @Flag(help: "Print signed addresses.")
    var presign = false

    @OptionGroup var signing: SigningArguments

    @Flag(name: [.customShort("n"), .long], help: "Say what would be sent; send nothing.")
    var dryRun = false

    @Option(help: ArgumentHelp("How to print: text, json (one document) or jsonl.", valueName: "format"))
    var format: RowFormat = .text

    @OptionGroup(title: "Transfer")
    var transfer: TransferArguments

    @OptionGroup(title: "Headers and storage")
    var headers: HeaderArguments

    @OptionGroup var objects: ObjectArguments

    func validate() throws {
        if signing.isUsed, !presign { throw ValidationError("--expires, --stable and --fresh go with --presign.") }
        if words.filter({ $0 == "-" }).count > 1 { throw ValidationError("there is only one standard input.") }
    }

    func run() async throws {
        let console = Console(environment: ProcessInfo.processInfo.environment)
        await CommandRun.exit(console) {
            var files = words
            var address: ObjectAddress?
            if let last = files.last, last.lowercased().hasPrefix("s3://") {
                files.removeLast()
                do throws(BucketAddressError) { address = try ObjectAddress(parsing: last) } catch {
                    throw Fault(.usage, error.description)
                }
                if key != nil { throw Fault(.usage, "--key names a key below the target; \(last.escapedForTerminal) is one by itself.") }
            }
            guard !files.isEmpty else { throw Fault(.usage, "no file: say which to send, or - for standard input.") }
            if let file = files.first(where: { DeployPlaces.isAddress($0) }) {
                throw Fault(.usage, "\(file.escapedForTerminal) is no file. To copy an object, galleria-deploy cp.")
            }
            var flags = SettingValues()
            try headers.fill(&flags)
            flags.bwlimit = transfer.bwlimit?.size
            flags.partSize = transfer.partSize
            flags.bufferMemory = transfer.bufferMemory
            let place = address.map { "s3://" + $0.bucket } ?? objects.target
            return try await BucketSession.run(objects.bucket, place, console, flags: flags, adoptsTarget: true) { session in
                let beginning = address?.key ?? session.address.prefix.key(for: Key(key ?? ""))
                let isFolder = beginning.bytes.isEmpty || beginning.bytes.last == UInt8(ascii: "/")
                guard isFolder || files.count == 1 else {
                    throw Fault(
                        .usage,
                        "\(files.count) files cannot all be \(session.name(of: beginning)). If it is a folder, write a slash behind it.")
                }
                return try await PutRun(session: session, command: self).run(files, beginning, isFolder: isFolder)
            }
        }
    }
}
