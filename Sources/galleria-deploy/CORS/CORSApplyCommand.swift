internal import ArgumentParser
internal import Bucket
internal import Foundation
internal import S3
internal import Vocabulary

/// `galleria-deploy cors apply`: sets the rules, keeping foreign ones, and reads them back. What was there before is printed so that it can be put back.
struct CORSApplyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply", abstract: "Set the rules that the gallery needs; foreign rules are kept.")

    @OptionGroup var arguments: CORSArguments

    @Flag(help: "Replace all rules instead of keeping foreign ones.")
    var corsReplace = false

    @Option(
        help: ArgumentHelp(
            "Set exactly the rules of this file (what `cors show --format json` or xml prints, or AWS's JSON form).", valueName: "file"))
    var from: String?

    func validate() throws {
        if from != nil, corsReplace { throw ValidationError("--from replaces all rules by itself; leave --cors-replace out.") }
    }

    func run() async throws {
        let console = Console(environment: ProcessInfo.processInfo.environment)
        await CommandRun.exit(console) {
            let wanted = try from.map(Self.rules(in:))
            return try await CORSSession.run(arguments.options, arguments.destination, console) { session in
                try await apply(wanted, session, console)
            }
        }
    }

    private func apply(_ wanted: [CORSRule]?, _ session: CORSSession, _ console: Console) async throws -> ExitStatus {
        let before = try await session.rules()
        let rules = try wanted ?? session.plan(before, replacingAll: corsReplace).rules
        if rules == before {
            console.print("CORS: no change")
        } else {
            if !before.isEmpty {
                console.print("The rules before; to put them back, save them and run galleria-deploy cors apply --from FILE:")
                console.print(CORSJSON.render(before))
            }
            let now = try await session.put(rules)
            guard session.judge(now) == session.judge(rules) else {
                throw Fault(
                    .bucket, "the rules were set, but the bucket answers others. Some stores take a while: run galleria-deploy cors check.")
            }
            console.print("CORS: set, \(Quantity.count(now.count, "rule")) now")
        }
        let verdict = session.judge(rules)
        guard verdict == .sufficient else {
            for line in verdict.lines { console.complain(line) }
            return .corsInsufficient
        }
        return .done
    }

    private static func rules(in file: String) throws -> [CORSRule] {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw Fault(.configuration, "cannot read \(file.escapedForTerminal). Check the path.")
        }
        let bytes = [UInt8](data)
        do {
            let isXML = bytes.first { ![0x20, 0x09, 0x0a, 0x0d, 0xef, 0xbb, 0xbf].contains($0) } == UInt8(ascii: "<")
            return try isXML ? S3Client.corsRules(document: bytes) : CORSJSON.parse(bytes)
        } catch {
            throw Fault(.configuration, "\(file.escapedForTerminal): \(error)")
        }
    }
}
