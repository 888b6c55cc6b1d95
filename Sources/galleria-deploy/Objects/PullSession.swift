internal import ArgumentParser
internal import Configuration
internal import Deploy
internal import Foundation
internal import Planning
internal import S3
internal import Source
internal import Vocabulary

/// Plans a pull, has it judged, carries it out and says what became of it.
struct PullSession {
    let session: BucketSession
    let command: PullCommand
    let folder: String

    func run() async throws -> ExitStatus {
        try refuseSource()
        let spool = try folderIsMissing ? (command.dryRun ? Spool() : nil) : nil
        let output: OutputFolder?
        do throws(OutputFault) { output = command.dryRun ? nil : try OutputFolder(folder) } catch {
            throw Fault(.usage, "\(folder.escapedForTerminal): \(error).")
        }
        let source: SourceFolder
        if let spool {
            source = spool.folder
        } else {
            do throws(SourceFolderError) { source = try SourceFolder(folder, stallLimit: session.settings.timeouts.read) } catch {
                throw Fault(error)
            }
        }
        let disk = DiskExecutor(threadCount: ProcessInfo.processInfo.activeProcessorCount + 2, stallLimit: session.settings.timeouts.read)
        defer { disk.stop() }
        let stop = DeployStop()
        let selection = try selection()
        let pull = PullRun(
            source, from: session.store, prefix: session.address.prefix, selection: selection,
            foreignFolders: session.settings.foreignFolders(below: session.address), bufferMemory: Int64(session.settings.bufferMemory),
            stop: stop, disk: disk, observer: WarningObserver(session.console))
        let task = Task(executorPreference: disk) { () -> Result<ExitStatus, any Error> in
            do { return .success(try await carryOut(pull, output, stop)) } catch { return .failure(error) }
        }
        let interruption = Interruption(stop, leaving: { session.console.leave() }, cancel: { task.cancel() })
        let result = await task.value
        let signal = interruption.end()
        return try signal ?? result.get()
    }

    private var folderIsMissing: Bool { !FileManager.default.fileExists(atPath: folder) }

    /// Originals lie in the folder that a target is deployed from.
    private func refuseSource() throws {
        guard command.overwrite || command.delete, let source = session.settings.values.source else { return }
        guard OutsideSource.lies(folder, in: source) || OutsideSource.lies(source, in: folder) else { return }
        throw Fault(
            .refused,
            "refused: the target is deployed from \(source.escapedForTerminal), where the originals are; nothing is replaced or removed there. Pull into another folder."
        )
    }

    private func selection() throws -> Selection {
        var arguments = try DeployArguments.parse([])
        arguments.filters = command.filters
        let filters = try DeployFilters(arguments, words: CommandLine.arguments.dropFirst())
        if command.filters.filesFrom != nil, command.delete {
            throw Fault(.usage, "--files-from and --delete exclude each other: what the list does not name would be removed.")
        }
        return try filters.selection(session.settings)
    }

    private func carryOut(_ pull: PullRun, _ output: OutputFolder?, _ stop: DeployStop) async throws -> ExitStatus {
        var plan: PullPlan
        do throws(DeployError) { plan = try await pull.plan() } catch { throw Fault(error, words: CommandLine.arguments) }
        var report = PullReport(session, command)
        for failure in plan.failures { report.fail(failure.path, failure.cause) }
        if !command.overwrite {
            for file in plan.files where file.reason != .new { report.fail(file.path.string.escapedForTerminal, "\(OutputFault.exists)") }
        }
        let files = plan.files.filter { command.overwrite || $0.reason == .new }
        let extraneous = command.delete ? plan.extraneous : []
        try judge(plan, removing: extraneous.count)
        report.unchanged = plan.unchangedCount
        guard let output else {
            for file in files { report.note(file, nil) }
            for file in extraneous { report.noteRemoved(file) }
            return report.end(exitCode: command.exitCode)
        }
        await pull.write(files, to: output) { file, result in
            do throws(OutputFault) { report.note(file, try result.get()) } catch {
                if case .interrupted = error { return }
                if case .store(let cause) = error, cause.isCancelled { return }
                report.fail(file.path.string.escapedForTerminal, "\(error)")
                if case .store(let cause) = error, cause.scope != .object {
                    report.fault = Fault(cause)
                    _ = stop.request()
                }
            }
        }
        if !extraneous.isEmpty {
            if report.hasFailed || stop.isAsked {
                session.console.complain("warning: nothing was removed, because not everything was written.")
            } else {
                for file in extraneous {
                    do throws(OutputFault) {
                        try pull.remove(file, from: output)
                        report.noteRemoved(file)
                    } catch { report.fail(file.path.string.escapedForTerminal, "\(error)") }
                }
            }
        }
        let status = report.end(exitCode: false)
        if let fault = report.fault { throw fault }
        return status
    }

    /// Refuses before anything is written.
    private func judge(_ plan: PullPlan, removing count: Int) throws {
        if count > 0 {
            guard plan.isWhole else {
                throw Fault(
                    .refused,
                    "refused: not all of the folder, or of the bucket, could be read in order, so what is to be removed cannot be told safely. Nothing was written. Pull without --delete."
                )
            }
            guard plan.remoteCount > 0 else {
                throw Fault(.refused, "refused: \(session.address) holds nothing. Nothing was removed. Check the bucket and the prefix.")
            }
            let allowed = (command.maxDelete ?? .standard).allowed(of: plan.localCount)
            guard count <= allowed else {
                throw Fault(
                    .refused,
                    "refused: \(count) of the \(plan.localCount) files would be removed, the limit is \(allowed). Nothing was written. If that many are meant, say --max-delete \(count)."
                )
            }
        }
        if command.overwrite, let limit = command.maxOverwrite {
            let allowed = limit.allowed(of: plan.localCount)
            guard plan.replacedCount <= allowed else {
                throw Fault(
                    .refused,
                    "refused: \(plan.replacedCount) of the \(plan.localCount) files would be replaced, the limit is \(allowed). Nothing was written. If that many are meant, say --max-overwrite \(plan.replacedCount)."
                )
            }
        }
    }
}
