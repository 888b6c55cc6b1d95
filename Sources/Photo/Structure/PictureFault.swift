/// Why a picture's file is not whole.
public enum PictureFault: Error, Sendable, Hashable, CustomStringConvertible {
    /// The formats whose structure is known here.
    public enum Format: String, Sendable, Hashable {
        case jpeg = "JPEG"
        case png = "PNG"
        case webp = "WebP"
    }

    /// The file ends before the picture does; where in the format, and how many bytes there are.
    case cutOff(Format, within: String, size: Int64)
    /// Something is not as the format says; what, and at which byte.
    case damaged(Format, what: String, at: Int64)

    /// What is wrong with the file.
    public var description: String {
        switch self {
        case .cutOff(let format, let place, let size):
            "the \(format.rawValue) breaks off within \(place), after \(size) bytes"
        case .damaged(let format, let what, let position):
            "the \(format.rawValue) is damaged: \(what) at byte \(position)"
        }
    }
}
