/// What a correction makes of a photo's facts: the values to write, before any thought of where.
struct CaptureTarget: Sendable {
    /// The values to write; nil ones stay.
    var exif = ExifTarget()
    /// The capture time as it will be.
    var time: CaptureTime?
    /// The offset as it will be.
    var offset: UTCOffset?
    var warnings: [PhotoWarning] = []

    /// Works out the target. `row` is the photo's absolute time, where a table has one.
    init(_ correction: CaptureCorrection, row: CaptureTimes.Row?, facts: PhotoFacts) throws(Refusal) {
        offset = facts.offset
        if let row {
            time = row.time
            exif.time = row.time.exifBytes
            if let given = row.offset {
                set(given)
                return
            }
        } else {
            guard !correction.isIdentity else {
                time = facts.captureTime
                return
            }
            guard let before = facts.captureTime else {
                warnings.append(.noCaptureTime(facts.captureTimeText))
                return
            }
            guard let shifted = before.shifted(by: correction.clockShift) else { throw .timeOutOfRange }
            time = shifted
            if correction.isConversion {
                try convert(shifted, correction)
                return
            }
            if correction.clockShift != .zero { exif.time = shifted.exifBytes }
        }
        if correction.offsetSource == .gps {
            if let gps = facts.gpsTime, let time {
                set(try Self.offset(camera: time, gps: gps))
                return
            }
            warnings.append(.noGPSTime)
        }
        label(with: correction.zone)
    }

    private mutating func set(_ value: UTCOffset) {
        offset = value
        exif.offset = value.exifBytes
    }

    /// Writes the zone's offset at the (already corrected) local time; the digits stay.
    private mutating func label(with zone: CaptureZone) {
        guard let time else { return }
        switch zone {
        case .keep: break
        case .fixed(let offset): set(offset)
        case .named(let region):
            let (seconds, fit) = region.offset(at: time)
            note(fit)
            setRounded(seconds)
        }
    }

    /// Converts the digits from the camera's zone to the photo's: camera time → UTC → local time.
    private mutating func convert(_ shifted: CaptureTime, _ correction: CaptureCorrection) throws(Refusal) {
        let cameraSeconds: Int
        switch correction.cameraZone {
        case .fixed(let offset): cameraSeconds = offset.minutes * 60
        case .named(let region):
            let (seconds, fit) = region.offset(at: shifted)
            note(fit)
            cameraSeconds = seconds
        case .keep, nil: return
        }
        let utc = shifted.seconds - Int64(cameraSeconds)
        let seconds: Int
        switch correction.zone {
        case .fixed(let offset): seconds = offset.minutes * 60
        case .named(let region): seconds = region.seconds(utc: utc)
        case .keep: return
        }
        guard let local = CaptureTime(seconds: utc + Int64(seconds)) else { throw .timeOutOfRange }
        time = local
        exif.time = local.exifBytes
        setRounded(seconds)
    }

    private mutating func note(_ fit: RegionZone.Fit) {
        switch fit {
        case .exact: break
        case .gap: warnings.append(.localTimeInGap)
        case .repeated: warnings.append(.localTimeRepeated)
        }
    }

    /// Local mean times of long ago have seconds; Exif has not: the nearest minute is written.
    private mutating func setRounded(_ seconds: Int) {
        let minutes = (abs(seconds) + 30) / 60 * seconds.signum()
        if let value = UTCOffset(minutes: minutes) { set(value) } else { warnings.append(.offsetNotRepresentable) }
    }

    /// The offset in use that lies nearest to camera time less GPS time, at most `tolerance` minutes away: a camera's
    /// clock drifts, and a GPS time is that of the last fix.
    private static func offset(camera: CaptureTime, gps: CaptureTime) throws(Refusal) -> UTCOffset {
        let seconds = Int(camera.seconds - gps.seconds)
        let nearest = UTCOffset.inUse.min { abs($0.minutes * 60 - seconds) < abs($1.minutes * 60 - seconds) } ?? .utc
        guard abs(nearest.minutes * 60 - seconds) <= tolerance * 60 else { throw .gpsImplausible(minutes: seconds / 60) }
        return nearest
    }

    /// Minutes; below half of the quarter hour that separates neighbouring offsets.
    private static let tolerance = 5
}

extension UTCOffset {
    /// The offsets that clocks have shown anywhere since there are digital cameras (IANA tz database): whole hours,
    /// and the broken ones of Newfoundland, the Marquesas, Venezuela, Iran, Afghanistan, India, Nepal, Myanmar, North Korea, Eucla,
    /// central Australia, Lord Howe and the Chathams.
    static let inUse: [UTCOffset] =
        (-12...14).map { UTCOffset(unchecked: $0 * 60) }
        + [-570, -270, -210, -150, 210, 270, 330, 345, 390, 510, 525, 570, 630, 765, 825].map { UTCOffset(unchecked: $0) }
}
