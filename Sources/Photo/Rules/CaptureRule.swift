public import Vocabulary

/// Which photos get which correction. A condition left out is met by every photo.
public struct CaptureRule: Sendable, Hashable {
    /// Matches the photo's path below the source.
    public var path: Glob?
    /// The camera's maker, compared without regard to ASCII case and outer blanks.
    public var make: String?
    /// The camera's model, compared likewise; wildcards have no meaning, since models are named `PENTAX *ist DS`.
    public var model: String?
    /// The camera body's serial number, compared likewise.
    public var serial: String?
    /// The first capture time of the range, by the camera's clock.
    public var from: CaptureTime?
    /// The last capture time of the range, by the camera's clock.
    public var until: CaptureTime?
    /// What such photos get.
    public var correction: CaptureCorrection
    /// The rule may match no photo at all.
    public var isOptional: Bool

    /// Creates a rule.
    public init(
        path: Glob? = nil, make: String? = nil, model: String? = nil, serial: String? = nil, from: CaptureTime? = nil,
        until: CaptureTime? = nil, correction: CaptureCorrection, isOptional: Bool = false
    ) {
        self.path = path
        self.make = make
        self.model = model
        self.serial = serial
        self.from = from
        self.until = until
        self.correction = correction
        self.isOptional = isOptional
    }

    /// Why a rule does not match a photo: the first condition that fails, in the order in which they are declared.
    public enum Mismatch: Sendable, Hashable, CustomStringConvertible {
        /// The path is another.
        case path
        /// The maker is another, or nil: the photo names none.
        case make(String?)
        /// The model is another, or nil: the photo names none.
        case model(String?)
        /// The serial number is another, or nil: the photo names none.
        case serial(String?)
        /// The photo has no capture time to compare.
        case noCaptureTime
        /// Taken before the range.
        case before(CaptureTime)
        /// Taken after the range.
        case after(CaptureTime)

        /// Says which condition fails and what the photo has.
        public var description: String {
            func named(_ what: String, _ value: String?) -> String { value.map { "its \(what) is '\($0)'" } ?? "it names no \(what)" }
            return switch self {
            case .path: "the path does not match"
            case .make(let value): named("make", value)
            case .model(let value): named("model", value)
            case .serial(let value): named("serial number", value)
            case .noCaptureTime: "it has no capture time"
            case .before(let time): "taken before the range, \(time)"
            case .after(let time): "taken after the range, \(time)"
            }
        }
    }

    /// The first condition that `photo` fails, nil where it meets all.
    public func mismatch(path photoPath: Key, _ photo: PhotoFacts) -> Mismatch? {
        if let path, !path.matches(photoPath.bytes) { return .path }
        if let make, !Self.same(make, photo.make) { return .make(photo.make) }
        if let model, !Self.same(model, photo.model) { return .model(photo.model) }
        if let serial, !Self.same(serial, photo.serial) { return .serial(photo.serial) }
        guard from != nil || until != nil else { return nil }
        guard let time = photo.captureTime else { return .noCaptureTime }
        if let from, time < from { return .before(time) }
        if let until, until < time { return .after(time) }
        return nil
    }

    private static func same(_ a: String, _ b: String?) -> Bool {
        guard let b else { return false }
        func folded(_ text: String) -> [UInt8] {
            var bytes = text.utf8.map { 65...90 ~= $0 ? $0 | 0x20 : $0 }[...]
            while bytes.last == 32 { bytes.removeLast() }
            while bytes.first == 32 { bytes.removeFirst() }
            return Array(bytes)
        }
        return a == b || folded(a) == folded(b)
    }
}
