internal import S3
internal import State
internal import Vocabulary

/// Gives up uploads in parts that earlier runs of this state began and no later one completed: the store keeps, and bills, their parts for ever.
///
/// Only what the state remembers is ours. Uploads of others, also those at keys of this gallery, are left alone.
struct AbandonedUploads: Sendable {
    let upload: Upload
    let age: Duration

    /// Looks after the uploads of paths that this run does not send.
    func giveUp(except paths: Set<Key>) async {
        let limit = Int64(age / .seconds(1))
        for (path, pending) in upload.pending where !paths.contains(path) && !upload.stop.isRequested {
            let now = upload.now() / 1_000_000_000
            guard now - pending.upload.began / 1_000_000_000 >= limit else { continue }
            let key = upload.prefix.key(for: path)
            do throws(S3Error) {
                // The server's own word on when it began: a local clock that was wrong is no reason to give anything up.
                let found = try await upload.store.listMultipartUploads(at: key).first { $0.uploadID == pending.upload.uploadID }
                guard let found else {
                    upload.recorder?.noteEndOfParts(path)
                    continue
                }
                if let initiated = found.initiated, now - initiated < limit { continue }
            } catch {
                // Not to be listed here; the state's word must do.
                if error.isCancelled { return }
            }
            await upload.giveUp(pending.upload.uploadID, of: path)
        }
    }
}

extension Upload {
    /// Has the store remove what was sent of an upload in parts, also where this run is being cancelled; not for longer than a few seconds.
    func giveUp(_ id: String, of path: Key) async {
        let (store, key) = (store, prefix.key(for: path))
        let isDone = await Self.clearingUp {
            do throws(S3Error) { try await store.abortMultipartUpload(id, key) } catch { return false }
            return true
        }
        if isDone { recorder?.noteEndOfParts(path) }
    }

    /// Runs `work` to its end also where this run is being cancelled, but not for longer than a few seconds: then it is cancelled.
    static func clearingUp(_ work: @escaping @Sendable () async -> Bool) async -> Bool {
        // Not a child: a run that is being cancelled shall still clear up.
        let task = Task.detached(operation: work)
        let limit = Task.detached {
            do { try await Task.sleep(for: .seconds(5)) } catch { return }
            task.cancel()
        }
        defer { limit.cancel() }
        return await task.value
    }
}
