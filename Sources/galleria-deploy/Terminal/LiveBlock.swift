internal import Vocabulary

/// A run's progress as lines of a terminal: a bar for files, one for bytes, and below them what is in flight.
struct LiveBlock {
    let progress: Progress
    let hasUnicode: Bool
    let hasColor: Bool

    /// The most names that are shown of what is in flight.
    private static let mostNames = 5
    private static let longestBar = 30

    /// The lines at a moment, none of them as wide as the terminal, all together lower than it.
    func lines(_ size: Terminal.Size, at now: ContinuousClock.Instant) -> [String] {
        let width = max(1, size.columns - 1)
        guard let plan = progress.plan else {
            let (files, objects) = progress.compared
            return [cut("comparing: \(files) files, \(objects) objects", width)]
        }
        let done = progress.done
        let failed = done.failures > 0 ? "\(done.failures) failed" : nil
        var lines = [
            row("files", part(Int64(done.files), Int64(plan.files)), width, "\(done.files)/\(plan.files)", [failed])
        ]
        if plan.bytes > 0 {
            let rate = progress.rate(at: now)
            let isSending = done.bytes < plan.bytes
            lines.append(
                row(
                    "bytes", part(done.bytes, plan.bytes), width, "\(Quantity.bytes(done.bytes))/\(Quantity.bytes(plan.bytes))",
                    [
                        rate > 0 && isSending ? "\(Quantity.bytes(Int64(rate)))/s" : nil,
                        isSending ? progress.timeToGo(at: now).map { "\(Quantity.seconds($0)) to go" } : nil,
                    ]))
        }
        if plan.deletions > 0, done.deletions > 0 {
            lines.append(
                row(
                    "deleted", part(Int64(done.deletions), Int64(plan.deletions)), width, "\(done.deletions)/\(plan.deletions)", []))
        }
        let room = min(Self.mostNames, size.rows - 1 - lines.count)
        guard room > 0 else { return Array(lines.prefix(max(1, size.rows - 1))) }
        let all = progress.inFlight
        let shown = all.count <= room ? all.count : room - 1
        lines += all.prefix(shown).map { name($0.path.string.escapedForTerminal, Quantity.bytes($0.size), width) }
        if all.count > shown { lines.append(cut("  and \(all.count - shown) more", width)) }
        return lines
    }

    private func part(_ done: Int64, _ whole: Int64) -> Double { whole > 0 ? min(1, max(0, Double(done) / Double(whole))) : 1 }

    /// `files   ██████░░░░  12/340  1 failed`: the bar gives way first, then the label, then what stands last.
    private func row(_ label: String, _ part: Double, _ width: Int, _ count: String, _ others: [String?]) -> String {
        let label = ColumnText.padded(label, to: 8)
        var facts = [count] + others.compactMap(\.self)
        while facts.count > 1, facts.joined(separator: "  ").count > width { facts.removeLast() }
        let text = facts.joined(separator: "  ")
        let room = min(Self.longestBar, width - label.count - text.count - 2)
        if room >= 6 { return label + bar(part, room) + "  " + text }
        return cut(label.count + text.count <= width ? label + text : text, width)
    }

    private func bar(_ part: Double, _ width: Int) -> String {
        let filled = Int(part * Double(width))
        let (full, empty) = hasUnicode ? ("█", "░") : ("#", ".")
        let bar = String(repeating: full, count: filled)
        return (hasColor ? "\u{1b}[32m\(bar)\u{1b}[0m" : bar) + String(repeating: empty, count: width - filled)
    }

    private func name(_ path: String, _ size: String, _ width: Int) -> String {
        let path = hasUnicode ? path : ColumnText.ascii(path)
        let room = width - 2 - size.count - 2
        guard room >= 8 else { return cut("  " + path, width) }
        return "  " + ColumnText.cut(path, to: room, ellipsis: ellipsis) + "  " + size
    }

    private func cut(_ text: String, _ width: Int) -> String { ColumnText.cut(text, to: width, ellipsis: ellipsis) }

    private var ellipsis: String { hasUnicode ? "…" : "..." }
}
