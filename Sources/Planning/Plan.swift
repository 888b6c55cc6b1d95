public import Vocabulary

/// A file that is to be sent.
public struct PlannedUpload: Sendable, Hashable {
    /// The file.
    public let file: LocalFile
    /// Why it is sent.
    public let reason: UploadReason
    /// The size of what is sent, in bytes; nil where it is only known once the photo was read.
    public let deployedSize: Int64?
    // Kept apart: a plan of 20,000 new files is half as large.
    private let replaced: Apart<Replaced>?
    private var copied: Apart<PlannedCopy>?

    private struct Replaced: Sendable, Hashable {
        let size: Int64
        let etag: ETag?
    }

    /// The size of the object that it replaces, nil where it is new.
    public var replacedSize: Int64? { replaced?.value.size }
    /// The entity tag of that object, where the store tells one.
    public var replacedETag: ETag? { replaced?.value.etag }
    /// The object that is copied on the server instead, because it holds the file's bytes; nil where the file is sent.
    public var copy: PlannedCopy? {
        get { copied?.value }
        set { copied = newValue.map { .at($0) } }
    }

    /// The size of what is sent, as far as it is known: of a photo, that of the file; of a picture that is to be made, nothing is, and it counts as none.
    public var expectedSize: Int64 { deployedSize ?? (file.derivative == nil ? file.status.size : 0) }

    /// Creates a planned upload.
    public init(file: LocalFile, reason: UploadReason, deployedSize: Int64?, replacedSize: Int64?, replacedETag: ETag? = nil) {
        self.file = file
        self.reason = reason
        self.deployedSize = deployedSize
        replaced = replacedSize.map { .at(Replaced(size: $0, etag: replacedETag)) }
    }
}

/// A value that few of many have, held by reference.
private indirect enum Apart<Value: Sendable & Hashable>: Sendable, Hashable {
    case at(Value)

    var value: Value {
        switch self {
        case .at(let value): value
        }
    }
}

/// An object that already holds the bytes of a new file.
public struct PlannedCopy: Sendable, Hashable {
    /// Its path below the prefix.
    public let path: Key
    /// Its entity tag.
    public let etag: ETag
    /// SHA-256 of its bytes.
    public let sha256: SHA256
    /// True where they are not the file's own, but those of the corrected photo.
    public let isRewritten: Bool

    /// Creates a planned copy.
    public init(path: Key, etag: ETag, sha256: SHA256, isRewritten: Bool) {
        self.path = path
        self.etag = etag
        self.sha256 = sha256
        self.isRewritten = isRewritten
    }
}

/// An object that holds the bytes of its file and is to get other headers.
public struct PlannedHeaderUpdate: Sendable, Hashable {
    /// The file.
    public let file: LocalFile
    /// The object.
    public let object: RemoteObject
    /// SHA-256 of the bytes that both have.
    public let sha256: SHA256
    /// True where the object is from elsewhere and gets our metadata, with the headers, for the first time.
    public let isAdoption: Bool

    /// Creates a planned update.
    public init(file: LocalFile, object: RemoteObject, sha256: SHA256, isAdoption: Bool = false) {
        self.file = file
        self.object = object
        self.sha256 = sha256
        self.isAdoption = isAdoption
    }
}

/// The order in which a deploy becomes visible: what pages refer to comes before the pages.
public enum Wave: Int, Sendable, Hashable, CaseIterable, Comparable {
    /// Photos, thumbnails, style sheets, scripts, everything that is no page.
    case assets
    /// HTML, JSON, XML and feeds.
    case pages

    /// Earlier waves are less.
    public static func < (a: Wave, b: Wave) -> Bool { a.rawValue < b.rawValue }

    private static let pageExtensions: ExtensionSet = ["html", "htm", "xhtml", "json", "xml", "rss", "atom", "webmanifest"]

    /// The wave in which `path` is sent.
    public init(path: Key) { self = Self.pageExtensions.contains(path) ? .pages : .assets }
}

/// What a deploy is going to do: a value that can be printed, refused or executed. It holds what changes; the rest is counted.
public struct Plan: Sendable, Hashable {
    /// The files to send, in key order.
    public var uploads: [PlannedUpload] = []
    /// The objects whose headers are to be replaced, in key order.
    public var headerUpdates: [PlannedHeaderUpdate] = []
    /// The keys to delete, whole, in key order.
    public var deletions: [RemoteObject] = []
    /// How many files are in the bucket as they would be deployed.
    public var unchangedCount = 0
    /// Files whose objects were not to be looked at (`--ignore-existing`).
    public var existingCount = 0
    /// Their deployed size in bytes.
    public var unchangedBytes: Int64 = 0
    /// Those of them whose headers nobody knows, so that drift there is not seen.
    public var unknownHeaderCount = 0
    /// Keys in the destination that the deploy answers for: everything listed but what exclusions protect.
    public var remoteCount = 0
    /// Objects whose files were dropped from the source: they are never deleted.
    public var droppedCount = 0
    /// Objects that no file has, and that are kept: because deletion was not asked for, or as the next.
    public var extraneousCount = 0
    /// Those of them that are pictures, which nobody makes any more, of photos that are still there.
    public var keptPictureCount = 0

    /// An empty plan.
    public init() {}

    /// Bytes that are to be sent, where known before the photos are read; else the file's size.
    public var uploadBytes: Int64 { uploads.indices.reduce(0) { $0 + (uploads[$1].copy == nil ? uploads[$1].expectedSize : 0) } }

    /// How many of the uploads are copies on the server.
    public var copyCount: Int { uploads.count { $0.copy != nil } }

    /// True where nothing is to be done.
    public var isEmpty: Bool { uploads.isEmpty && headerUpdates.isEmpty && deletions.isEmpty }

    /// How many actions are planned.
    public var actionCount: Int { uploads.count + headerUpdates.count + deletions.count }

    /// The uploads of one wave, in key order.
    public func uploads(of wave: Wave) -> [PlannedUpload] { uploads.filter { Wave(path: $0.file.sourcePath) == wave } }

    /// The header updates of one wave, in key order.
    public func headerUpdates(of wave: Wave) -> [PlannedHeaderUpdate] { headerUpdates.filter { Wave(path: $0.file.sourcePath) == wave } }
}
