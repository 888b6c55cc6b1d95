/// How a photo came to its new values.
public enum PhotoMethod: Sendable, Hashable, CustomStringConvertible {
    /// Not one byte differs.
    case untouched(UntouchedReason)
    /// Bytes were overwritten where they stood.
    case inPlace
    /// A directory was copied into zeros at the end of the Exif block that nothing refers to; the file's size is the same.
    case zeroRun
    /// A directory was copied behind the Exif block, which became longer.
    case appended
    /// The photo had no Exif; a segment was inserted.
    case created

    /// One word, for reports and JSON.
    public var description: String {
        switch self {
        case .untouched: "untouched"
        case .inPlace: "in place"
        case .zeroRun: "zero run"
        case .appended: "append"
        case .created: "created"
        }
    }
}

/// Why a photo is deployed exactly as it is.
public enum UntouchedReason: Sendable, Hashable, CustomStringConvertible {
    /// No rule matches it.
    case noRule
    /// The rule that matches asks for nothing.
    case nothingAsked
    /// It already has the values asked for.
    case alreadyRight
    /// It has no capture time that could be shifted or labelled.
    case noCaptureTime
    /// The offset was the only thing asked for, and it could not be added safely; the warnings say why.
    case offsetLeftOut
    /// It cannot be rewritten safely.
    case refused

    /// Says why, in words that stand behind "untouched: ".
    public var description: String {
        switch self {
        case .noRule: "no rule matches"
        case .nothingAsked: "the rule asks for nothing"
        case .alreadyRight: "already right"
        case .noCaptureTime: "no capture time to correct"
        case .offsetLeftOut: "the offset cannot be added safely"
        case .refused: "refused"
        }
    }
}
