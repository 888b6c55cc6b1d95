internal import ArgumentParser
internal import Foundation
internal import S3
internal import Vocabulary

/// `galleria-deploy ls [PLACE] [PREFIX]`: what the bucket holds.
struct ListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ls", abstract: "List objects.",
        usage: """
            galleria-deploy ls [<options>] [s3://BUCKET[/PREFIX]]
            galleria-deploy ls [<options>] [TARGET] [PREFIX]
            """,
        discussion: """
            Lists what begins with PREFIX, folders as one line each unless --recursive is given. Keys are printed as the other commands for objects \
            take them with the same target.

            With --presign one image is marked as the primary one: the first that is named cover, primary or index, in this order of names and whatever \
            its extension, else the first image by key. A listing of more than one page is then read twice.
            """)

    @Argument(help: ArgumentHelp("The bucket, s3://BUCKET[/PREFIX], or a target; then what keys begin with.", valueName: "words"))
    var words: [String] = []

    @Flag(name: .shortAndLong, help: "Print size, time, storage class and key.")
    var long = false

    @Flag(name: .shortAndLong, help: "List what lies in folders, too.")
    var recursive = false

    @Option(help: ArgumentHelp("List at most so many.", valueName: "n"))
    var max: Int?

    @Option(
        help: ArgumentHelp(
            "List only these: a content type (image/jpeg), a family (image/*) or an extension (jpg). May be repeated.", valueName: "type"))
    var type: [KindFilter] = []

    @Flag(help: "Ask for each object's headers and metadata: one request each.")
    var metadata = false

    @Flag(help: "Print a signed address for each object.")
    var presign = false

    @OptionGroup var signing: SigningArguments

    @Option(help: ArgumentHelp("How to print: text, json (one document) or jsonl (a line each).", valueName: "format"))
    var format: RowFormat = .text

    @OptionGroup var objects: ObjectArguments

    func validate() throws {
        if words.count > 2 { throw ValidationError("ls takes a place and what keys begin with.") }
        if let max, max < 1 { throw ValidationError("--max takes a number from 1 on.") }
        if signing.isUsed, !presign { throw ValidationError("--expires, --stable and --fresh go with --presign.") }
    }

    func run() async throws {
        let console = Console(environment: ProcessInfo.processInfo.environment)
        await CommandRun.exit(console) {
            let (place, start) = try places(console)
            return try await BucketSession.run(objects.bucket, place, console, adoptsTarget: true) { session in
                var request = ListRequest(prefix: session.address.prefix)
                if let start { (request.prefix, request.stem) = start.isWhole ? (Prefix(""), start.bytes) : (request.prefix, start.bytes) }
                request.collapsesFolders = !recursive
                if let max, type.isEmpty, !presign { request.maxKeys = min(max, 1000) }
                return try await ObjectListing(command: self, session: session, request: request).run()
            }
        }
    }

    /// The place that the words name, and what keys begin with: below the place, or whole.
    private func places(_ console: Console) throws -> (place: String?, start: (bytes: [UInt8], isWhole: Bool)?) {
        var rest = words
        var place = objects.target
        if place == nil, let first = rest.first, try BucketSession.isPlace(first, objects.bucket, console) {
            place = rest.removeFirst()
        }
        guard rest.count < 2 else {
            throw Fault(.usage, "ls takes one prefix; \(rest.map(\.escapedForTerminal).joined(separator: " ")) are two.")
        }
        if let place, place.lowercased().hasPrefix("s3://") {
            do throws(BucketAddressError) {
                let address = try ObjectAddress(parsing: place)
                // With a second word the first is a folder.
                let folder = rest.isEmpty ? address.key.bytes : Prefix(address.key.string).bytes
                return ("s3://" + address.bucket, (folder + Array((rest.first ?? "").utf8), true))
            } catch { throw Fault(.usage, error.description) }
        }
        return (place, rest.first.map { (Array($0.utf8), false) })
    }
}
