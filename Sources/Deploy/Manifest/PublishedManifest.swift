public import Planning
public import S3
internal import Synchronization
public import Vocabulary

/// A manifest as the bucket has it.
public struct PublishedManifest: Sendable {
    /// Why there is none to work with.
    public enum Fault: Error, Sendable {
        /// The bucket did not answer, or refused.
        case store(S3Error)
        /// It is no manifest.
        case text(ManifestFault)
    }

    /// Reads the manifest at a key, one entry after the other in ascending order of keys; answers its head. Where a request has to be repeated,
    /// `begin` is called again: what came before does not count.
    public static func read(
        _ key: Key, from store: S3Client, begin: @escaping @Sendable () -> Void, each: @escaping @Sendable (ManifestEntry) -> Void
    ) async throws(Fault) -> ObjectHead {
        let state = Mutex<(reader: ManifestReader, fault: ManifestFault?)>((ManifestReader(), nil))
        let head: ObjectHead
        do throws(S3Error) {
            head = try await store.readObject(key) {
                begin()
                state.withLock { $0 = (ManifestReader(), nil) }
                return { bytes in
                    state.withLock { state in
                        guard state.fault == nil else { return }
                        do throws(ManifestFault) { try state.reader.read(bytes, each) } catch { state.fault = error }
                    }
                }
            }
        } catch {
            throw .store(error)
        }
        let (reader, fault) = state.withLock { $0 }
        if let fault { throw .text(fault) }
        do throws(ManifestFault) { try reader.finish() } catch { throw .text(error) }
        return head
    }
}
