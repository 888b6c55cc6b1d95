internal import Planning
internal import S3
internal import Synchronization
internal import Vocabulary

/// A lock that is an object in the bucket, for runs on different machines: `.galleria/lock` below the prefix, never published, never deleted as
/// extraneous.
///
/// It is written only where none is (`If-None-Match: *`) and renewed while the run works. One that was not renewed for as long as it says itself has
/// expired, whoever left it, and is taken over by a write that holds only if it is still the same (`If-Match`). Its age is judged by the server's
/// clock alone. Nothing of this is believed before a probe has shown that the store does such writes.
final class RemoteLock: Sendable {
    private let store: S3Client
    private let prefix: Prefix
    private let key: Key
    private let options: LockOptions
    private let stop: DeployStop
    private let observer: any DeployObserver

    private struct State {
        var etag: ETag?
        var quotesTag = true
        var renewals = 0
        var renewed = ContinuousClock.now
        var task: Task<Void, Never>?
        var isLost = false
    }
    private let state = Mutex(State())

    /// How often a lock that is held is looked at again.
    private static let pause = Duration.seconds(1)
    /// For how long a lock whose text is not understood is respected.
    private static let foreignLifetime = Duration.seconds(3600)
    /// The longest that removing the lock may take.
    private static let releaseTime = Duration.seconds(5)

    init(store: S3Client, prefix: Prefix, options: LockOptions, stop: DeployStop, observer: any DeployObserver) {
        self.store = store
        self.prefix = prefix
        self.options = options
        self.stop = stop
        self.observer = observer
        key = Self.key("lock", below: prefix)
    }

    private static func key(_ name: String, below prefix: Prefix) -> Key {
        prefix.key(for: Key("\(DefaultExclusions.ownFolder)/\(name)"))
    }

    /// The lock's text. It differs with each renewal, so that no other run takes over what was renewed since it looked.
    private func text(_ renewals: Int) -> [UInt8] {
        RemoteLockText(token: options.token, holder: options.holder, lifetime: options.lifetime, renewals: renewals).bytes
    }

    // MARK: Taking

    /// Takes the lock, waiting for another run where that is asked for, and begins to renew it.
    func take() async throws(DeployError) {
        try await probe()
        let etag = try await acquire()
        let task = Task { [weak self, options] in
            while !Task.isCancelled {
                do { try await Task.sleep(for: options.lifetime / 4) } catch { return }
                guard let self, await self.renew() else { return }
            }
        }
        state.withLock { state in
            state.etag = etag
            state.renewed = .now
            state.task = task
        }
    }

    private func ask<Answer>(_ request: () async throws(S3Error) -> Answer) async throws(DeployError) -> Answer {
        do throws(S3Error) { return try await request() } catch { throw .store(error) }
    }

    /// Tries on an object of its own whether the store writes only where the condition holds; some take the condition and ignore it.
    private func probe() async throws(DeployError) {
        let key = Self.key("probe-\(options.token)", below: prefix)
        let reason: String?
        do throws(S3Error) { reason = try await judge(key) } catch {
            if let code = error.code, code == .notImplemented || error.refusal?.status == 400 {
                throw .noRemoteLock("it answers \(code.name) to a conditional write")
            }
            throw .store(error)
        }
        try await ask { () throws(S3Error) in try await store.deleteObject(key) }
        if let reason { throw .noRemoteLock(reason) }
    }

    private func judge(_ key: Key) async throws(S3Error) -> String? {
        // A repeated request may find its own first; what is there counts.
        _ = try await store.put(key, text(0), if: .absent)
        if try await store.put(key, text(1), if: .absent) != nil { return "it ignores If-None-Match" }
        let etag = try await store.head(key).etag
        if try await store.put(key, text(2), if: .tagged(ETag(String(repeating: "0", count: 32)), quoted: true)) != nil {
            return "it ignores If-Match"
        }
        for quoted in [true, false] where try await store.put(key, text(3), if: .tagged(etag, quoted: quoted)) != nil {
            state.withLock { $0.quotesTag = quoted }
            return nil
        }
        return "it refuses If-Match with the object's own tag"
    }

    private func acquire() async throws(DeployError) -> ETag {
        let deadline = ContinuousClock.now + options.wait
        var isWaiting = false
        while true {
            if let etag = try await ask({ () throws(S3Error) in try await store.put(key, text(0), if: .absent) }) { return etag }
            guard let found = try await look() else { continue }
            let lock = RemoteLockText(found.bytes)
            // The answer to our own write was lost.
            if lock?.token == options.token { return found.head.etag }
            let lifetime = lock?.lifetime ?? Self.foreignLifetime
            if let age = found.head.age, .seconds(age) > lifetime {
                let condition = WriteCondition.tagged(found.head.etag, quoted: state.withLock { $0.quotesTag })
                if let etag = try await ask({ () throws(S3Error) in try await store.put(key, text(0), if: condition) }) {
                    observer.note(
                        .warning("the lock in the bucket had expired and was taken over\(lock.map { " from \($0.holder)" } ?? "")."))
                    return etag
                }
                continue
            }
            let holder = lock?.holder ?? LockHolder(pid: 0, started: 0, host: "")
            guard ContinuousClock.now < deadline, !stop.isRequested else { throw .locked(holder, isRemote: true) }
            if !isWaiting { observer.note(.waiting(holder)) }
            isWaiting = true
            do { try await Task.sleep(for: Self.pause) } catch { throw .locked(holder, isRemote: true) }
        }
    }

    /// The lock that is there; nil where there is none.
    private func look() async throws(DeployError) -> ObjectContent? {
        try await ask { () throws(S3Error) in
            do throws(S3Error) { return try await store.getObject(key, maximumBytes: 1 << 16) } catch {
                if error.isNotFound { return nil }
                throw error
            }
        }
    }

    // MARK: Keeping

    /// Renews the lock; false where it is lost and nothing more is to be done.
    private func renew() async -> Bool {
        let (etag, quotes, number) = state.withLock { state in
            state.renewals += 1
            return (state.etag, state.quotesTag, state.renewals)
        }
        guard let etag else { return false }
        do throws(S3Error) {
            if let renewed = try await store.put(key, text(number), if: .tagged(etag, quoted: quotes)) {
                keep(renewed)
                return true
            }
            // The answer to an earlier renewal may have been lost.
            let found = try await store.getObject(key, maximumBytes: 1 << 16)
            if RemoteLockText(found.bytes)?.token == options.token {
                keep(found.head.etag)
                return true
            }
        } catch {
            let isExpired = state.withLock { ContinuousClock.now - $0.renewed > options.lifetime }
            if !isExpired, !error.isNotFound { return true }
        }
        state.withLock { $0.isLost = true }
        _ = stop.request()
        return false
    }

    private func keep(_ etag: ETag) {
        state.withLock { state in
            state.etag = etag
            state.renewed = .now
        }
    }

    /// Removes the lock; false where it had passed to someone else. Works in a cancelled task, too, for a few seconds: what cannot be removed in
    /// time expires.
    func release() async -> Bool {
        let (task, isLost) = state.withLock { ($0.task, $0.isLost) }
        task?.cancel()
        if isLost { return false }
        let removal = Task { [store, key, options] in
            await task?.value
            guard let found = try? await store.getObject(key, maximumBytes: 1 << 16) else { return true }
            guard RemoteLockText(found.bytes)?.token == options.token else { return false }
            try? await store.deleteObject(key)
            return true
        }
        let limit = Task {
            if (try? await Task.sleep(for: Self.releaseTime)) != nil { removal.cancel() }
        }
        defer { limit.cancel() }
        return await removal.value
    }
}
