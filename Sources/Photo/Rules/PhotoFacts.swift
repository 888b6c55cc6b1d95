/// What a photo says about itself, before any correction.
public struct PhotoFacts: Sendable, Hashable {
    /// The camera's maker, trimmed.
    public var make: String?
    /// The camera's model, trimmed.
    public var model: String?
    /// The camera body's serial number (Exif 2.32 §4.6.6, BodySerialNumber), trimmed.
    public var serial: String?
    /// DateTimeOriginal, where it can be read as a time.
    public var captureTime: CaptureTime?
    /// DateTimeOriginal as it stands, trimmed, where it says anything.
    public var captureTimeText: String?
    /// OffsetTimeOriginal, where it can be read as an offset.
    public var offset: UTCOffset?
    /// SubSecTimeOriginal, verbatim.
    public var subseconds: String?
    /// The photo tells where it was taken, in its GPS directory or its XMP packet.
    public var hasGPS = false
    /// GPSDateStamp and GPSTimeStamp together, UTC, as clock-face seconds (the fraction dropped).
    public var gpsTime: CaptureTime?

    /// Creates facts; a photo without Exif has none.
    public init(
        make: String? = nil, model: String? = nil, serial: String? = nil, captureTime: CaptureTime? = nil,
        captureTimeText: String? = nil, offset: UTCOffset? = nil, subseconds: String? = nil, hasGPS: Bool = false,
        gpsTime: CaptureTime? = nil
    ) {
        self.make = make
        self.model = model
        self.serial = serial
        self.captureTime = captureTime
        self.captureTimeText = captureTimeText
        self.offset = offset
        self.subseconds = subseconds
        self.hasGPS = hasGPS
        self.gpsTime = gpsTime
    }

    /// Make and model as people name a camera: the make is left out where the model begins with it.
    public var camera: String? {
        guard let model else { return make }
        guard let make, !model.lowercased().hasPrefix(make.lowercased().prefix { $0 != " " }) else { return model }
        return make + " " + model
    }
}
