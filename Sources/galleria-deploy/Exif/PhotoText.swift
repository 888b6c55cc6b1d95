internal import Deploy
internal import Photo
internal import Vocabulary

/// What is known of a run's photos, as lines.
struct PhotoText {
    let photos: PhotoTally

    /// A line per camera and rule: how many photos, the first and last time before and after.
    var lines: [String] {
        var lines = sorted.map { group, span in
            "camera  \(name(group.camera))  \(Quantity.count(span.count, "photo"))  \(range(span.before)) → \(range(span.after))  "
                + (group.rule.map { "rule \($0 + 1)" } ?? "no rule")
        }
        if photos.gpsCount > 0 {
            lines.append(
                "\(Quantity.count(photos.gpsCount, "photo")) \(photos.gpsCount == 1 ? "carries" : "carry") a GPS position, which will be public; `privacy: [gps]` removes it."
            )
        }
        return lines
    }

    /// The cameras with their counts.
    var cameras: [String] {
        var counts: [String: Int] = [:]
        for (group, span) in photos.groups { counts[name(group.camera), default: 0] += span.count }
        return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "  \($0.key): \(Quantity.count($0.value, "photo"))" }
    }

    /// The names nearest to those that a rule asks for and no photo gives.
    func suggestion(for rule: CaptureRule) -> String {
        [("make", rule.make, photos.makes), ("model", rule.model, photos.models), ("serial", rule.serial, photos.serials)].compactMap {
            what, asked, there in
            guard let asked, !there.contains(asked), let nearest = NearestText.nearest(to: asked, among: there.sorted()) else { return nil }
            return " No photo has the \(what) “\(asked.escapedForTerminal)”; the nearest is “\(nearest.escapedForTerminal)”."
        }.joined()
    }

    /// Refusals and warnings: one line for each refused photo, one for each kind of warning.
    var remarks: [String] {
        photos.refused.map { "photo deployed as it is: \($0.path.string.escapedForTerminal): \($0.reason)" }
            + photos.warnings.sorted { $0.key < $1.key }.map { _, warning in
                "photo: \(warning.path.string.escapedForTerminal): \(warning.text.escapedForTerminal)"
                    + (warning.count > 1 ? " (and \(warning.count - 1) more like it)" : "")
            }
    }

    private var sorted: [(PhotoTally.Group, PhotoTally.Span)] {
        photos.groups.map { ($0.key, $0.value) }.sorted {
            ($0.0.camera ?? "\u{10ffff}", $0.0.rule ?? Int.max) < ($1.0.camera ?? "\u{10ffff}", $1.0.rule ?? Int.max)
        }
    }

    private func name(_ camera: String?) -> String { camera?.escapedForTerminal ?? "unknown camera" }

    private func range(_ span: (first: CaptureTime, last: CaptureTime)?) -> String {
        guard let span else { return "no capture time" }
        return span.first == span.last ? "\(span.first)" : "\(span.first) … \(span.last)"
    }
}
