extension SettingTable {
    /// Every setting of a rule: conditions first, then the correction.
    static let rules: [Setting<RuleValues>] = [
        Setting(
            "path", \.path, .glob, .photos,
            help:
                "Photos whose path below the source matches this pattern: `*` and `?` stand for anything but a slash, `**/` for any folders.",
            example: "tokyo/**"),
        Setting(
            "make", \.make, .text("a camera maker's name"), .photos,
            help: "Photos of this maker's cameras, in any case of letters.", example: "NIKON CORPORATION"),
        Setting(
            "model", \.model, .text("a camera model's name"), .photos,
            help: "Photos of this camera model, in any case of letters.", example: "NIKON D750"),
        Setting(
            "serial", \.serial, .text("a serial number"), .photos,
            help: "Photos of the camera body with this serial number, leading zeros included.", example: "0012345"),
        Setting(
            "from", \.from, .bound(upper: false), .photos,
            help: "Photos taken at this time or later, by the camera's clock. A day alone means its first second.", example: "2024-06-15"),
        Setting(
            "until", \.until, .bound(upper: true), .photos,
            help: "Photos taken at this time or earlier, by the camera's clock. A day alone means its last second.",
            example: "2024-06-16 04:00:00"),
        Setting(
            "clock-shift", \.clockShift, .clockShift, .photos,
            help: "Add this to the capture time.", example: "-4h"),
        Setting(
            "time-zone", \.timeZone, .zone, .photos,
            help: "The zone that the corrected time is in.", example: "Asia/Tokyo"),
        Setting(
            "camera-zone", \.cameraZone, .cameraZone, .photos,
            help: "The zone that the camera's clock was set to.", example: "Europe/Berlin"),
        Setting(
            "capture-time", \.captureTime, .offsetSource, .photos,
            help: "`gps` takes the offset from the photo's GPS time.", example: "gps"),
        Setting(
            "optional", \.isOptional, .boolean, .photos,
            help: "The rule may match no photo.", standard: "false", example: "true"),
    ]

    /// A rule in one line, as `config show` prints it: `model: NIKON D750, clock-shift: -4h`.
    static func line(of rule: RuleValues) -> String {
        let parts = rules.compactMap { row in row.text(rule).map { "\(row.name): \($0.joined(separator: ", "))" } }
        return parts.isEmpty ? "every photo as it is" : parts.joined(separator: ", ")
    }
}
