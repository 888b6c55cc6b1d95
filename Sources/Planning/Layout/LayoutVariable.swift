/// What a variable of a layout stands for, and how it is written.
struct LayoutVariable: Sendable, Hashable {
    /// What it stands for.
    enum Field: Sendable, Hashable {
        /// The folders of the file's path below the source, without the last slash; empty at the top.
        case dir
        /// The file's name.
        case name
        /// The name without its extension.
        case stem
        /// The extension without its dot.
        case ext
        /// The capture time after correction.
        case taken(TimePattern)
        /// The camera's maker, as the photo says it.
        case make
        /// The camera's model.
        case model
        /// Both, as people name a camera.
        case camera
        /// SHA-256 of the deployed bytes, in hexadecimal digits.
        case sha256
        /// When the file was first seen, in UTC.
        case timestamp(TimePattern)
        /// The same in seconds since 1970.
        case unix
        /// The number, from 0 and with so many digits at least, among files whose keys are the same otherwise.
        case index(width: Int)
        /// A variable that is set by hand, or taken from the file's path.
        case custom(String)
    }

    /// How a text is changed before it is written.
    enum Change: Sendable, Hashable {
        /// In lower case.
        case lower
        /// Lower case, with hyphens for whatever is neither letter nor digit.
        case slug
        /// So many characters of its beginning.
        case first(Int)
    }

    /// What it is called in the template.
    let name: String
    let field: Field
    var changes: [Change] = []
    /// The words that it may be; empty for any.
    var words: [String] = []
    /// What is written where a file has no such value.
    var fallback: String?

    /// True where another run could not work it out again from the file alone.
    var isFrozen: Bool {
        switch field {
        case .timestamp, .unix, .index: true
        default: false
        }
    }

    /// The variables that each file has, with what they stand for: for the manual, `layout list` and the error that names them.
    static let known: [(name: String, meaning: String)] = [
        ("dir", "the folders of the file's path below the source"),
        ("name", "the file's name"),
        ("stem", "the name without its extension"),
        ("ext", "the extension; where there is none, the dot in front of it goes, too"),
        ("taken:FORMAT", "the capture time after correction, as yyyy, yy, MM, dd, HH, mm, ss"),
        ("make", "the camera's maker"),
        ("model", "the camera's model"),
        ("camera", "both, as people name a camera"),
        ("sha256", "SHA-256 of the deployed bytes; {sha256:8} its first 8 digits"),
        ("timestamp", "when the file was first seen, in UTC, as yyyyMMdd_HHmmss; {timestamp:FORMAT}, {timestamp:unix}"),
        ("yyyy, mm, dd, time, micros", "parts of the timestamp; time is HHmmss; no two files of one run have the same micros"),
        ("index", "the number, from 0, among files whose keys are the same otherwise; {index:02} with two digits"),
        ("id8", "the first 8 characters of the variable item"),
    ]
}

extension LayoutVariable.Change {
    func callAsFunction(_ text: String) -> String {
        switch self {
        case .lower: text.lowercased()
        case .first(let count): String(text.prefix(count))
        case .slug:
            text.lowercased().split { !$0.isLetter && !$0.isNumber }.joined(separator: "-")
        }
    }
}
