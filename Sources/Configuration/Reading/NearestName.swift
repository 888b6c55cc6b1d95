/// Finds the name that a misspelt one was most likely meant to be.
enum NearestName {
    /// The nearest of `names`: the same but for case and separators (`clock_shift`, `clockShift`), else within a third of its letters and at
    /// most three edits; nil where none is near.
    static func nearest(to name: String, among names: some Sequence<String>) -> String? {
        let wanted = folded(name)
        let allowed = min(3, max(1, wanted.count / 3))
        var best: (name: String, distance: Int)?
        for candidate in names {
            let distance = distance(wanted, folded(candidate))
            if distance <= allowed, distance < best?.distance ?? .max { best = (candidate, distance) }
        }
        return best?.name
    }

    private static func folded(_ name: String) -> [UInt8] {
        name.lowercased().utf8.filter { $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: "_") && $0 != UInt8(ascii: " ") }
    }

    /// Insertions, deletions, replacements and swaps of neighbours between two byte strings (optimal string alignment).
    static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
        var twoBack: [Int] = []
        var back = Array(0...b.count)
        for i in a.indices {
            var row = [i + 1]
            for j in b.indices {
                var best = min(back[j + 1] + 1, row[j] + 1, back[j] + (a[i] == b[j] ? 0 : 1))
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { best = min(best, twoBack[j - 1] + 1) }
                row.append(best)
            }
            (twoBack, back) = (back, row)
        }
        return back[b.count]
    }
}
