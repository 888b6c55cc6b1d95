internal import HTTP
internal import Photo
public import Planning
public import S3
public import Source
public import Vocabulary

/// Why one file, or one key, failed. The others go on.
public enum FailureCause: Error, Sendable, CustomStringConvertible {
    /// The walk could not read the entry.
    case walk(WalkFailure)
    /// The file could not be deployed.
    case source(SourceError)
    /// The bucket refused or did not answer.
    case store(S3Error)
    /// The key would be longer than S3 allows.
    case keyTooLong(length: Int)
    /// The rules of what may be sent do not allow it.
    case rules(UploadRefusal)
    /// The layout gives it no key.
    case layout(LayoutGap)
    /// `--files-from` names it and the source does not have it.
    case unknownPath
    /// The photo cannot be rewritten safely and `--strict-exif` asks for that.
    case photo(String)
    /// Something that `privacy` was to remove was seen in the photo and could not be removed.
    case privacy(String)
    /// What is replaced or deleted could not be kept before.
    case kept(S3Error)
    /// It was replaced since, and nothing was kept of what it was.
    case nothingKept
    /// The published manifest could not be made; why.
    case manifest(String)
    /// The run was interrupted before this was done.
    case interrupted

    /// Why, and what to do next.
    public var description: String {
        switch self {
        case .walk(let failure): failure.description
        case .source(let error): error.description
        case .store(let error): error.description
        case .keyTooLong(let length):
            "its key would be \(length) bytes long and S3 allows \(Key.maximumLength); shorten the path or the prefix"
        case .rules(let refusal): refusal.description
        case .layout(let gap): gap.description
        case .unknownPath: "is named by --files-from and not in the source; correct the list (paths start below the source)"
        case .photo(let reason):
            "cannot be rewritten safely (\(reason)) and --strict-exif is set; deploy without it to send the photo as it is"
        case .privacy(let what):
            "was not sent, because what privacy was to remove would have stayed in it: \(what); remove it from the photo, or deploy it without privacy"
        case .kept(let error): "stays as it is, because it could not be kept in the trash: \(error.description)"
        case .nothingKept: "was replaced since, and no version of what it was is kept; deploy its file again"
        case .manifest(let why): "was not published: \(why)"
        case .interrupted: "was not reached before the run was interrupted; run again"
        }
    }
}

/// How one action of the plan, or one entry of the source, ended.
public enum Outcome: Sendable {
    /// The file is in the bucket; `size` and `sha256` are those of the deployed bytes.
    case uploaded(path: Key, reason: UploadReason, size: Int64, sha256: SHA256)
    /// The object holds what it held, under the headers that are wanted.
    case headersUpdated(path: Key)
    /// The file's bytes were copied on the server, from the object at `source`; both paths are below the prefix.
    case copied(path: Key, source: Key, size: Int64)
    /// The object is from elsewhere, was read, and holds the file's bytes; it was given our metadata where the server does that.
    case adopted(path: Key)
    /// The object is gone.
    case deleted(Key)
    /// Nothing was changed in the bucket for this path.
    case failed(path: String, FailureCause)
}

extension FailureCause {
    /// Why content was not sent: its file changed or could not be read, else what the store says.
    init(sending content: Content, _ error: S3Error) {
        guard content.file.isUnchanged else {
            self = .source(.changed)
            return
        }
        if case .transport(.bodyUnreadable(let cause)) = error.cause {
            if let cause = cause as? SourceError {
                self = .source(cause)
                return
            }
            if let cause = cause as? BodyReadTimeout {
                self = .source(.stalled(cause.limit))
                return
            }
        }
        self = .store(error)
    }

    /// Why a photo must not be sent as the engine left it; nil where it may.
    static func forbidding(_ photo: PhotoRewrite?, strictExif: Bool) -> FailureCause? {
        guard let photo else { return nil }
        // Better no photo in public than a photo with a place that its owner asked to have removed.
        if let gap = photo.gaps.first(where: \.isCertain) { return .privacy(gap.description) }
        if strictExif, let refusal = photo.refusal { return .photo(refusal.description) }
        return nil
    }
}
