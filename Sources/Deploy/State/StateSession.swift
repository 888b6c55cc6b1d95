internal import Planning
internal import State
internal import Vocabulary

/// The local state of one run: opened at its start, read by the survey, written to behind everyone's back, closed at its end.
/// It is a cache: whatever fails is one warning, and the run goes on without it, exact all the same.
final class StateSession {
    /// Takes what is learnt; nil where there is no state to keep it in.
    let recorder: StateRecorder?
    private let database: StateDatabase?
    private let options: StateOptions?
    private let observer: any DeployObserver
    private var isDamaged = false

    init(_ options: StateOptions?, observer: any DeployObserver) {
        self.options = options
        self.observer = observer
        database = options.flatMap { Self.open($0, observer) }
        recorder = database.map { StateRecorder($0) }
    }

    private static func open(_ options: StateOptions, _ observer: any DeployObserver) -> StateDatabase? {
        do throws(StateError) {
            do throws(StateError) {
                return try StateDatabase(at: options.path, of: options.location)
            } catch {
                guard options.replacesDamaged, error.isDamage else { throw error }
                try StateDatabase.setAside(options.path)
                observer.note(.warning("the local state was damaged and begins anew: \(options.path.escapedForTerminal)"))
                return try StateDatabase(at: options.path, of: options.location)
            }
        } catch {
            warn(error, observer)
            return nil
        }
    }

    /// What is known, for one pass.
    func known(shard: Shard) -> KnownState {
        var reader: StateReader?
        if let database {
            do throws(StateError) { reader = try StateReader(database) } catch { note(error) }
        }
        return KnownState(reader, shard: shard) { [self] in note($0) }
    }

    /// The uploads in parts that earlier runs began and none completed, by path.
    func pendingParts() -> [Key: PendingParts] {
        guard let database else { return [:] }
        do throws(StateError) {
            let all = try StateReader(database).multipartUploads()
            return Dictionary(all.map { ($0.key, PendingParts(upload: $0.upload, parts: $0.parts)) }) { _, last in last }
        } catch {
            note(error)
            return [:]
        }
    }

    /// The keys that a layout gave to files, by their paths.
    func names() -> [Key: NameRecord] {
        guard let database else { return [:] }
        do throws(StateError) { return try StateReader(database).names() } catch {
            note(error)
            return [:]
        }
    }

    /// The paths of the files that were dropped from the source.
    func droppedPaths() -> [Key] {
        guard let database else { return [] }
        do throws(StateError) { return try StateReader(database).dropped().map(\.path) } catch {
            note(error)
            return []
        }
    }

    /// A pass over what is kept, for whoever bears that there is none.
    func reader() -> StateReader? {
        guard let database else { return nil }
        do throws(StateError) { return try StateReader(database) } catch {
            note(error)
            return nil
        }
    }

    /// What is kept of the bucket as a whole under a name.
    func fact(_ name: String) -> String? {
        guard let database else { return nil }
        do throws(StateError) { return try StateReader(database).fact(name) } catch {
            note(error)
            return nil
        }
    }

    /// Writes what waits to be written. Nothing is kept after that.
    func finish() {
        if let failure = recorder?.finish() { note(failure) }
        guard isDamaged, let options, options.replacesDamaged else { return }
        do throws(StateError) { try StateDatabase.setAside(options.path) } catch { Self.warn(error, observer) }
    }

    private func note(_ error: StateError) {
        if error.isDamage { isDamaged = true }
        Self.warn(error, observer)
    }

    private static func warn(_ error: StateError, _ observer: any DeployObserver) {
        observer.note(.warning("\(error.description) The deploy goes on without it."))
    }
}

extension StateError {
    fileprivate var isDamage: Bool {
        if case .damaged = cause { true } else { false }
    }
}
