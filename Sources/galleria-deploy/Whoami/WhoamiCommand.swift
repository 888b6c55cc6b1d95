internal import ArgumentParser
internal import Configuration
internal import Foundation
internal import S3
internal import Vocabulary

/// `galleria-deploy whoami [DESTINATION | TARGET …]`: whose keys are used, where requests go, and whether the bucket answers.
struct WhoamiCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "whoami", abstract: "Say which keys, endpoint and region are used and from where, and whether the bucket answers.",
        usage: "galleria-deploy whoami [<options>] [DESTINATION | TARGET ...]",
        discussion:
            "Prints the first four characters of the access key's ID and no secret. Nothing is changed; the bucket is asked for one key.\n\n"
            + HelpPage.exitStatuses)

    @Argument(help: ArgumentHelp("The bucket, s3://BUCKET[/PREFIX], or targets of the configuration file.", valueName: "destination"))
    var words: [String] = []

    @Option(
        help: ArgumentHelp(
            "The configuration file (default: the nearest galleria-deploy.yml at or above the working folder).", valueName: "file"))
    var config: String?

    @Option(help: ArgumentHelp("How to print: text or json.", valueName: "format"))
    var format: ShowFormat = .text

    @Flag(name: .shortAndLong, help: "Twice, as -vv: print requests and answers, without signatures, tokens and keys.")
    var verbose: Int

    @OptionGroup(title: "Connection")
    var connection: ConnectionArguments

    func run() async throws {
        let console = Console(environment: ProcessInfo.processInfo.environment)
        await CommandRun.exit(console) {
            let environment = try connection.environment(console)
            var entries: [WhoamiEntry] = []
            for settings in try targets(environment) { entries.append(await look(settings, environment, console)) }
            switch format {
            case .text: console.print(entries.map(\.text).joined(separator: "\n\n"))
            case .json: console.print(try JSONText.document(WhoamiDocument(places: entries)))
            }
            return entries.reduce(.done) { $0.combined(with: $1.status) }
        }
    }

    private func targets(_ environment: [String: String]) throws -> [TargetSettings] {
        let document = try DeploySettings.document(config, environment: environment, commands: GalleriaDeploy.commandNames)
        var flags = SettingValues()
        connection.fill(&flags)
        var names = words
        if words.count == 1, let word = words.first, DeployPlaces.isAddress(word) { (flags.destination, names) = (word, []) }
        do throws(ConfigurationError) {
            return try TargetSelection.resolve(document, names: names, flags: flags, environment: environment)
        } catch {
            throw Fault(error)
        }
    }

    /// Finds out everything about one place; what goes wrong is part of the answer.
    private func look(_ settings: TargetSettings, _ environment: [String: String], _ console: Console) async -> WhoamiEntry {
        var entry = WhoamiEntry(target: settings.target)
        do throws(PlaceError) {
            let place = try PlaceResolver.resolve(flags: settings.placeFlags, target: settings.placeTarget, environment: environment)
            entry.fill(from: place)
            do {
                try await ask(place, environment, console, &entry)
            } catch let fault as Fault {
                entry.fail(fault)
            } catch {
                entry.fail(Fault(.bucket, "\(error)"))
            }
        } catch {
            if case .destination(_, .flag) = error {
                entry.fail(Fault(.usage, error.description))
            } else {
                entry.fail(Fault(.configuration, error.description))
            }
        }
        return entry
    }

    private func ask(_ place: Place, _ environment: [String: String], _ console: Console, _ entry: inout WhoamiEntry) async throws {
        let address = place.destination?.value
        let connection = try Connection(
            to: address, at: place, jobs: 1, environment: environment, skipsVerification: self.connection.skipsVerification,
            log: console.wireLog(verbose))
        defer { connection.close() }
        do throws(CredentialError) {
            entry.fill(from: try await connection.credentials.credentials(), of: place)
        } catch {
            return entry.fail(Fault(.configuration, error.description), at: .credentials)
        }
        guard let address else { return }
        do throws(S3Error) {
            // What every deploy begins with. A HEAD would be refused without a reason.
            _ = try await connection.store.listPage(ListRequest(prefix: address.prefix, maxKeys: 1))
            entry.bucketAnswers(connection.store)
        } catch {
            entry.fail(Fault(error), at: .bucket)
        }
    }
}
