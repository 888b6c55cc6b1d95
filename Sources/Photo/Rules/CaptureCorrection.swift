/// What becomes of one photo's capture time. The shift comes first; the zone then labels the shifted local time.
public struct CaptureCorrection: Sendable, Hashable {
    /// Where the offset comes from.
    public enum OffsetSource: Sendable, Hashable {
        /// The zone.
        case zone
        /// The difference between DateTimeOriginal (shifted) and the GPS time, snapped to an offset in use;
        /// the zone where the photo has no GPS time.
        case gps
    }

    /// Added to the capture time.
    public var clockShift: ClockShift
    /// The zone whose offset is written.
    public var zone: CaptureZone
    /// The zone that the camera's clock was set to, where the digits are to be converted from it to `zone`.
    public var cameraZone: CaptureZone?
    /// Where the offset comes from.
    public var offsetSource: OffsetSource

    /// Creates a correction; the default one changes nothing.
    public init(
        clockShift: ClockShift = .zero, zone: CaptureZone = .keep, cameraZone: CaptureZone? = nil, offsetSource: OffsetSource = .zone
    ) {
        self.clockShift = clockShift
        self.zone = zone
        self.cameraZone = cameraZone
        self.offsetSource = offsetSource
    }

    /// True where no photo would ever be changed.
    public var isIdentity: Bool {
        clockShift == .zero && zone == .keep && offsetSource == .zone && !isConversion
    }

    /// True where digits are converted from one zone to another.
    public var isConversion: Bool {
        guard let cameraZone else { return false }
        return cameraZone != .keep && zone != .keep
    }

    /// True where the settings contradict each other: a camera zone converts into `zone`, so `zone` must be one.
    public var isContradictory: Bool { cameraZone.map { $0 == .keep || zone == .keep || offsetSource == .gps } ?? false }
}
