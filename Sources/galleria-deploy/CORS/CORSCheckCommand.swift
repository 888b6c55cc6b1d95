internal import ArgumentParser
internal import Bucket
internal import Foundation

/// `galleria-deploy cors check`: exit 0 where browsers may read the gallery, 3 where not.
struct CORSCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Say whether browsers may read the gallery; exit status 0 or 3.")

    @OptionGroup var arguments: CORSArguments

    func run() async throws {
        let console = Console(environment: ProcessInfo.processInfo.environment)
        await CommandRun.exit(console) {
            try await CORSSession.run(arguments, console) { session in
                for line in session.verdict.lines { console.print(line) }
                return session.verdict == .sufficient ? .done : .corsInsufficient
            }
        }
    }
}

/// `galleria-deploy cors plan`: what `apply` would change.
struct CORSPlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "plan", abstract: "Show what `cors apply` would change.")

    @OptionGroup var arguments: CORSArguments

    @Flag(help: "Plan for replacing all rules instead of keeping foreign ones.")
    var corsReplace = false

    func run() async throws {
        let console = Console(environment: ProcessInfo.processInfo.environment)
        await CommandRun.exit(console) {
            try await CORSSession.run(arguments, console) { session in
                let plan = try session.plan(replacingAll: corsReplace)
                for line in CORSText.render(plan).split(separator: "\n") { console.print(String(line)) }
                return .done
            }
        }
    }
}
