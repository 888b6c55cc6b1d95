import Vocabulary

extension PhotoRewriter {
    /// Bumped only when the bytes that a rewrite yields change for some photo and rule (golden output changes).
    public static let version = 1

    /// Everything that decides what bytes a photo becomes, as stable text in UTF-8, to be hashed: the rewriter's version,
    /// the complete rule list in order, the absolute times by path, the privacy items and, where a region's zone takes
    /// part, the release of the time-zone data. Equal on every machine for equal settings.
    public var recipe: [UInt8] {
        var text = "galleria-photo \(Self.version)\n"
        if rules.rules.contains(where: { [$0.correction.zone, $0.correction.cameraZone].contains { $0?.isNamed ?? false } }) {
            text += "tz \(RegionZone.dataVersion)\n"
        }
        for rule in rules.rules { text += rule.recipe }
        var bytes = [UInt8](text.utf8)
        for (path, row) in rules.times.rows.sorted(by: { $0.key < $1.key }) {
            bytes += "time \(path.bytes.count):".utf8
            bytes += path.bytes
            bytes += " \(row.time.seconds) \(row.offset.map(\.minutes).map(String.init) ?? "-")\n".utf8
        }
        for item in privacy.sorted(by: { $0.rawValue < $1.rawValue }) { bytes += "privacy \(item.rawValue)\n".utf8 }
        return bytes
    }
}

extension CaptureZone {
    var isNamed: Bool {
        if case .named = self { true } else { false }
    }
}

extension CaptureRule {
    /// Every field under its name; texts with their length in front, so that no value can pass for two.
    fileprivate var recipe: String {
        var text = "rule"
        func put(_ name: String, _ value: String?) {
            if let value { text += " \(name)=\(value.utf8.count):\(value)" }
        }
        put("path", path?.pattern)
        put("make", make)
        put("model", model)
        put("serial", serial)
        put("from", from?.description)
        put("until", until?.description)
        put("shift", correction.clockShift.description)
        put("zone", correction.zone.description)
        put("camera-zone", correction.cameraZone?.description)
        put("offset", correction.offsetSource == .gps ? "gps" : nil)
        return text + "\n"
    }
}
