internal import Planning
internal import State
internal import Vocabulary

/// What the local state knows of a file and of the object at its key. All of it still holds: the file's status and recipe, the object's tag
/// and size are those it was learnt with.
struct Known: Sendable {
    var fingerprint: FingerprintRecord?
    /// A picture's fingerprint that was learnt while its photo had another status: what it was made of says whether it still is what it would be.
    var former: FingerprintRecord?
    var object: ObjectRecord?
}

/// Paths that are kept in the local state and were not met.
struct Gone: Sendable {
    /// Those that the source has no file at.
    var files: [Key] = []
    /// Those that the bucket has no object at.
    var objects: [Key] = []
}

/// The local state, read in one pass beside the walk and the listing. The first fault ends the reading: the run goes on without.
final class KnownState {
    /// What was passed over so far.
    private(set) var gone = Gone()

    private var reader: StateReader?
    private let shard: Shard
    private let onFault: (StateError) -> Void

    /// Reads with `reader`.
    init(_ reader: StateReader?, shard: Shard, onFault: @escaping (StateError) -> Void) {
        self.reader = reader
        self.shard = shard
        self.onFault = onFault
    }

    /// True where anything is known of any object.
    var hasObjects: Bool { reading { (reader) throws(StateError) in try reader.hasObjects } ?? false }

    /// The fingerprint of a file, where it can be trusted, else the former one of a picture; `recipe` is the one that it is deployed by now. Files are asked for
    /// in key order.
    func fingerprint(of file: LocalFile, recipe: SHA256?) -> (current: FingerprintRecord?, former: FingerprintRecord?)? {
        reading { (reader) throws(StateError) in
            let record = try reader.fingerprint(of: file.path) { if shard.contains($0) { gone.files.append($0) } }
            guard let record else { return nil }
            if record.holds(for: file.status, recipe: recipe) { return (record, nil) }
            return file.derivative != nil && record.recipe == recipe ? (nil, record) : nil
        }
    }

    /// What the object at a path below the prefix holds, where that is known. Objects are asked for in key order.
    func object(at path: Key, _ object: RemoteObject) -> ObjectRecord? {
        reading { (reader) throws(StateError) in
            let record = try reader.object(at: path) { if shard.contains($0) { gone.objects.append($0) } }
            guard let record, record.holds(for: object) else { return nil }
            return record
        }
    }

    /// Takes what comes after the last file and the last object for gone, too.
    func noteEnd() {
        let _: Void? = reading { (reader) throws(StateError) in
            try reader.passRemainingFingerprints { if shard.contains($0) { gone.files.append($0) } }
            try reader.passRemainingObjects { if shard.contains($0) { gone.objects.append($0) } }
        }
    }

    /// What is known of objects of certain sizes, at whatever path, in a pass of its own.
    func objects(ofSizes sizes: Set<Int64>) -> [(path: Key, record: ObjectRecord)] {
        reading { (reader) throws(StateError) in try reader.objects { sizes.contains($0.size) } } ?? []
    }

    /// Every thousandth known key, in order: where the listing may be cut. Empty where fewer are known.
    func cuts() -> [Key] {
        reading { (reader) throws(StateError) in try reader.objectKeys(every: ListingCuts.step) } ?? []
    }

    private func reading<R>(_ body: (StateReader) throws(StateError) -> R?) -> R? {
        guard let reader else { return nil }
        do throws(StateError) { return try body(reader) } catch {
            self.reader = nil
            // A damaged file may have hidden rows: what was not met is not known to be gone.
            gone = Gone()
            onFault(error)
            return nil
        }
    }
}
