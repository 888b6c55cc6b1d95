internal import ArgumentParser
internal import Bucket
internal import Deploy
internal import Foundation
internal import S3
internal import Vocabulary

/// `galleria-deploy cors check`: exit 0 where browsers may read the gallery, 3 where not.
struct CORSCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Say whether browsers may read the gallery; exit status 0 or 3.")

    @OptionGroup var arguments: CORSArguments

    func run() async throws {
        let console = Console(environment: ProcessInfo.processInfo.environment)
        await CommandRun.exit(console) {
            try await CORSSession.run(arguments.options, arguments.destination, console) { session in
                let rules: [CORSRule]
                switch try await session.read() {
                case .rules(let found): rules = found
                case .notConfigured: rules = []
                case .unreadable(let reason): return try await tryOut(session, reason.words(at: session.store.profile), console)
                }
                let verdict = session.judge(rules)
                for line in verdict.lines { console.print(line) }
                return verdict == .sufficient ? .done : .corsInsufficient
            }
        }
    }
}

extension CORSCheckCommand {
    /// Where the rules do not tell, what a browser gets does.
    private func tryOut(_ session: CORSSession, _ why: String, _ console: Console) async throws -> ExitStatus {
        console.complain("warning: \(why)")
        let url = try await session.probeAddress(nil)
        let result = try await session.probe(at: url, origin: nil)
        for fault in result.faults { console.print("  \(fault)") }
        console.print("CORS: a browser \(result.passes ? "reads" : "does not read") \(url.escapedForTerminal)")
        return result.passes ? .done : .corsInsufficient
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
            try await CORSSession.run(arguments.options, arguments.destination, console) { session in
                let plan = try session.plan(try await session.rules(), replacingAll: corsReplace)
                for line in CORSText.render(plan).split(separator: "\n") { console.print(String(line)) }
                return .done
            }
        }
    }
}
