internal import ArgumentParser
internal import Photo
internal import Vocabulary

/// The photo correction that flags and environment ask for.
struct PhotoSettings {
    let shift: ClockShift
    let zone: CaptureZone

    /// The engine that carries the correction out.
    var rewriter: PhotoRewriter { PhotoRewriter(rules: CaptureRules(all: CaptureCorrection(clockShift: shift, zone: zone))) }

    /// The rules for a single photo; `captureTime` stands above the shift.
    func rules(captureTime: String?, path: Key) throws -> CaptureRules {
        let correction = CaptureCorrection(clockShift: shift, zone: zone)
        guard let captureTime else { return CaptureRules(all: correction) }
        guard shift == .zero else { throw Fault(.usage, "--capture-time and --clock-shift exclude each other.") }
        do {
            let row = CaptureTimes.Row(time: try CaptureTime(parsing: captureTime))
            return CaptureRules([CaptureRule(correction: correction)], times: CaptureTimes([path: row]))
        } catch {
            throw Fault(.configuration, "--capture-time: \(error)")
        }
    }

    /// `GALLERIA_TIMESTAMP_OFFSET_HOURS` and `GALLERIA_TARGET_TIMEZONE_OFFSET_HOURS` mean the same as the options in whole hours; 13 means keep.
    static func resolve(_ arguments: PhotoArguments, environment: [String: String]) throws -> PhotoSettings {
        let shift: ClockShift
        if let text = arguments.clockShift {
            shift = try usage("--clock-shift") { try ClockShift(parsing: text) }
        } else if let hours = try wholeHours("GALLERIA_TIMESTAMP_OFFSET_HOURS", environment) {
            shift = try ClockShift(parsing: "\(hours)h")
        } else {
            shift = .zero
        }
        let zone: CaptureZone
        if let text = arguments.timeZone {
            zone = try usage("--time-zone") { try CaptureZone(parsing: text) }
        } else if let hours = try wholeHours("GALLERIA_TARGET_TIMEZONE_OFFSET_HOURS", environment), hours != 13 {
            let sign = hours < 0 ? "-" : "+"
            let digits = hours.magnitude < 10 ? "0\(hours.magnitude)" : "\(hours.magnitude)"
            do {
                zone = try CaptureZone(parsing: "\(sign)\(digits):00")
            } catch {
                throw Fault(.configuration, "GALLERIA_TARGET_TIMEZONE_OFFSET_HOURS: \(error)")
            }
        } else {
            zone = .keep
        }
        return PhotoSettings(shift: shift, zone: zone)
    }

    private static func usage<T>(_ option: String, _ parse: () throws -> T) throws -> T {
        do { return try parse() } catch { throw Fault(.usage, "\(option): \(error)") }
    }

    private static func wholeHours(_ name: String, _ environment: [String: String]) throws -> Int? {
        guard let text = environment[name], text != "" else { return nil }
        guard let hours = Int(text) else {
            throw Fault(
                .configuration,
                "\(name) takes whole hours, such as -4, not “\(text.escapedForTerminal)”. For anything finer use the option.")
        }
        return hours
    }
}
