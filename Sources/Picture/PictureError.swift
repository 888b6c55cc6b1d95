internal import Vocabulary

/// Why a picture cannot be read, or nothing be made of it.
public enum PictureError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The program was built without libvips.
    case notBuilt
    /// libvips is not on this machine, or lacks something; the cause in the loader's words.
    case libraryMissing(String)
    /// The bytes are none of the formats that are read.
    case unknownFormat
    /// The picture is damaged, or cannot be decoded; the cause in libvips's words.
    case broken(String)
    /// More pixels than allowed.
    case tooManyPixels(width: Int, height: Int, limit: Int)
    /// Decoding would take more memory than allowed; bytes.
    case tooMuchMemory(needed: Int, limit: Int)
    /// More frames than allowed.
    case tooManyFrames(Int, limit: Int)
    /// The format holds no picture of such a size.
    case tooLargeForFormat(PictureFormat, width: Int, height: Int)
    /// This machine's libvips does not write the format.
    case cannotWrite(PictureFormat)
    /// Writing the format failed; the cause in libvips's words.
    case notWritten(PictureFormat, String)

    /// The fault is of the program's installation, not of the picture.
    public var isOfInstallation: Bool {
        switch self {
        case .notBuilt, .libraryMissing, .cannotWrite: true
        default: false
        }
    }

    /// What failed, why, and what to do next.
    public var description: String {
        switch self {
        case .notBuilt:
            "this galleria-deploy was built without libvips, so it cannot look into pictures; install libvips-dev and build it with "
                + "`make build`."
        case .libraryMissing(let cause):
            "pictures need libvips, which this machine lacks (\(cause.escapedForTerminal)); on Debian and Ubuntu `apt install libvips42` installs it."
        case .unknownFormat: "it is no picture in a format that is read (JPEG, PNG, WebP, AVIF, HEIC, GIF, TIFF)."
        case .broken(let cause): "it is damaged: \(cause.escapedForTerminal)."
        case .tooManyPixels(let width, let height, let limit):
            "its \(width) × \(height) pixels are more than the \(limit / 1_000_000) million that are decoded; --max-pixels raises that."
        case .tooMuchMemory(let needed, let limit):
            "decoding it would take about \(needed >> 20) MiB of memory, more than the \(limit >> 20) MiB allowed."
        case .tooManyFrames(let frames, let limit): "it has \(frames) frames, more than the \(limit) that are decoded."
        case .tooLargeForFormat(let format, let width, let height):
            "\(width) × \(height) pixels are more than \(format) holds (\(format.maxSide) a side); ask for a smaller size or another format."
        case .cannotWrite(let format):
            "this machine's libvips does not write \(format); install its package of codecs, or ask for another format."
        case .notWritten(let format, let cause): "it could not be written as \(format): \(cause.escapedForTerminal)."
        }
    }
}
