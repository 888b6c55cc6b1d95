internal import ArgumentParser
internal import Bucket
internal import Configuration
internal import Deploy
internal import Foundation
internal import Photo
internal import Planning
internal import S3
internal import Source
internal import Vocabulary

/// `galleria-deploy verify SOURCE s3://BUCKET[/PREFIX]`: is the bucket as the source would be deployed?
struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Compare everything and write nothing; exit status 2 where the bucket differs.",
        usage: """
            galleria-deploy verify [<options>] SOURCE s3://BUCKET[/PREFIX]
            galleria-deploy verify [<options>] [TARGET ...]
            """,
        discussion: "Takes the words and options of deploy; those that say what is sent, deleted or remembered change nothing.")

    @OptionGroup var arguments: DeployArguments

    @Flag(help: "Read and hash every object, whatever its tag and metadata say.")
    var deep = false

    @Option(help: ArgumentHelp("How to tell what was found: text, json (one object at the end) or jsonl.", valueName: "format"))
    var format: ReportFormat = .text

    func run() async throws {
        let console = Console(environment: ProcessInfo.processInfo.environment, printsText: format == .text)
        await CommandRun.exit(console) {
            let environment = try arguments.connection.environment(console, quiet: arguments.output.quiet)
            let filters = try DeployFilters(arguments, words: CommandLine.arguments.dropFirst())
            let jobs = try DeploySettings.jobs(arguments, environment: environment, commands: GalleriaDeploy.commandNames)
            let began = ContinuousClock.now
            var status = ExitStatus.done
            for job in jobs {
                let ended = await CommandRun.status(console) { try await verify(job, filters, environment, console, began: began) }
                status = status.combined(with: ended)
                if status == .interrupted || status == .terminated { break }
            }
            return status
        }
    }

    private func verify(
        _ job: DeploySettings.Job, _ filters: DeployFilters, _ environment: [String: String], _ console: Console,
        began: ContinuousClock.Instant
    ) async throws -> ExitStatus {
        for warning in job.place.warnings where !arguments.output.quiet { console.complain("warning: \(warning)") }
        let folder: SourceFolder
        do throws(SourceFolderError) { folder = try SourceFolder(job.source, stallLimit: job.settings.timeouts.read) } catch {
            throw Fault(error)
        }
        let settings = job.settings
        let customerKey = try job.customerKey(environment: environment, console: console, quiet: arguments.output.quiet)
        let connection = try Connection(
            to: job.address, at: job.place, jobs: settings.jobs, environment: environment,
            skipsVerification: arguments.connection.skipsVerification, bytesPerSecond: settings.bytesPerSecond,
            bufferMemory: settings.bufferMemory, log: console.wireLog(arguments.output.verbose), customerKey: customerKey,
            timeouts: settings.timeouts)
        defer { connection.close() }
        let disk = DiskExecutor(threadCount: ProcessInfo.processInfo.activeProcessorCount + 2, stallLimit: settings.timeouts.read)
        defer { disk.stop() }
        let view = DeployView(
            console: console, output: arguments.output, isDryRun: true, itemizes: false, prefix: job.address.prefix)
        var options = DeployOptions(
            prefix: job.address.prefix, deletes: true, deleteLimit: .standard, isDryRun: true, createsBucket: false, cors: .off,
            corsNeeds: CORSNeeds(), selection: try filters.selection(settings),
            foreignFolders: settings.foreignFolders(below: job.address), ownFiles: settings.ownFiles, strictExif: settings.strictExif,
            allowsUncorrected: true, headers: settings.headerRules(customerKeyMD5: customerKey?.md5), state: nil)
        options.naming = settings.naming
        options.shard = arguments.shard ?? .whole
        options.discoversRegion = job.place.regionIsAssumed
        try settings.nameFiles(&options, source: job.source)
        try job.setPublished(&options, arguments)
        // What is compared are the files' objects; the manifest tells of them and is none.
        options.manifest = nil
        let run = VerifyRun(
            ContentReader(
                folder, rewriter: PhotoRewriter(rules: job.rules, privacy: settings.privacy), maker: try job.maker(arguments.derivatives)),
            against: connection.store, options: options, isDeep: deep, disk: disk, observer: view)
        let task = Task(executorPreference: disk) { () -> Result<VerifyReport, DeployError> in
            do throws(DeployError) { return .success(try await run.run()) } catch { return .failure(error) }
        }
        let interruption = Interruption(
            options.stop, timeLeft: settings.values.timeout.map { $0 - (.now - began) },
            stopping: { cause, _ in if cause == .timeout { console.complain("timed out: not everything was compared.") } },
            leaving: { console.leave() }, cancel: { task.cancel() })
        view.begin()
        let result = await task.value
        view.end()
        let signal = interruption.end()
        if let signal { return signal }
        let report: VerifyReport
        do { report = try result.get() } catch { throw Fault(error, words: CommandLine.arguments) }
        try tell(VerifyText(report: report, destination: "\(job.address)", isDeep: deep), console)
        if !report.failures.isEmpty { return .someFailed }
        return report.differences.isEmpty ? .done : .changesPending
    }

    private func tell(_ text: VerifyText, _ console: Console) throws {
        switch format {
        case .text:
            if !arguments.output.quiet { for line in text.differences { console.print(line) } }
            for line in text.failures { console.complain(line) }
            if !arguments.output.quiet { console.print(text.total) }
        case .json: console.answer(try JSONText.document(VerifyDocument(text)))
        case .jsonl: console.answer(try JSONText.line(VerifyDocument(text)))
        }
    }
}
