internal import Configuration
internal import Deploy
internal import Foundation
internal import Glibc
internal import Planning
internal import S3
internal import Vocabulary

/// Finds out what is to be deleted, has it judged and confirmed, and deletes it.
struct RemoveRun {
    let session: BucketSession
    let command: RemoveCommand

    func run(_ words: [ObjectWord]) async throws -> ExitStatus {
        var faults = ObjectFaults(session.console)
        let keys = try await command.recursive ? below(words) : named(words, &faults)
        guard !keys.isEmpty else {
            if faults.status == .done { session.console.complain("there is nothing to delete.") }
            return faults.status
        }
        try await guardDeletions(keys.count)
        var printer = RowPrinter(session.console, command.format, schema: "galleria-deploy/rm/1")
        if command.dryRun {
            for key in keys { tell(key, &printer) }
            printer.end()
            return faults.status
        }
        try confirm(keys)
        for start in stride(from: 0, to: keys.count, by: S3Client.deleteBatchSize) {
            let batch = Array(keys[start..<min(start + S3Client.deleteBatchSize, keys.count)])
            let results = await session.store.delete(batch)
            PresignedPlace(session).forget(batch) { session.console.complain($0) }
            for (key, result) in zip(batch, results) {
                do throws(S3Error) {
                    try result.get()
                    tell(key, &printer)
                } catch { try faults.note(error, on: session.name(of: key)) }
            }
        }
        printer.end()
        return faults.status
    }

    /// The objects that the words name; one that is not there is said.
    private func named(_ words: [ObjectWord], _ faults: inout ObjectFaults) async throws -> [Key] {
        var seen: Set<Key> = []
        let keys = try words.map { try session.key(of: $0) }.filter { seen.insert($0).inserted }
        let store = session.store
        let heads = await inOrder(keys, atOnce: store.requestLimit) { key -> Result<ObjectHead, S3Error> in
            do throws(S3Error) { return .success(try await store.head(key)) } catch { return .failure(error) }
        }
        var found: [Key] = []
        for (key, result) in zip(keys, heads) {
            do throws(S3Error) {
                _ = try result.get()
                found.append(key)
            } catch { try faults.note(error, on: session.name(of: key)) }
        }
        return found
    }

    /// Everything that begins with one of the words, but for what the program keeps for itself.
    private func below(_ words: [ObjectWord]) async throws -> [Key] {
        let own = session.address.prefix.bytes + Array(".galleria/".utf8)
        var keys: Set<Key> = []
        for word in words {
            let beginning: [UInt8]
            switch word {
            case .address(let address): beginning = address.key.bytes
            case .path(let path): beginning = session.address.prefix.bytes + Array(path.utf8)
            case .url: beginning = try session.key(of: word).bytes
            }
            var listing = Listing(session.store, ListRequest(beginning: beginning))
            do throws(S3Error) {
                while let page = try await listing.next() {
                    for object in page where beginning.starts(with: own) || !object.key.bytes.starts(with: own) { keys.insert(object.key) }
                }
            } catch { throw Fault(error) }
        }
        return keys.sorted()
    }

    /// Refuses more than may be deleted, of the objects of the folder that the session is about. These are counted only as far as it takes to know.
    private func guardDeletions(_ count: Int) async throws {
        let limit = command.maxDelete ?? session.settings.deleteLimit
        var remote = 0
        if count > limit.allowed(of: 0) {
            if case .count = limit {
            } else {
                var listing = Listing(session.store, prefix: session.address.prefix)
                do throws(S3Error) {
                    while count > limit.allowed(of: remote), let page = try await listing.next() { remote += page.count }
                } catch { throw Fault(error) }
            }
        }
        let allowed = limit.allowed(of: remote)
        guard count > allowed else { return }
        let whole = remote > 0 ? " of the \(remote) objects in \(session.address)" : " objects"
        throw Fault(
            .refused,
            "refused: \(count)\(whole) would be deleted, the limit is \(allowed). Nothing was deleted. If that many are meant, say --max-delete \(count)."
        )
    }

    private func confirm(_ keys: [Key]) throws {
        if command.yes { return }
        let what = keys.count == 1 ? keys.first.map { session.name(of: $0) } ?? "" : Quantity.count(keys.count, "object")
        guard isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1 else {
            throw Fault(.refused, "refused: nobody can be asked whether \(what) may be deleted. Say --yes; --dry-run shows what would go.")
        }
        for key in keys.prefix(10) { session.console.complain("  \(session.name(of: key))") }
        if keys.count > 10 { session.console.complain("  … and \(keys.count - 10) more") }
        session.console.complain("Delete \(what) from \(session.address)? It cannot be taken back. [y/N]")
        let answer = readLine()?.lowercased()
        guard answer == "y" || answer == "yes" else { throw Fault(.refused, "refused: nothing was deleted.") }
    }

    private func tell(_ key: Key, _ printer: inout RowPrinter) {
        var row = JSONRow()
        row.add("key", key)
        row.add("deleted", !command.dryRun)
        printer.print(row) { [(command.dryRun ? "would delete " : "deleted ") + session.name(of: key)] }
    }
}
