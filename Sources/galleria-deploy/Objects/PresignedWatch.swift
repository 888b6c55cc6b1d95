internal import Deploy
internal import S3
internal import Synchronization
internal import Vocabulary

/// Watches a deploy for what it changes, so that signed addresses of that are let go of. Nothing is held where none are kept.
final class PresignedWatch: DeployObserver {
    private let place: PresignedPlace
    private let prefix: Prefix
    private let changed = Mutex<[Key]>([])

    /// Nil where the bucket has no kept addresses.
    init?(_ job: DeploySettings.Job, environment: [String: String]) {
        place = PresignedPlace(endpoint: job.place.endpoint.value, bucket: job.address.bucket, environment: environment)
        guard place.isThere else { return nil }
        prefix = job.address.prefix
    }

    func note(_ event: DeployEvent) {
        guard case .finished(let outcome) = event else { return }
        let key: Key
        switch outcome {
        case .uploaded(let path, _, _, _), .headersUpdated(let path), .copied(let path, _, _), .adopted(let path):
            key = prefix.key(for: path)
        case .deleted(let whole): key = whole
        case .failed: return
        }
        changed.withLock { $0.append(key) }
    }

    /// Lets go of the addresses of what has changed.
    func end(warn: (String) -> Void) { place.forget(changed.withLock { $0 }, warn: warn) }
}
