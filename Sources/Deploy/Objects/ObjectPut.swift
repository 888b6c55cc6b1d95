internal import Digest
internal import Photo
internal import Planning
public import S3
public import Source
public import Vocabulary

/// Sends single files as they are, under keys of their own: with the upload of a deploy, in parts where they are large, hash in the metadata, but without
/// its photo rules.
public struct ObjectPut: Sendable {
    /// How the sending of one file ended.
    public enum Ended: Sendable {
        /// The object is there.
        case stored(size: Int64, sha256: SHA256)
        /// It is not; an upload in parts that was begun is given up.
        case failed(FailureCause)
    }

    private let store: S3Client
    private let partSize: Int64
    private let partsAtOnce: Int
    private let disk: DiskExecutor
    private let stop: DeployStop
    private let observer: any DeployObserver

    /// - Parameters:
    ///   - store: the bucket.
    ///   - partSize: the size of the parts of a large file, in bytes.
    ///   - bufferMemory: the most content in memory on its way, in bytes.
    ///   - disk: the threads on which files are read.
    ///   - stop: asks for nothing more to be begun.
    ///   - observer: told what happens.
    public init(
        _ store: S3Client, partSize: Int64, bufferMemory: Int64, disk: DiskExecutor, stop: DeployStop, observer: any DeployObserver
    ) {
        self.store = store
        self.partSize = partSize
        partsAtOnce = max(1, min(16, Int(bufferMemory / Upload.streamMemory)))
        self.disk = disk
        self.stop = stop
        self.observer = observer
        stop.beginSending()
    }

    /// Sends the file that is called `name` in `folder`, and gives the object `headers` and the content's hash.
    public func put(_ name: Key, in folder: SourceFolder, to key: Key, headers: HeaderSet) async -> Ended {
        let status: FileStatus
        do throws(SourceError) {
            guard let entry = try folder.entry(at: name), !entry.isFolder else { return .failed(.source(.vanished)) }
            status = entry.status
        } catch {
            return .failed(.source(error))
        }
        let file = LocalFile(path: key, status: status, sourcePath: name)
        let upload = Upload(
            reader: ContentReader(folder, rewriter: PhotoRewriter(rules: CaptureRules())), store: store, prefix: Prefix(""),
            photoGuard: PhotoGuard(recipe: "", allowsDropping: true), strictExif: false,
            headers: DeployedHeaders(HeaderRules(above: headers)), now: StateOptions.systemClock, partSize: partSize,
            partsAtOnce: partsAtOnce, disk: disk, stop: stop, observer: observer)
        let ended = await upload.send(PlannedUpload(file: file, reason: .new, deployedSize: nil, replacedSize: nil), reading: nil)
        switch ended.outcome {
        case .uploaded(_, _, let size, let sha256): return .stored(size: size, sha256: sha256)
        case .failed(_, let cause): return .failed(cause)
        default: return .failed(.interrupted)
        }
    }

    /// SHA-256 of a file; nil where it cannot be read.
    public static func sha256(of name: Key, in folder: SourceFolder) -> SHA256? {
        guard let file = try? OpenedFile(name, in: folder) else { return nil }
        return try? Fingerprint(of: file, withMD5: false).sha256
    }
}
