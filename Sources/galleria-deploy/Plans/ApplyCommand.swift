internal import ArgumentParser
internal import Foundation
internal import Vocabulary

/// `galleria-deploy apply FILE`: carries out a plan that `--plan-out` saved.
struct ApplyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply",
        abstract: "Carry out a plan that deploy --dry-run --plan-out saved, exactly as it is.",
        discussion: """
            The plan is made once more, from the folder and with the options that it was made with. Where that gives another one, because files or the bucket have \
            moved on, nothing is sent and the exit status is 4.
            """)

    @Argument(help: ArgumentHelp("The saved plan.", valueName: "file"))
    var file: String

    @OptionGroup(title: "Output")
    var output: OutputArguments

    @Option(
        help: ArgumentHelp(
            "How to tell what happened: text, json (one object at the end) or jsonl (events as they happen).", valueName: "format"))
    var format: ReportFormat = .text

    func run() async throws {
        let console = Console(environment: ProcessInfo.processInfo.environment, printsText: format == .text)
        var deploy: DeployCommand?
        let status = await CommandRun.status(console) {
            let plan = try PlanDocument(reading: file)
            do { deploy = try DeployCommand.parse(plan.arguments) } catch {
                throw Fault(
                    .configuration,
                    "\(file.escapedForTerminal): the plan's options are none of this program's: \(DeployCommand.message(for: error)) Make a new plan."
                )
            }
            deploy?.format = format
            deploy?.arguments.dryRun = false
            deploy?.arguments.exitCode = false
            deploy?.arguments.planOut = nil
            deploy?.arguments.output = output
            deploy?.applied = plan
            return .done
        }
        guard let deploy else { GalleriaDeploy.exit(withError: ExitCode(status.rawValue)) }
        try await deploy.run()
    }
}
