internal import Deploy
internal import Foundation
internal import S3
internal import Vocabulary

/// Copies or moves objects on the server, several at once, and says what became of each.
struct TransferRun {
    let session: BucketSession
    let words: TransferWords
    /// Where the copies go.
    let bucket: String
    let moves: Bool

    typealias Pair = (source: Key, target: Key)

    /// Everything whose key begins with `beginning`, to keys that begin with `target` and go on as they do after the last folder.
    func all(below beginning: Key, to target: Key) async throws -> ExitStatus {
        if bucket == session.address.bucket, target.bytes.starts(with: beginning.bytes) {
            throw Fault(.usage, "the destination lies within what is to be \(moves ? "moved" : "copied"). Name a place outside.")
        }
        let folder = beginning.bytes.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0
        let end = target.bytes.isEmpty || target.bytes.last == UInt8(ascii: "/") ? target.bytes : target.bytes + [UInt8(ascii: "/")]
        var listing = Listing(session.store, ListRequest(beginning: beginning.bytes))
        var pairs: [Pair] = []
        do throws(S3Error) {
            while let page = try await listing.next() {
                for object in page { pairs.append((object.key, Key(unchecked: end + object.key.bytes.dropFirst(folder)))) }
            }
        } catch { throw Fault(error) }
        guard !pairs.isEmpty else { throw Fault(.someFailed, "no key begins with \(session.name(of: beginning)).") }
        return try await run(pairs)
    }

    func run(_ pairs: [Pair]) async throws -> ExitStatus {
        for pair in pairs {
            if bucket == session.address.bucket, pair.source == pair.target {
                throw Fault(.usage, "\(session.name(of: pair.source)) cannot be \(moves ? "moved" : "copied") onto itself.")
            }
            guard pair.target.bytes.count <= Key.maximumLength else {
                throw Fault(.usage, "the key of the copy of \(session.name(of: pair.source)) would be longer than S3 allows.")
            }
        }
        let target = bucket == session.address.bucket ? session.store : session.store.client(for: bucket)
        if words.noOverwrite { try await refuseExisting(pairs, target) }
        var printer = RowPrinter(session.console, words.format, schema: "galleria-deploy/\(moves ? "mv" : "cp")/1")
        var faults = ObjectFaults(session.console)
        if words.dryRun {
            for pair in pairs { tell(pair, nil, &printer) }
            printer.end()
            return .done
        }
        let stop = DeployStop()
        let copy = StoredCopy(from: session.store, to: target, stop: stop)
        let (store, moves, console) = (session.store, moves, session.console)
        let work = Task {
            await inOrder(pairs.map { [$0.source, $0.target] }, atOnce: max(1, store.requestLimit)) {
                pair -> Result<ObjectHead, CopyFault>? in
                if stop.isAsked { return nil }
                do throws(CopyFault) {
                    let made = try await copy.copy(pair[0], to: pair[1])
                    if moves {
                        guard try await copy.isStill(pair[0], made) else { throw CopyFault.changed }
                        do throws(S3Error) { try await store.deleteObject(pair[0]) } catch { throw CopyFault.store(error) }
                    }
                    return .success(made)
                } catch { return .failure(error) }
            }
        }
        let interruption = Interruption(stop, leaving: { console.leave() }, cancel: { work.cancel() })
        let results = await work.value
        let signal = interruption.end()
        PresignedPlace(session, bucket: bucket).forget(pairs.map(\.target)) { console.complain($0) }
        if moves { PresignedPlace(session).forget(pairs.map(\.source)) { console.complain($0) } }
        for (pair, result) in zip(pairs, results) {
            guard let result else { continue }
            do throws(CopyFault) { tell(pair, try result.get(), &printer) } catch {
                if case .store(let cause) = error {
                    if cause.isCancelled { continue }
                    try faults.note(cause, on: session.name(of: pair.source))
                } else {
                    faults.note("\(error).", on: session.name(of: pair.source))
                }
            }
        }
        printer.end()
        return signal ?? faults.status
    }

    private func refuseExisting(_ pairs: [Pair], _ target: S3Client) async throws {
        let found = await inOrder(pairs.map(\.target), atOnce: target.requestLimit) { key -> Result<Key?, S3Error> in
            do throws(S3Error) {
                _ = try await target.head(key)
                return .success(key)
            } catch { return error.isNotFound ? .success(nil) : .failure(error) }
        }
        for result in found {
            let key: Key?
            do throws(S3Error) { key = try result.get() } catch { throw Fault(error) }
            if let key {
                throw Fault(
                    .refused,
                    "refused: \("\(ObjectAddress(bucket: bucket, key: key))".escapedForTerminal) is there already, and --no-overwrite is given. Nothing was done."
                )
            }
        }
    }

    private func tell(_ pair: Pair, _ head: ObjectHead?, _ printer: inout RowPrinter) {
        let (from, to) = (ObjectAddress(bucket: session.address.bucket, key: pair.source), ObjectAddress(bucket: bucket, key: pair.target))
        var row = JSONRow()
        row.add("source", "\(from)")
        row.add("key", pair.target)
        row.add("uri", "\(to)")
        row.add("size", head?.size)
        row.add("etag", head?.etag.value)
        row.add("sha256", head?.sha256?.hex)
        if head == nil { row.add("dry_run", true) }
        printer.print(row) {
            let verb = head == nil ? (moves ? "would move " : "would copy ") : moves ? "moved " : "copied "
            return [verb + "\(from)".escapedForTerminal + " to " + "\(to)".escapedForTerminal]
        }
    }
}
