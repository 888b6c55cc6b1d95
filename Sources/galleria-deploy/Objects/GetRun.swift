internal import Configuration
internal import Deploy
internal import Foundation
internal import S3
internal import Source
internal import Vocabulary

/// Writes objects to files, several at once, and says what became of each.
struct GetRun {
    let session: BucketSession
    let folder: String
    let command: GetCommand

    private struct Got: Sendable {
        let key: Key
        let path: Key
        let result: Result<ObjectDownload.Saved, OutputFault>
    }

    func run(_ files: [(key: Key, path: Key)]) async throws -> ExitStatus {
        let output: OutputFolder
        do throws(OutputFault) { output = try OutputFolder(folder) } catch {
            throw Fault(.usage, "\(folder.escapedForTerminal): \(error).")
        }
        let disk = DiskExecutor(threadCount: ProcessInfo.processInfo.activeProcessorCount + 2, stallLimit: session.settings.timeouts.read)
        defer { disk.stop() }
        var faults = ObjectFaults(session.console)
        var printer = RowPrinter(session.console, command.format, schema: "galleria-deploy/get/1", name: "files")
        let download = ObjectDownload(session.store, syncs: true)
        let (store, overwrites) = (session.store, command.overwrite)
        // What is in memory of each is bounded by its pieces.
        let width = max(1, min(store.requestLimit, session.settings.bufferMemory / Int(ObjectPieces.pieceSize) / ObjectPieces.window))
        var start = 0
        while start < files.count {
            let batch = Array(files[start..<min(start + 64 * width, files.count)])
            start += batch.count
            let got = await inOrder(batch, atOnce: width) { file -> Got in
                await Task(executorPreference: disk) {
                    do throws(OutputFault) {
                        let place = try output.place(of: file.path)
                        let head: ObjectHead
                        do throws(S3Error) { head = try await store.head(file.key) } catch { throw OutputFault.store(error) }
                        let saved = try await download.save(file.key, head, to: place, overwrites: overwrites)
                        return Got(key: file.key, path: file.path, result: .success(saved))
                    } catch { return Got(key: file.key, path: file.path, result: .failure(error)) }
                }.value
            }
            for one in got { try tell(one, &printer, &faults) }
        }
        printer.end()
        return faults.status
    }

    private func tell(_ got: Got, _ printer: inout RowPrinter, _ faults: inout ObjectFaults) throws {
        let file = (folder == "." ? "" : folder.hasSuffix("/") ? folder : folder + "/") + got.path.string
        do throws(OutputFault) {
            let saved = try got.result.get()
            var row = JSONRow()
            row.add("key", got.key)
            row.add("file", file)
            row.add("size", saved.size)
            row.add("sha256", saved.sha256.hex)
            row.add("verified_by", saved.proof.rawValue)
            row.add("resumed_at", saved.resumed)
            row.add("was_there", saved.wasThere)
            printer.print(row) {
                let remarks = [
                    saved.wasThere ? "was there already" : nil, saved.resumed > 0 ? "went on after \(Quantity.bytes(saved.resumed))" : nil,
                    command.objects.bucket.verbose > 0 ? "verified by " + saved.proof.words : nil,
                ].compactMap { $0 }
                return [file.escapedForTerminal + (remarks.isEmpty ? "" : "  (" + remarks.joined(separator: ", ") + ")")]
            }
        } catch { try faults.note(error, on: session.name(of: got.key)) }
    }
}
