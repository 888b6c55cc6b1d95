internal import S3
internal import Vocabulary

/// Tells objects that this program deployed from those of others, by the metadata that it gives to all of its own.
struct ForeignObjects {
    let store: S3Client
    let disk: DiskExecutor

    /// The keys of those that are somebody else's, in order. One HEAD each; what is gone by now is nobody's.
    func found(among objects: [RemoteObject]) async throws(DeployError) -> [Key] {
        var foreign: [Key] = []
        var fault: S3Error?
        _ = await runBounded(
            objects, limit: PoolLimit(count: { store.requestLimit + 1 }, weight: .max), weight: { _ in 0 }, on: disk, isOpen: { true }
        ) { object in
            await isForeign(object.key).map { ($0, object.key) }
        } each: { answer in
            switch answer {
            case .success((true, let key)): foreign.append(key)
            case .success: break
            case .failure(let error): fault = fault ?? error
            }
        }
        if let fault { throw .store(fault) }
        return foreign.sorted()
    }

    private func isForeign(_ key: Key) async -> Result<Bool, S3Error> {
        do throws(S3Error) {
            let head = try await store.head(key)
            return .success(head.sha256 == nil && head.metadata[PhotoGuard.recipeName] == nil)
        } catch {
            return error.isNotFound ? .success(false) : .failure(error)
        }
    }
}
