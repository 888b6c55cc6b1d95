public import Photo
public import Vocabulary

/// One of the `rules`: the conditions that a photo meets, and the correction it gets. What a rule's correction leaves out is taken from the
/// target's own settings.
public struct RuleValues: Sendable {
    /// `path`: a pattern for the photo's path below the source.
    public var path: Glob?
    /// `make`: the camera's maker.
    public var make: String?
    /// `model`: the camera's model.
    public var model: String?
    /// `serial`: the camera body's serial number.
    public var serial: String?
    /// `from`: the first capture time, by the camera's clock.
    public var from: CaptureTime?
    /// `until`: the last capture time, by the camera's clock.
    public var until: CaptureTime?
    /// `clock-shift`: added to the capture time.
    public var clockShift: ClockShift?
    /// `time-zone`: the zone that the corrected time is in.
    public var timeZone: CaptureZone?
    /// `camera-zone`: the zone that the camera's clock was set to.
    public var cameraZone: CaptureZone?
    /// `capture-time`: where the offset comes from.
    public var captureTime: CaptureCorrection.OffsetSource?
    /// `optional`: the rule may match no photo.
    public var isOptional: Bool?
    /// Where the rule begins in the file.
    public var position = Position(line: 1, column: 1)

    /// A rule that matches every photo and changes none.
    public init() {}
}
