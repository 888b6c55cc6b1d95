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

/// `galleria-deploy [deploy] SOURCE s3://BUCKET[/PREFIX]`, or the targets of the configuration file.
struct DeployCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deploy",
        abstract: "Deploy a gallery: send what changed, correct capture times on the way.",
        usage: """
            galleria-deploy [deploy] [<options>] SOURCE s3://BUCKET[/PREFIX]
            galleria-deploy [deploy] [<options>] [TARGET ...]
            """,
        discussion: HelpPage.exitStatuses)

    @OptionGroup var arguments: DeployArguments

    @Option(
        help: ArgumentHelp(
            "How to tell what happened: text, json (one object at the end) or jsonl (events as they happen).", valueName: "format"))
    var format: ReportFormat = .text

    /// The plan that is carried out, where one was saved; no argument.
    var applied: PlanDocument?

    private enum CodingKeys: CodingKey {
        case arguments
        case format
    }

    /// The command line, or what the plan's was.
    private var words: [String] { applied?.arguments ?? Array(CommandLine.arguments.dropFirst()) }

    func run() async throws {
        let console = Console(environment: ProcessInfo.processInfo.environment, printsText: format == .text)
        await CommandRun.exit(console) {
            var document = ReportDocument(dryRun: arguments.dryRun)
            let status = await CommandRun.status(console, onFault: { document.fault = $0.message }) {
                try await deployAll(console, &document)
            }
            document.exitStatus = status.rawValue
            if format == .json { console.answer(try JSONText.document(document)) }
            return status
        }
    }

    private func deployAll(_ console: Console, _ document: inout ReportDocument) async throws -> ExitStatus {
        let began = ContinuousClock.now
        let environment = try arguments.connection.environment(console, quiet: arguments.output.quiet)
        var command = self
        command.arguments.output.adopt(logLevel: environment["LOG_LEVEL"]) { console.complain($0) }
        let jobs: [DeploySettings.Job]
        let filters: DeployFilters
        do {
            filters = try DeployFilters(arguments, words: words)
            jobs = try DeploySettings.jobs(arguments, environment: environment, commands: GalleriaDeploy.commandNames)
            // What one target lacks is told before any is deployed.
            for job in jobs { _ = try job.maker(arguments.derivatives) }
        } catch let fault as Fault {
            RunLogs.note(fault, arguments, environment: environment)
            await Aftermath.tell(fault, arguments, environment: environment, console: console)
            throw fault
        }
        let logs = try RunLogs(jobs, console: console)
        var plans = try PlanFile(arguments.planOut, applied: applied, jobs)
        let aftermath = try Aftermath(
            jobs, arguments, isQuiet: command.arguments.output.quiet, environment: environment, console: console)
        await aftermath.begin()
        if command.arguments.output.verbose > 0 { for remark in arguments.rsync.remarks { console.print(remark) } }
        var status = ExitStatus.done
        var parts: [ReportPage.Part] = []
        for job in jobs {
            if jobs.count > 1, !command.arguments.output.quiet { console.print("\(job.settings.target ?? job.source) → \(job.address)") }
            let planned = PlanRecorder()
            let recorder = ReportRecorder(
                job, console: console, format: format, isDryRun: arguments.dryRun, log: logs.log(of: job))
            let chronicle = Chronicle(
                prefix: job.address.prefix, keepsPhotos: job.settings.values.report != nil, isDryRun: arguments.dryRun)
            let signed = PresignedWatch(job, environment: environment)
            let observers: [any DeployObserver] =
                [recorder, chronicle, planned] + (signed.map { [$0] } ?? []) + logs.observers(of: job, isDryRun: arguments.dryRun)
            var purging: PurgeStep?
            var end = JobEnd(job, isDryRun: arguments.dryRun, started: StateOptions.systemClock())
            // A target that fails does not keep the next from being deployed; an interruption does.
            end.status = await CommandRun.status(console, onFault: { end.fault = $0 }) {
                purging = try PurgeStep(job, command.arguments, environment: environment, console: console)
                let (status, report) = try await command.deploy(
                    job, filters, environment, observers + (purging.map { [$0.recorder] } ?? []), plans.saved(of: job), console,
                    began: end.started,
                    timeLeft: job.settings.values.timeout.map { $0 - (.now - began) })
                end.report = report
                end.fault = report?.fault.map { Fault($0) }
                return status
            }
            if let purging {
                end.purges = await purging.run(isPostponed: arguments.noPurge || end.status == .interrupted || end.status == .terminated)
                if end.purges.contains(where: { $0.fault != nil }) { end.status = end.status.combined(with: .someFailed) }
                purging.close()
            }
            end.ended = StateOptions.systemClock()
            signed?.end { console.complain($0) }
            logs.note(end)
            document.targets.append(recorder.end(end.report, address: end.address, fault: end.fault, purges: end.purges))
            plans.note(planned.plan, of: job)
            aftermath.note(end, chronicle)
            parts.append(
                ReportPage.Part(end: end, changes: chronicle.changes, warnings: chronicle.warnings, photos: chronicle.photos))
            status = status.combined(with: end.status)
            if status == .interrupted || status == .terminated { break }
        }
        let ended = await CommandRun.status(console) {
            try plans.write(arguments: words, console: arguments.output.quiet ? nil : console)
            return .done
        }
        status = status.combined(with: ended)
        await aftermath.finish(parts, status)
        return status
    }

    /// Carries one job out, or plans it where `arguments` ask for a dry run.
    func deploy(
        _ job: DeploySettings.Job, _ filters: DeployFilters, _ environment: [String: String],
        _ observers: [any DeployObserver], _ savedPlan: SavedPlan?, _ console: Console, began: Int64, timeLeft: Duration?
    ) async throws -> (ExitStatus, DeployReport?) {
        for warning in job.place.warnings where !arguments.output.quiet { console.complain("warning: \(warning)") }
        let folder: SourceFolder
        do throws(SourceFolderError) { folder = try SourceFolder(job.source, stallLimit: job.settings.timeouts.read) } catch {
            throw Fault(error)
        }

        let customerKey = try job.customerKey(environment: environment, console: console, quiet: arguments.output.quiet)
        let (jobs, descriptors) = ProcessLimits.jobs(job.settings.jobs)
        if jobs != job.settings.jobs, !arguments.output.quiet {
            console.complain(
                "warning: at most \(Quantity.count(jobs.ceiling, "request")) at once, because this process may only have \(descriptors) files and connections open (ulimit -n)."
            )
        }
        let connection = try Connection(
            to: job.address, at: job.place, jobs: jobs, environment: environment,
            skipsVerification: arguments.connection.skipsVerification, bytesPerSecond: job.settings.bytesPerSecond,
            bufferMemory: job.settings.bufferMemory, log: console.wireLog(arguments.output.verbose),
            customerKey: customerKey, timeouts: job.settings.timeouts)
        defer { connection.close() }
        let disk = DiskExecutor(
            threadCount: ProcessInfo.processInfo.activeProcessorCount + 2, stallLimit: job.settings.timeouts.read)
        defer { disk.stop() }
        let view = DeployView(
            console: console, output: arguments.output, isDryRun: arguments.dryRun, itemizes: arguments.rsync.itemizeChanges,
            prefix: job.address.prefix)
        let reader = ContentReader(
            folder, rewriter: PhotoRewriter(rules: job.rules, privacy: job.settings.privacy), maker: try job.maker(arguments.derivatives))
        let state = try StatePlace.resolve(job, isOff: arguments.noState, environment: environment) { view.note(.warning($0)) }
        var options = try options(job, try filters.selection(job.settings), state, customerKey, began: began)
        options.savesPlan = arguments.planOut != nil
        options.savedPlan = savedPlan
        options.locks = LockPlace.options(job.settings, environment: environment)
        let run = DeployRun(reader, to: connection.store, options: options, disk: disk, observer: Observers(all: [view] + observers))

        ProcessMemory.releaseStartUpCode()
        let started = ContinuousClock.now
        let task = Task(executorPreference: disk) { () -> Result<DeployReport, DeployError> in
            do throws(DeployError) { return .success(try await run.run()) } catch { return .failure(error) }
        }
        let timeout = job.settings.values.timeout
        let interruption = Interruption(options.stop, timeLeft: timeLeft) { cause, hasGrace in
            let rest = hasGrace ? "no more is begun; what is under way gets \(Interruption.grace) seconds." : "nothing was sent."
            switch cause {
            case .signal: if hasGrace { console.complain("interrupted: \(rest) Again to stop at once.") }
            case .timeout: console.complain("timed out after \(timeout.map { Quantity.seconds($0) } ?? "a while"): \(rest)")
            }
        } leaving: {
            console.leave()
        } cancel: {
            task.cancel()
        }
        view.begin()
        let result = await task.value
        view.end()
        let signal = interruption.end()
        switch result {
        case .success(let report):
            let text = ReportText(report: report, rules: job.rules, duration: ContinuousClock.now - started, isDryRun: arguments.dryRun)
            for line in text.failures { console.complain(line) }
            if !arguments.output.quiet {
                for line in text.summary(address: job.publicAddress(of: report)) { console.print(line) }
                if arguments.log.stats { for line in StatsText(report: report, isDryRun: arguments.dryRun).lines { console.print(line) } }
            }
            if let signal { return (signal, report) }
            if let fault = report.fault.map({ Fault($0) }) {
                console.complain("galleria-deploy: " + fault.message)
                return (fault.status, report)
            }
            if !report.failures.isEmpty || (arguments.checkPublic && !report.visitorFaults.isEmpty) { return (.someFailed, report) }
            return (arguments.exitCode && !report.plan.isEmpty ? .changesPending : .done, report)
        case .failure(let error):
            if let signal {
                console.complain(error.isCancelled ? ReportText.interruptedEarly : "interrupted. \(Fault(error, words: []).message)")
                return (signal, nil)
            }
            throw Fault(error, words: ["galleria-deploy"] + words)
        }
    }

    private func options(
        _ job: DeploySettings.Job, _ selection: Selection, _ state: StateOptions?, _ customerKey: CustomerKey?, began: Int64
    ) throws -> DeployOptions {
        let settings = job.settings
        let cors: DeployOptions.CORSMode =
            switch settings.cors {
            case .off: .off
            case .warn: arguments.setupCors ? .setUp : .warn
            case .require: arguments.setupCors ? .setUp : .check
            }
        var options = DeployOptions(
            prefix: job.address.prefix, deletes: settings.deletes, deleteLimit: settings.deleteLimit,
            overwriteLimit: settings.overwriteLimit,
            isDryRun: arguments.dryRun, createsBucket: arguments.createBucket, cors: cors,
            corsNeeds: try settings.corsNeeds(),
            selection: selection,
            foreignFolders: settings.foreignFolders(below: job.address), ownFiles: settings.ownFiles,
            strictExif: settings.strictExif,
            allowsUncorrected: arguments.photos.clockShift != nil && settings.values.clockShift == .zero,
            headers: settings.headerRules(customerKeyMD5: customerKey?.md5), checksHeaders: settings.checksHeaders, adopts: arguments.adopt,
            state: state)
        if case .fixed(let number) = settings.jobs { options.partsAtOnce = number }
        options.bufferMemory = Int64(settings.bufferMemory)
        options.partSize = settings.partSize
        options.abortsIncompleteAfter = settings.abortIncomplete
        options.naming = settings.naming
        options.uploadRules = settings.uploadRules
        options.readsAllPhotos = settings.values.report != nil
        try job.setPublished(&options, arguments)
        options.began = began
        options.shard = arguments.shard ?? .whole
        options.copies = !arguments.noCopy
        options.rehashes = arguments.rsync.checksum
        options.rerenders = arguments.derivatives.rerender
        options.ignoresExisting = arguments.rsync.ignoreExisting
        options.discoversRegion = job.place.regionIsAssumed
        options.visitorAddresses = settings.visitorAddresses(job.place.endpoint.value, job.address)
        options.checksPublic = arguments.checkPublic
        try settings.nameFiles(&options, source: job.source)
        return options
    }
}
