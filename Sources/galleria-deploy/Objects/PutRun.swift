internal import Configuration
internal import Deploy
internal import Foundation
internal import Planning
internal import S3
internal import Source
internal import Vocabulary

/// Sends files under their keys, and leaves nothing new behind where one fails.
struct PutRun {
    let session: BucketSession
    let command: PutCommand

    func run(_ words: [String], _ beginning: Key, isFolder: Bool) async throws -> ExitStatus {
        var spool: Spool?
        let files = try words.map { word in
            try PutFile(word, beginning, isFolder: isFolder, isBase64: command.base64, contentType: command.contentType) {
                if let spool { return spool }
                let made = try Spool()
                spool = made
                return made
            }
        }
        defer { withExtendedLifetime(spool) {} }
        let names = Dictionary(grouping: files, by: \.key)
        if let twice = names.first(where: { $0.value.count > 1 }) {
            throw Fault(
                .usage,
                "\(twice.value.map { $0.word.escapedForTerminal }.joined(separator: " and ")) would both be \(session.name(of: twice.key))."
            )
        }
        let existing = try await existing(files)
        if command.noOverwrite, let key = files.first(where: { existing.contains($0.key) })?.key {
            throw Fault(
                .refused,
                "refused: \(session.name(of: key)) is there already, and --no-overwrite is given. Nothing was sent. Name another key.")
        }
        let presigner = command.presign && !command.dryRun ? try await Presigner(session, command.signing) : nil
        if command.dryRun {
            var printer = printer
            for file in files { try tell(file, nil, existing, presigner, &printer) }
            printer.end()
            return .done
        }
        return try await send(files, existing, presigner)
    }

    private var printer: RowPrinter { RowPrinter(session.console, command.format, schema: "galleria-deploy/put/1") }

    /// Which of the keys have an object.
    private func existing(_ files: [PutFile]) async throws -> Set<Key> {
        let store = session.store
        let found = await inOrder(files.map(\.key), atOnce: store.requestLimit) { key -> Result<Key?, S3Error> in
            do throws(S3Error) {
                _ = try await store.head(key)
                return .success(key)
            } catch { return error.isNotFound ? .success(nil) : .failure(error) }
        }
        var keys: Set<Key> = []
        for result in found {
            do throws(S3Error) { if let key = try result.get() { keys.insert(key) } } catch { throw Fault(error) }
        }
        return keys
    }

    private func send(_ files: [PutFile], _ existing: Set<Key>, _ presigner: Presigner?) async throws -> ExitStatus {
        let (console, settings) = (session.console, session.settings)
        let disk = DiskExecutor(threadCount: ProcessInfo.processInfo.activeProcessorCount + 2, stallLimit: settings.timeouts.read)
        defer { disk.stop() }
        let stop = DeployStop()
        let put = ObjectPut(
            session.store, partSize: settings.partSize, bufferMemory: Int64(settings.bufferMemory), disk: disk, stop: stop,
            observer: WarningObserver(console))
        let rules = settings.headerRules(customerKeyMD5: session.customerKey?.md5)
        let keepsGoing = command.keepGoing
        let width = max(1, min(session.store.requestLimit, settings.bufferMemory / (4 << 20)))
        let sending = Task(executorPreference: disk) {
            await inOrder(files, atOnce: width) { file -> ObjectPut.Ended in
                if stop.isAsked { return .failed(.interrupted) }
                var headers = rules.headers(of: rules.kind(of: file.key, contentType: file.contentType))
                headers["content-type"] = file.contentType
                let ended = await put.put(file.name, in: file.folder, to: file.key, headers: headers)
                if case .failed = ended, !keepsGoing { _ = stop.request() }
                return ended
            }
        }
        let interruption = Interruption(stop, leaving: { console.leave() }, cancel: { sending.cancel() })
        let ended = await sending.value
        let signal = interruption.end()
        var faults = ObjectFaults(console)
        var fault: Fault?
        for (file, end) in zip(files, ended) {
            guard case .failed(let cause) = end else { continue }
            if case .interrupted = cause { continue }
            if case .store(let error) = cause, error.isCancelled { continue }
            faults.note("\(cause).", on: file.word.escapedForTerminal)
            if case .store(let error) = cause, error.scope != .object { fault = Fault(error) }
        }
        let hasFailed = ended.contains { if case .failed = $0 { true } else { false } }
        if hasFailed, !keepsGoing {
            await takeBack(files, ended, existing)
            if let signal { return signal }
            return fault?.status ?? .someFailed
        }
        PresignedPlace(session).forget(files.map(\.key)) { console.complain($0) }
        var printer = printer
        for (file, end) in zip(files, ended) { try tell(file, end, existing, presigner, &printer) }
        printer.end()
        return signal ?? faults.status
    }

    /// Deletes again what was new, also where the answer of an upload was lost; says what was replaced.
    private func takeBack(_ files: [PutFile], _ ended: [ObjectPut.Ended], _ existing: Set<Key>) async {
        let (console, store) = (session.console, session.store)
        var gone: [Key] = []
        for (file, end) in zip(files, ended) {
            if case .stored = end, existing.contains(file.key) {
                console.complain("warning: \(session.name(of: file.key)) was there before and was replaced; that cannot be taken back.")
                PresignedPlace(session).forget([file.key]) { console.complain($0) }
                continue
            }
            if existing.contains(file.key) { continue }
            if case .failed = end {
                // It may have been stored all the same.
                guard let head = try? await store.head(file.key), let sha256 = head.sha256,
                    sha256 == ObjectPut.sha256(of: file.name, in: file.folder)
                else { continue }
            }
            gone.append(file.key)
        }
        for (key, result) in zip(gone, await store.delete(gone)) {
            do throws(S3Error) { try result.get() } catch {
                console.complain("warning: \(session.name(of: key)) was sent and could not be deleted again: \(error.description)")
            }
        }
        if !gone.isEmpty {
            console.complain(
                "what was sent before the failure was deleted again (\(Quantity.count(gone.count, "object"))); --keep-going keeps it.")
        }
    }

    private func tell(
        _ file: PutFile, _ end: ObjectPut.Ended?, _ existing: Set<Key>, _ presigner: Presigner?, _ printer: inout RowPrinter
    ) throws {
        var row = JSONRow()
        row.add("file", file.word)
        row.add("key", file.key)
        row.add("uri", "\(ObjectAddress(bucket: session.address.bucket, key: file.key))")
        let signed = try presigner?.url(of: file.key)
        let url = signed?.url ?? session.url(of: file.key)
        row.add("url", url)
        if let signed { row.add("expires_at", UTCText.text(signed.expires * 1_000_000_000)) }
        row.add("content_type", file.contentType)
        row.add("replaces", existing.contains(file.key))
        switch end {
        case .stored(let size, let sha256):
            row.add("size", size)
            row.add("sha256", sha256.hex)
        case .failed: return
        case nil: row.add("dry_run", true)
        }
        printer.print(row) {
            let address = url ?? "\(ObjectAddress(bucket: session.address.bucket, key: file.key))".escapedForTerminal
            return [end == nil ? "would send \(file.word.escapedForTerminal) to \(session.name(of: file.key))" : address]
        }
    }
}

/// Says warnings, and nothing else of what happens.
final class WarningObserver: DeployObserver {
    private let console: Console

    init(_ console: Console) { self.console = console }

    func note(_ event: DeployEvent) { if case .warning(let text) = event { console.complain("warning: \(text)") } }
}
