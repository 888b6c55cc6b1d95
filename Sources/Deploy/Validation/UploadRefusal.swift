public import Photo
public import Planning
public import Vocabulary

/// Why a file must not be sent, by the rules of what may be.
public enum UploadRefusal: Sendable, CustomStringConvertible {
    /// It has more bytes than allowed.
    case tooLarge(Int64, limit: Int64)
    /// Its bytes say that it is of a type which is not allowed.
    case type(String, allowed: [MediaTypePattern])
    /// It is a picture and not whole.
    case broken(PictureFault)
    /// It holds the same picture as the file of another key.
    case duplicate(of: Key)

    /// What, why, and what to do next.
    public var description: String {
        switch self {
        case .tooLarge(let size, let limit):
            "has \(size) bytes, and max-file-size allows \(limit); it was not sent and replaces nothing. Make it smaller, exclude it, or raise the limit"
        case .type(let type, let allowed):
            "is \(type) by its content, and allowed-types allows \(allowed.map(\.description).joined(separator: ", ")); it was not sent and replaces "
                + "nothing. Exclude it, or allow its type"
        case .broken(let fault):
            "is no whole picture: \(fault); it was not sent and replaces nothing. Restore it from its original, or deploy without --check-images"
        case .duplicate(let key):
            "holds the same picture as \(key.string.escapedForTerminal), and duplicates: refuse is set; it was not sent. Remove one of them, or say "
                + "--duplicates warn"
        }
    }
}
