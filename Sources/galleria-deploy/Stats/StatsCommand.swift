internal import ArgumentParser
internal import Deploy
internal import Foundation
internal import Planning
internal import S3
internal import Vocabulary

/// `galleria-deploy stats [DESTINATION]`: what lies in the bucket.
struct StatsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stats", abstract: "Count what lies in the bucket: by type, storage class, folder and age.",
        discussion: "Lists the destination, and asks nothing else. Types are told by the keys' names.\n\n" + HelpPage.exitStatuses)

    @Argument(help: ArgumentHelp("The bucket, s3://BUCKET[/PREFIX], or a target of the configuration file.", valueName: "destination"))
    var destination: String?

    @Option(help: ArgumentHelp("How to print: text or json.", valueName: "format"))
    var format: ShowFormat = .text

    @OptionGroup var bucket: BucketArguments

    func run() async throws {
        let console = Console(environment: ProcessInfo.processInfo.environment, printsText: format == .text)
        await CommandRun.exit(console) {
            try await BucketSession.run(bucket, destination, console) { session in
                let prefix = session.address.prefix
                var tally = BucketTally(below: prefix, now: StateOptions.systemClock() / 1_000_000_000)
                var listing = Listing(session.store, prefix: prefix)
                do throws(S3Error) {
                    while let page = try await listing.next() {
                        for index in page.indices { tally.add(page[index], storageClass: page.storageClass(of: index)) }
                    }
                } catch {
                    throw Fault(error)
                }
                let document = StatsDocument(bucket: session.address.description, tally)
                switch format {
                case .text: for line in document.lines { console.print(line) }
                case .json: console.answer(try JSONText.document(document))
                }
                return .done
            }
        }
    }
}
