/// The zeros at the end of a TIFF block that nothing refers to: Nikons fill their Exif segment up to 65,526 bytes, and
/// some iPhones leave a run too. They are room that costs no growth.
struct DeadZeros {
    private let dead: Range<Int>

    /// Zeros right behind other bytes may still belong to them (padding of a preview, the top of a number).
    private static let margin = 8

    init(_ block: TIFFBlock, _ chart: Occupancy) {
        let view = block.view
        var start = view.count
        while start > 0, view[start - 1] == 0 { start -= 1 }
        start += Self.margin
        guard chart.end < view.count, start < view.count, chart.overruns.isEmpty, chart.dangling.allSatisfy({ $0 >= view.count }) else {
            dead = view.count..<view.count
            return
        }
        start = max(start, chart.end)
        if start < view.count, let note = MakerNote(block) {
            for reference in note.valueRanges() where reference.upperBound > start && reference.lowerBound < view.count {
                start = reference.upperBound
            }
            if note.directories.isEmpty, start < view.count, note.mayName(start..<view.count) { start = view.count }
        }
        dead = min(start, view.count)..<view.count
    }

    /// An even position for `size` bytes, as far back as possible; nil where they do not fit.
    func start(for size: Int) -> Int? {
        let position = (dead.upperBound - size) & ~1
        return position >= dead.lowerBound ? position : nil
    }
}
