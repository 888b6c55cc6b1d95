internal import ArgumentParser
internal import Foundation
internal import Planning
internal import S3
internal import Vocabulary

/// `galleria-deploy rm KEY…`: deletes objects.
struct RemoveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rm", abstract: "Delete objects, or with --recursive all below a prefix.",
        usage: "galleria-deploy rm [<options>] KEY ...",
        discussion: """
            Asks first on a terminal; elsewhere --yes must be given. As with deploy --delete, more than --max-delete of the objects of the target's folder \
            (of the bucket, where s3://BUCKET/KEY is said) are refused: the larger of 10 and 25 % unless told otherwise. Nothing below .galleria/, where \
            locks are kept, is deleted unless it is named.
            """)

    @Argument(help: ArgumentHelp("Keys below the target, s3://BUCKET/KEY, or web addresses.", valueName: "key"))
    var words: [String]

    @Flag(name: .shortAndLong, help: "Delete everything whose key begins with a word.")
    var recursive = false

    @Flag(name: .shortAndLong, help: "Do not ask.")
    var yes = false

    @Option(help: ArgumentHelp("Refuse to delete more objects than this, a number or a share such as 50%.", valueName: "n"))
    var maxDelete: PlanLimit?

    @Flag(name: [.customShort("n"), .long], help: "Say what would be deleted; delete nothing.")
    var dryRun = false

    @Option(help: ArgumentHelp("How to print: text, json (one document) or jsonl.", valueName: "format"))
    var format: RowFormat = .text

    @OptionGroup var objects: ObjectArguments

    func run() async throws {
        let console = Console(environment: ProcessInfo.processInfo.environment)
        await CommandRun.exit(console) {
            let words = try words.map { try ObjectWord($0) }
            return try await BucketSession.run(objects, on: words, console) { session in
                try await RemoveRun(session: session, command: self).run(words)
            }
        }
    }
}
