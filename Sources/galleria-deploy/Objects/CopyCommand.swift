internal import ArgumentParser
internal import Foundation
internal import S3
internal import Vocabulary

/// `galleria-deploy cp SOURCE DESTINATION`: copies on the server.
struct CopyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cp", abstract: "Copy an object on the server, or with --recursive all below a prefix.",
        usage: "galleria-deploy cp [<options>] SOURCE DESTINATION",
        discussion: TransferWords.discussion + " Nothing travels through this machine.")

    @OptionGroup var words: TransferWords

    func run() async throws { await words.run(moves: false) }
}

/// `galleria-deploy mv SOURCE DESTINATION`: copies on the server, and deletes what was copied once the copy was looked at.
struct MoveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mv", abstract: "Move an object on the server, or with --recursive all below a prefix.",
        usage: "galleria-deploy mv [<options>] SOURCE DESTINATION",
        discussion: TransferWords.discussion
            + " An object is deleted only once its copy was looked at, and if it is still the one that was copied.")

    @OptionGroup var words: TransferWords

    func run() async throws { await words.run(moves: true) }
}

/// What `cp` and `mv` take.
struct TransferWords: ParsableArguments {
    static let discussion = """
        A copy has the object's content, headers, metadata, tags, access control list and storage class, and is compared with it afterwards. Both may be \
        in different buckets of one store. A DESTINATION that ends in a slash, or is a bucket, is a folder. What is there already is replaced, unless \
        --no-overwrite is given.
        """

    @Argument(help: ArgumentHelp("The object: a key below the target, s3://BUCKET/KEY, or a web address.", valueName: "source"))
    var source: String

    @Argument(help: ArgumentHelp("The key of the copy: below the target, or s3://BUCKET/KEY.", valueName: "destination"))
    var destination: String

    @Flag(name: .shortAndLong, help: "Everything whose key begins with SOURCE.")
    var recursive = false

    @Flag(help: "Refuse where an object is there already.")
    var noOverwrite = false

    @Flag(name: [.customShort("n"), .long], help: "Say what would be done; do nothing.")
    var dryRun = false

    @Option(help: ArgumentHelp("How to print: text, json (one document) or jsonl.", valueName: "format"))
    var format: RowFormat = .text

    @OptionGroup var objects: ObjectArguments

    func run(moves: Bool) async {
        let console = Console(environment: ProcessInfo.processInfo.environment)
        await CommandRun.exit(console) {
            let from = try ObjectWord(source)
            let to = try ObjectWord(destination)
            return try await BucketSession.run(objects, on: [from], console) { session in
                var bucket = session.address.bucket
                let target: Key
                switch to {
                case .address(let address): (bucket, target) = (address.bucket, address.key)
                case .path(let path): target = session.address.prefix.key(for: Key(path))
                case .url: target = try session.key(of: to)
                }
                let run = TransferRun(session: session, words: self, bucket: bucket, moves: moves)
                if recursive {
                    if case .address(let address) = from { return try await run.all(below: address.key, to: target) }
                    return try await run.all(below: try session.key(of: from), to: target)
                }
                let key = try session.key(of: from)
                let isFolder = target.bytes.isEmpty || target.bytes.last == UInt8(ascii: "/")
                return try await run.run([(key, isFolder ? Key(unchecked: target.bytes + key.lastComponent) : target)])
            }
        }
    }
}
