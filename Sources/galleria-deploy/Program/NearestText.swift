/// Finds what a misspelt word was most likely meant to be.
enum NearestText {
    /// The candidate with the fewest edits from `word`, letter case aside; nil where there is no candidate, or none within `limit` edits.
    static func nearest(to word: String, among candidates: [String], within limit: Int = .max) -> String? {
        let bytes = Array(word.lowercased().utf8)
        return candidates.map { ($0, distance(bytes, Array($0.lowercased().utf8))) }.filter { $0.1 <= limit }.min { $0.1 < $1.1 }?.0
    }

    /// The Levenshtein distance of two byte strings.
    private static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
        var row = Array(0...b.count)
        for (i, x) in a.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, y) in b.enumerated() {
                let next = min(row[j + 1] + 1, row[j] + 1, diagonal + (x == y ? 0 : 1))
                diagonal = row[j + 1]
                row[j + 1] = next
            }
        }
        return row[b.count]
    }
}
