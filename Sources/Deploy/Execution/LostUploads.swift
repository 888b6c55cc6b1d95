internal import S3
internal import Synchronization
internal import Vocabulary

/// Gives up what a request has begun whose answer was lost: an upload in parts that nobody knows the id of, and that the store would keep, and bill,
/// for ever.
///
/// It is found by asking for the uploads at that key. Ours is one that was begun by the same account, not before the request by the server's own clock,
/// and that has no part. Anything else is somebody else's and stays.
final class LostUploads: Sendable {
    private let upload: Upload
    private let path: Key
    private let began: Int64
    private let isInDoubt = Atomic(false)

    /// The server's times are whole seconds, and its answer takes a moment.
    private static let leeway: Int64 = 2

    /// To be made before the request is sent.
    init(upload: Upload, path: Key) {
        self.upload = upload
        self.path = path
        began = upload.store.now
    }

    /// Notes that a try may have begun an upload.
    func noteDoubt() { isInDoubt.store(true, ordering: .relaxed) }

    /// Looks for them where there is doubt, and gives them up, but for `id`, the one whose answer came. Says so where that fails.
    func giveUp(except id: String?) async {
        guard isInDoubt.load(ordering: .relaxed) else { return }
        let (store, key, elapsed) = (upload.store, upload.prefix.key(for: path), upload.store.now - began)
        let isDone = await Upload.clearingUp {
            do throws(S3Error) {
                let all = try await store.listMultipartUploads(at: key)
                let own = all.first { $0.uploadID == id }
                for found in all where found.uploadID != id && found.isOurs(own, begunWithin: elapsed + Self.leeway) {
                    guard try await store.listParts(of: found.uploadID, key).isEmpty else { continue }
                    try await store.abortMultipartUpload(found.uploadID, key)
                }
                return true
            } catch {
                return false
            }
        }
        guard !isDone else { return }
        upload.observer.note(
            .warning(
                "the answer that an upload in parts had begun was lost, and whether the store has one of \(path.string.escapedForTerminal) "
                    + "that nobody will complete cannot be found out: have the bucket's lifecycle rules abort incomplete uploads."))
    }
}

extension PendingUpload {
    /// Whether it was begun by this run, no longer than so many seconds ago; `own` is one that was.
    fileprivate func isOurs(_ own: PendingUpload?, begunWithin seconds: Int64) -> Bool {
        guard let age, age <= seconds else { return false }
        return own?.initiator == nil || own?.initiator == initiator
    }
}
