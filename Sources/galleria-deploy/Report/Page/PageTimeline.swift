internal import Photo
internal import Vocabulary

/// All photos on a line of time, a band for each camera: above as the camera wrote it, below as it is deployed. All bands have one scale, so that cameras
/// that were together are seen to meet.
struct PageTimeline {
    let photos: [PhotoLine]

    private static let mostCameras = 12
    /// Photos that fall on the same thousandth of the line are one stroke, the darker the more there are.
    private static let columns = 1000

    /// The figure; nothing where no photo has a time.
    var html: String {
        let times = photos.flatMap { [$0.before, $0.after].compactMap(\.self) }
        guard let first = times.min(), let last = times.max() else { return "" }
        let groups = Dictionary(grouping: photos.filter { $0.before != nil || $0.after != nil }) { $0.camera }
            .sorted { ($1.value.count, $0.key ?? "\u{10FFFF}") < ($0.value.count, $1.key ?? "\u{10FFFF}") }
        var html = "<h3>Timeline</h3>\n<div class=\"timeline\">\n"
        for (camera, photos) in groups.prefix(Self.mostCameras) { html += band(camera ?? "unknown camera", photos, first, last) }
        if groups.count > Self.mostCameras {
            html += band(
                "\(groups.count - Self.mostCameras) more cameras", groups.dropFirst(Self.mostCameras).flatMap(\.value), first, last)
        }
        html += "<div class=\"axis\"><time>\(TimeText.text(first))</time><time>\(TimeText.text(last))</time></div>\n"
        return html
            + "<p class=\"legend\"><i class=\"before\"></i> as the camera wrote it <i class=\"after\"></i> as deployed</p>\n</div>\n"
    }

    private func band(_ camera: String, _ photos: [PhotoLine], _ first: CaptureTime, _ last: CaptureTime) -> String {
        let shifts = Set(photos.compactMap { TimeText.shift($0.before, $0.after) })
        let moved = photos.count(where: \.isMoved)
        let note = shifts.isEmpty ? "as taken" : shifts.count == 1 ? shifts.first ?? "" : "several corrections"
        let some = moved > 0 && moved < photos.count ? " (\(HTML.grouped(moved)) of them)" : ""
        var svg = ""
        for day in midnights(first, last) { svg += "<line class=\"day\" x1=\"\(day)\" x2=\"\(day)\" y1=\"0\" y2=\"44\"/>" }
        svg += strokes(photos.compactMap(\.before), "before", 2..<20, first, last)
        svg += strokes(photos.compactMap(\.after), "after", 24..<42, first, last)
        let label = "\(camera): \(photos.count) photos, \(note)"
        return """
            <figure><figcaption><b>\(HTML.name(camera))</b> <span>\(HTML.grouped(photos.count)) \(photos.count == 1 ? "photo" : "photos")</span> \
            \(shifts.isEmpty ? "<span>\(note)</span>" : "<em>\(HTML.text(note))\(some)</em>")</figcaption>
            <svg viewBox="-4 0 1008 44" preserveAspectRatio="none" role="img" aria-label="\(HTML.text(label))">\(svg)</svg></figure>

            """
    }

    private func strokes(
        _ times: [CaptureTime], _ kind: String, _ height: Range<Int>, _ first: CaptureTime, _ last: CaptureTime
    ) -> String {
        var counts: [Int: Int] = [:]
        for time in times { counts[column(time, first, last), default: 0] += 1 }
        return counts.sorted { $0.key < $1.key }.map { x, count in
            let opacity = count == 1 ? "" : count < 5 ? " style=\"stroke-opacity:.9\"" : " style=\"stroke-opacity:1\""
            return "<line class=\"\(kind)\" x1=\"\(x)\" x2=\"\(x)\" y1=\"\(height.lowerBound)\" y2=\"\(height.upperBound)\"\(opacity)/>"
        }.joined()
    }

    private func column(_ time: CaptureTime, _ first: CaptureTime, _ last: CaptureTime) -> Int {
        let span = last.seconds - first.seconds
        return span == 0 ? Self.columns / 2 : Int((time.seconds - first.seconds) * Int64(Self.columns) / span)
    }

    /// Where days begin, where there are so few that lines help.
    private func midnights(_ first: CaptureTime, _ last: CaptureTime) -> [Int] {
        let day: Int64 = 86_400
        guard last.seconds - first.seconds <= 40 * day else { return [] }
        var midnight = (first.seconds / day + 1) * day
        var columns: [Int] = []
        while midnight < last.seconds {
            if let time = CaptureTime(seconds: midnight) { columns.append(column(time, first, last)) }
            midnight += day
        }
        return columns
    }
}
