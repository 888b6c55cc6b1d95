internal import ArgumentParser
internal import Bucket
internal import Foundation
internal import Vocabulary

/// `galleria-deploy cors probe [DESTINATION] [KEY]`: sends what a browser sends to the public address, and judges every header of the answers.
struct CORSProbeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "probe", abstract: "Send what a browser sends and judge the answers; exit status 0 or 3.",
        usage: "galleria-deploy cors probe [<options>] [DESTINATION | TARGET] [KEY]",
        discussion:
            "Asks the address of cdn-url, public-url or the bucket without credentials: a preflight for each method, a GET without Origin, "
            + "then two different origins on one address, so that a cache which does not vary by Origin is caught.")

    @Argument(
        help: ArgumentHelp("The bucket, s3://BUCKET[/PREFIX], or a target; then the key below it (default: the first).", valueName: "words")
    )
    var words: [String] = []

    @Option(help: ArgumentHelp("The origin of the page that asks (default: one that the gallery needs).", valueName: "origin"))
    var origin: String?

    @OptionGroup var options: CORSOptions

    func validate() throws {
        if words.count > 2 { throw ValidationError("a destination and a key are all that can be said.") }
    }

    func run() async throws {
        let console = Console(environment: ProcessInfo.processInfo.environment)
        await CommandRun.exit(console) {
            // A single word is a key only where it can be nothing else.
            let namesPlace = try words.count == 2 || words.first.map { try BucketSession.isPlace($0, options.bucket, console) } ?? false
            let place = namesPlace ? words.first : nil
            let key = namesPlace ? words.dropFirst().first : words.first
            return try await CORSSession.run(options, place, console) { session in
                let url = try await session.probeAddress(key)
                console.print("probing \(url.escapedForTerminal)")
                let result = try await session.probe(at: url, origin: origin)
                for finding in result.findings { console.print(finding.description) }
                console.print(result.passes ? "CORS: a browser reads it" : "CORS: a browser does not read it")
                return result.passes ? .done : .corsInsufficient
            }
        }
    }
}
