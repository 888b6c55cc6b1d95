internal import ArgumentParser
internal import CDN
internal import Configuration
internal import Deploy
internal import Foundation
internal import S3
internal import Vocabulary

/// `galleria-deploy cdn purge [URL|KEY …]`: has the networks of a target fetch addresses anew.
struct CDNPurgeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "purge", abstract: "Have the networks of a target's `cdn:` fetch addresses anew.",
        usage: "galleria-deploy cdn purge [<options>] [URL | KEY ...]",
        discussion: """
            Without an address, what earlier runs could not tell the networks is told them. A star at the end of an address or a key means all that \
            begins so, and is to follow a slash; an index page is purged with its folder.
            """)

    @Argument(help: ArgumentHelp("Addresses as visitors open them, or keys, or paths below the target's folder.", valueName: "url|key"))
    var words: [String] = []

    @Flag(help: "Purge all that was deployed.")
    var all = false

    @Option(help: ArgumentHelp("The target of the configuration file, where it has several.", valueName: "name"))
    var target: String?

    @Flag(name: [.customShort("n"), .long], help: "Print what would be purged, and tell nobody.")
    var dryRun = false

    @Option(help: ArgumentHelp("How to print: text or json.", valueName: "format"))
    var format: ShowFormat = .text

    @Option(help: ArgumentHelp("The file of the local state.", valueName: "file"))
    var state: String?

    @Flag(help: "Neither use nor write a local state.")
    var noState = false

    @OptionGroup var bucket: BucketArguments

    func validate() throws {
        if all, !words.isEmpty { throw ValidationError("--all purges everything; name no addresses beside it.") }
        if state != nil, noState { throw ValidationError("--state and --no-state exclude each other.") }
    }

    /// What `--format json` prints for each network.
    private struct Entry: Encodable {
        let network: String
        let addresses: [String]
        let purged: Bool
        let fault: String?
    }

    private struct Document: Encodable {
        let schema = "galleria-deploy/cdn-purge/1"
        let dryRun: Bool
        let networks: [Entry]
    }

    func run() async throws {
        let console = Console(environment: ProcessInfo.processInfo.environment, printsText: format == .text)
        await CommandRun.exit(console) {
            let environment = try bucket.connection.environment(console)
            let job = try job(environment)
            guard
                let networks = try CDNNetworks(job, environment: environment, verbose: bucket.verbose, console: console, quiet: false)
            else {
                throw Fault(.configuration, "the target has no content delivery network. Describe it under `cdn:`; see the manual.")
            }
            defer { networks.close() }
            let debt = PurgeDebt(try StatePlace.resolve(job, isOff: noState, environment: environment, warn: { _ in }))
            let entries = try entries(job, networks.bases, debt)
            if entries.isEmpty { console.print("nothing is owed to the networks") }
            if dryRun || entries.isEmpty {
                let plan = networks.networks.map { ($0.name, entries.isEmpty ? [] : $0.lines(entries)) }
                for (name, lines) in plan { for line in lines { console.print("\(name): would purge \(line.escapedForTerminal)") } }
                try answer(plan.map { Entry(network: $0.0, addresses: $0.1, purged: false, fault: nil) }, console)
                return .done
            }
            let outcomes = await PurgeStep.tell(networks, entries)
            for outcome in outcomes {
                if let fault = outcome.fault {
                    console.complain("failed: \(fault)")
                } else {
                    console.print("\(outcome.network): \(Quantity.count(outcome.count, "path")) purged")
                }
            }
            let isDone = outcomes.allSatisfy { $0.fault == nil }
            if isDone, words.isEmpty, !debt.read().isEmpty, let cause = debt.write(PurgeList()) {
                console.complain("warning: that nothing is owed any more is not remembered: \(cause)")
            }
            try answer(
                zip(networks.networks, outcomes).map { network, outcome in
                    Entry(
                        network: outcome.network, addresses: network.lines(entries), purged: outcome.fault == nil, fault: outcome.fault)
                }, console)
            return isDone ? .done : .someFailed
        }
    }

    private func answer(_ entries: [Entry], _ console: Console) throws {
        guard format == .json else { return }
        console.answer(try JSONText.document(Document(dryRun: dryRun, networks: entries)))
    }

    private func job(_ environment: [String: String]) throws -> DeploySettings.Job {
        var arguments = try DeployArguments.parse([])
        arguments.source = target
        arguments.config = bucket.config
        arguments.state = state
        arguments.connection = bucket.connection
        let jobs = try DeploySettings.jobs(arguments, environment: environment, commands: GalleriaDeploy.commandNames)
        guard jobs.count == 1, let job = jobs.first else {
            let names = jobs.compactMap(\.settings.target).joined(separator: ", ")
            throw Fault(.usage, "the configuration has several targets; say which with --target: \(names.escapedForTerminal).")
        }
        return job
    }

    private func entries(_ job: DeploySettings.Job, _ bases: [String], _ debt: PurgeDebt) throws -> [PurgeEntry] {
        if all { return [.everything] }
        if words.isEmpty { return debt.read().entries }
        var list = PurgeList()
        var folders: [PurgeEntry] = []
        for word in words {
            guard let entry = ContentAddress.entry(word, bases: bases, prefix: job.address.prefix) else {
                throw Fault(
                    .usage,
                    "\(word.escapedForTerminal) is no address of this target: they begin with \(bases.map(\.escapedForTerminal).joined(separator: " or "))."
                )
            }
            guard entry.isFolder else {
                list.note(entry.path)
                continue
            }
            guard entry.path.bytes.isEmpty || entry.path.bytes.last == UInt8(ascii: "/") else {
                throw Fault(.usage, "\(word.escapedForTerminal): a star follows a slash, as in album/*.")
            }
            folders.append(entry)
        }
        return (list.entries + folders).sorted()
    }
}
