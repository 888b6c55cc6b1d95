internal import ArgumentParser
internal import Bucket
internal import Deploy
internal import Foundation
internal import HTTP
internal import Photo
internal import Planning
internal import S3
internal import Source
internal import Vocabulary

/// `galleria-deploy [deploy] SOURCE s3://BUCKET[/PREFIX]`.
struct DeployCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deploy",
        abstract: "Deploy a gallery: send what changed, correct capture times on the way.",
        usage: "galleria-deploy [deploy] [<options>] SOURCE s3://BUCKET[/PREFIX]",
        discussion: HelpPage.exitStatuses)

    @OptionGroup var arguments: DeployArguments

    func run() async throws {
        let environment = ProcessInfo.processInfo.environment
        let console = Console(environment: environment)
        await CommandRun.exit(console) { try await deploy(environment, console) }
    }

    private func deploy(_ environment: [String: String], _ console: Console) async throws -> ExitStatus {
        let (source, destination) = try DeployPlaces.resolve(arguments, environment: environment, commands: GalleriaDeploy.commandNames)
        let place = try Connection.place(arguments.connection, destination: destination, environment: environment)
        guard let address = place.destination?.value else {
            throw Fault(.usage, "no destination: say galleria-deploy SOURCE s3://BUCKET[/PREFIX], or set GALLERIA_DESTINATION.")
        }
        for warning in place.warnings where !arguments.output.quiet { console.complain("warning: \(warning)") }
        let photos = try PhotoSettings.resolve(arguments.photos, environment: environment)
        let folder: SourceFolder
        do throws(SourceFolderError) { folder = try SourceFolder(source) } catch { throw Fault(.usage, error.description) }

        let connection = try Connection(to: address, at: place, jobs: arguments.connection.jobs)
        defer { connection.close() }
        let disk = DiskExecutor(threadCount: ProcessInfo.processInfo.activeProcessorCount + 2)
        defer { disk.stop() }
        let view = DeployView(console: console, output: arguments.output, isDryRun: arguments.dryRun, prefix: address.prefix)
        let run = DeployRun(
            ContentReader(folder, rewriter: photos.rewriter), to: connection.store, options: options(address, photos), disk: disk,
            observer: view)

        let started = ContinuousClock.now
        let task = Task(executorPreference: disk) { () -> Result<DeployReport, DeployError> in
            do throws(DeployError) { return .success(try await run.run()) } catch { return .failure(error) }
        }
        let interruption = Interruption { task.cancel() }
        let result = await task.value
        view.end()
        let signal = interruption.end()
        switch result {
        case .success(let report):
            let text = ReportText(report: report, duration: ContinuousClock.now - started, isDryRun: arguments.dryRun)
            for line in text.failures { console.complain(line) }
            if !arguments.output.quiet {
                for line in text.summary(address: place.publicAddress(of: report)) { console.print(line) }
            }
            if let signal { return signal }
            if !report.failures.isEmpty { return .someFailed }
            return arguments.exitCode && !report.plan.isEmpty ? .changesPending : .done
        case .failure(let error):
            if let signal { return signal }
            throw Fault(error, place: place, words: CommandLine.arguments)
        }
    }

    private func options(_ address: BucketAddress, _ photos: PhotoSettings) -> DeployOptions {
        DeployOptions(
            prefix: address.prefix, jobs: arguments.connection.jobs, deletes: arguments.delete,
            deleteLimit: arguments.maxDelete ?? .standard, isDryRun: arguments.dryRun,
            createsBucket: arguments.createBucket, cors: arguments.noCorsCheck ? .off : arguments.setupCors ? .setUp : .check,
            corsNeeds: arguments.corsOrigins.isEmpty ? CORSNeeds() : CORSNeeds(origins: arguments.corsOrigins),
            exclusions: DefaultExclusions(publishesDotfiles: arguments.dotfiles), strictExif: arguments.photos.strictExif,
            allowsUncorrected: arguments.photos.clockShift != nil && photos.shift == .zero)
    }
}
