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
    /// The photo cannot be rewritten safely and `--strict-exif` asks for that.
    case photo(String)
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
        case .photo(let reason):
            "cannot be rewritten safely (\(reason)) and --strict-exif is set; deploy without it to send the photo as it is"
        case .interrupted: "was not reached before the run was interrupted; run again"
        }
    }
}

/// How one action of the plan, or one entry of the source, ended.
public enum Outcome: Sendable {
    /// The file is in the bucket; `size` is the number of deployed bytes.
    case uploaded(path: Key, reason: UploadReason, size: Int64)
    /// The object is gone.
    case deleted(Key)
    /// Nothing was changed in the bucket for this path.
    case failed(path: String, FailureCause)
}
