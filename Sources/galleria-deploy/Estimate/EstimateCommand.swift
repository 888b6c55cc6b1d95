internal import ArgumentParser
internal import Configuration
internal import Deploy
internal import Foundation
internal import Planning
internal import S3
internal import Vocabulary

/// `galleria-deploy estimate SOURCE DESTINATION`: what a deploy would send, ask, take and cost.
struct EstimateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "estimate", abstract: "Say what a deploy would send: requests, bytes, time and, by your prices, cost.",
        usage: """
            galleria-deploy estimate [<options>] SOURCE s3://BUCKET[/PREFIX]
            galleria-deploy estimate [<options>] [TARGET ...]
            galleria-deploy estimate --print-prices
            """,
        discussion: """
            Takes the words and options of deploy and plans as its dry run does. Prices are read from a file that you keep: --print-prices prints \
            it as a form to fill in. What has no price there is told as unknown.

            \(HelpPage.exitStatuses)
            """)

    @OptionGroup var arguments: DeployArguments

    @Option(help: ArgumentHelp("Bytes sent in a second, such as 5M or 500K; KiB without a unit, as with --bwlimit.", valueName: "rate"))
    var bandwidth: DataRate?

    @Option(help: ArgumentHelp("The file with your store's prices.", valueName: "file"))
    var prices: String?

    @Flag(help: "Print a file of prices to fill in, and end.")
    var printPrices = false

    @Option(help: ArgumentHelp("How to print: text or json.", valueName: "format"))
    var format: ShowFormat = .text

    func run() async throws {
        let console = Console(environment: ProcessInfo.processInfo.environment, printsText: format == .text)
        await CommandRun.exit(console) {
            if printPrices {
                console.answer(String(PriceFile.template.dropLast()))
                return .done
            }
            let list = try prices.map(Self.priceList)
            let environment = try arguments.connection.environment(console, quiet: arguments.output.quiet)
            let words = ["estimate"] + CommandLine.arguments.dropFirst(2)
            let filters = try DeployFilters(arguments, words: words)
            // What browsers may do costs nothing.
            var arguments = arguments
            arguments.noCorsCheck = true
            let jobs = try DeploySettings.jobs(arguments, environment: environment, commands: GalleriaDeploy.commandNames)
            var command = try DeployCommand.parse([])
            command.arguments = arguments
            command.arguments.dryRun = true
            // The plan itself is not what is asked for.
            command.arguments.output.quiet = true
            let silent = Console(environment: ProcessInfo.processInfo.environment, printsText: false)
            var entries: [EstimateDocument.Target] = []
            var status = ExitStatus.done
            for job in jobs {
                let (ended, report) = try await command.deploy(
                    job, filters, environment, [], nil, silent, began: StateOptions.systemClock(), timeLeft: nil)
                status = status.combined(with: ended)
                guard let report else { break }
                let rules = job.settings.headerRules(customerKeyMD5: nil)
                let estimate = DeployEstimate(report.plan, partSize: job.settings.partSize) { path in
                    rules.headers(for: path)["x-amz-storage-class"]
                }
                let rate = bandwidth?.size.bytes ?? job.settings.bytesPerSecond.map(Int64.init)
                let entry = EstimateDocument.Target(job, estimate, rate: rate, prices: list)
                if jobs.count > 1 { console.print("\(job.settings.target ?? job.source) → \(job.address)") }
                for line in entry.lines(list) { console.print(line) }
                entries.append(entry)
            }
            if format == .json { console.answer(try JSONText.document(EstimateDocument(targets: entries, list))) }
            return status
        }
    }

    private static func priceList(_ path: String) throws -> PriceList {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Fault(
                .configuration,
                "cannot read the prices in \(path.escapedForTerminal). galleria-deploy estimate --print-prices prints a form.")
        }
        do throws(ConfigurationFault) { return try PriceFile.parse([UInt8](data), path: path) } catch {
            throw Fault(.configuration, error.description)
        }
    }
}
