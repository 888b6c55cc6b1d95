internal import Configuration
internal import S3
internal import Vocabulary

/// A connection to the bucket of a destination, with what its configuration says: what every command works with that talks to a bucket without
/// deploying.
struct BucketSession {
    /// The settings of the target, or of the configuration's top level where the command line names a bucket.
    let settings: TargetSettings
    /// Server, region and who asks, each with its source.
    let place: Place
    /// The bucket and the folder in it.
    let address: BucketAddress
    /// Speaks with the bucket.
    let store: S3Client
    /// The provider of the keys that requests are signed with.
    let credentials: any CredentialProvider
    /// The key of `sse: customer`; nil where it is not asked for.
    let customerKey: CustomerKey?
    /// The command's environment, with the file that `--env-file` names.
    let environment: [String: String]
    /// Where the command writes.
    let console: Console

    /// Connects to what `word` names and calls `body`; the connection is closed on every way out.
    ///
    /// - Parameters:
    ///   - arguments: the options of the command.
    ///   - word: a destination (`s3://BUCKET[/PREFIX]`, a bucket's web address, an access point's ARN), a target of the configuration file, or nil for
    ///     the only target that there is.
    ///   - console: where the command writes.
    ///   - flags: what further options of the command say, as settings.
    ///   - jobs: the most requests at once; nil for what the settings say.
    ///   - adoptsTarget: whether a bucket's address stands for the target that deploys to the same bucket, whose settings then say how it is reached. The
    ///     session's address is that of the word all the same.
    ///   - fallback: the destination where nothing else names one.
    static func run(
        _ arguments: BucketArguments, _ word: String?, _ console: Console, flags: SettingValues = SettingValues(), jobs: JobLimit? = nil,
        adoptsTarget: Bool = false, fallback: String? = nil, _ body: (BucketSession) async throws -> ExitStatus
    ) async throws -> ExitStatus {
        let environment = try arguments.connection.environment(console)
        let settings = try settings(arguments, word, flags, environment, adoptsTarget: adoptsTarget)
        let place: Place
        do throws(PlaceError) {
            place = try PlaceResolver.resolve(flags: settings.placeFlags, target: settings.placeTarget, environment: environment)
        } catch {
            if case .destination(_, .flag) = error { throw Fault(.usage, error.description) }
            throw Fault(.configuration, error.description)
        }
        guard var address = place.destination?.value else {
            if let fallback { return try await run(arguments, fallback, console, flags: flags, jobs: jobs, body) }
            throw Fault(.usage, "no bucket: say s3://BUCKET, or set GALLERIA_DESTINATION.")
        }
        if adoptsTarget, let word, DeployPlaces.isAddress(word) {
            do throws(BucketAddressError) { address = try BucketAddress(destination: word) } catch {
                throw Fault(.usage, error.description)
            }
        }
        let customerKey = try settings.customerKey(at: place.endpoint.value, environment: environment, console: console, quiet: false)
        let connection = try Connection(
            to: address, at: place, jobs: ProcessLimits.jobs(jobs ?? settings.jobs).jobs, environment: environment,
            skipsVerification: arguments.connection.skipsVerification, bytesPerSecond: settings.bytesPerSecond,
            bufferMemory: settings.bufferMemory, log: console.wireLog(arguments.verbose),
            customerKey: customerKey, timeouts: settings.timeouts)
        defer { connection.close() }
        return try await body(
            BucketSession(
                settings: settings, place: place, address: address, store: connection.store, credentials: connection.credentials,
                customerKey: customerKey, environment: environment, console: console))
    }

    /// Where visitors find what lies in the folder: what the configuration names, the content delivery network last; else the bucket's own address.
    /// Empty where the store answers nobody without credentials.
    var visitorAddresses: [VisitorAddress] { settings.visitorAddresses(place.endpoint.value, address) }

    /// True where `word` names a place, not something in it: an address, or a target of the configuration file.
    static func isPlace(_ word: String, _ arguments: BucketArguments, _ console: Console) throws -> Bool {
        if DeployPlaces.isAddress(word) { return true }
        let environment = try arguments.connection.environment(console, quiet: true)
        return try DeploySettings.document(arguments.config, environment: environment, commands: GalleriaDeploy.commandNames).targetNames
            .contains(word)
    }

    /// The settings of the target that `word` names, or of the bucket that it is, or of the only target there is.
    private static func settings(
        _ arguments: BucketArguments, _ word: String?, _ flags: SettingValues, _ environment: [String: String], adoptsTarget: Bool
    ) throws -> TargetSettings {
        let document = try DeploySettings.document(arguments.config, environment: environment, commands: GalleriaDeploy.commandNames)
        var flags = flags
        arguments.connection.fill(&flags)
        func resolve(_ names: [String], _ flags: SettingValues) throws -> [TargetSettings] {
            do throws(ConfigurationError) {
                return try TargetSelection.resolve(document, names: names, flags: flags, environment: environment)
            } catch {
                throw Fault(error)
            }
        }
        var names: [String] = []
        if let word {
            if document.targetNames.contains(word) {
                names = [word]
            } else {
                if adoptsTarget, let bucket = try? BucketAddress(destination: word).bucket {
                    let settings = try document.targetNames.flatMap { try resolve([$0], flags) }.filter { settings in
                        settings.values.destination.flatMap { try? BucketAddress(destination: $0).bucket } == bucket
                    }
                    // Which of several is the same, unless they reach it in different ways.
                    let ways = Set(settings.map { [$0.values.endpointURL, $0.values.region, $0.values.profile] })
                    if ways.count == 1, let first = settings.first { return first }
                }
                flags.destination = word
            }
        }
        let found = try resolve(names, flags)
        guard found.count == 1, let only = found.first else {
            let names = document.targetNames.map(\.escapedForTerminal).joined(separator: ", ")
            throw Fault(.usage, "the configuration has several targets; say which: \(names).")
        }
        return only
    }
}
