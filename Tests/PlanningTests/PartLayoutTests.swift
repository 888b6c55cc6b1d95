import Planning
import Testing

@Suite struct PartLayoutTests {
    private static let mib: Int64 = 1 << 20

    @Test(
        arguments: [
            // Size and asked part size in MiB; the parts' size and number, nil where sent whole.
            (63, 16, nil, 0), (64, 16, 16, 4), (65, 16, 16, 5), (2048, 16, 16, 128), (19, 5, nil, 0), (20, 5, 5, 4), (63, 32, nil, 0),
            (64, 32, 32, 2), (64, 64, nil, 0), (65, 64, 64, 2), (160_000, 16, 16, 10_000), (160_001, 16, 17, 9412),
            (5 << 20, 16, 525, 9987),
        ] as [(Int64, Int64, Int64?, Int)])
    func largeObjectsAreCut(_ size: Int64, _ asked: Int64, _ part: Int64?, _ count: Int) {
        let layout = PartLayout(size: size * Self.mib, partSize: asked * Self.mib)
        #expect(layout?.partSize == part.map { $0 * Self.mib })
        #expect(layout?.count ?? 0 == count)
    }

    @Test(
        arguments: [
            // Size and asked part size in MiB, the store's least and greatest part in MiB and most parts; the parts' size and number.
            (16_000, 16, 5, 5120, 1000, 16, 1000), (16_001, 16, 5, 5120, 1000, 17, 942), (160_000, 16, 5, 5120, 1000, 160, 1000),
            (100, 5, 8, 5120, 10_000, 8, 13), (100, 16, 5, 10, 10_000, 10, 10), (20, 16, 5, 10, 10_000, 10, 2),
            (10, 16, 5, 10, 10_000, nil, 0),
        ] as [(Int64, Int64, Int64, Int64, Int, Int64?, Int)])
    func theStoresBoundsAreKept(
        _ size: Int64, _ asked: Int64, _ least: Int64, _ greatest: Int64, _ most: Int, _ part: Int64?, _ count: Int
    ) {
        let bounds = PartBounds(minimumPart: least * Self.mib, maximumPart: greatest * Self.mib, maximumCount: most)
        let layout = PartLayout(size: size * Self.mib, partSize: asked * Self.mib, within: bounds)
        #expect(layout?.partSize == part.map { $0 * Self.mib })
        #expect(layout?.count ?? 0 == count)
    }

    @Test(arguments: [64 << 20, (64 << 20) + 1, (80 << 20) - 1, 100_000_000, 1 << 40, 5 << 40] as [Int64])
    func partsCoverTheWhole(_ size: Int64) throws {
        let layout = try #require(PartLayout(size: size))
        #expect(layout.count <= 10_000)
        var at: Int64 = 0
        for number in 1...layout.count {
            let range = layout.range(of: number)
            #expect(range.lowerBound == at && !range.isEmpty)
            if number < layout.count { #expect(range.count == layout.partSize) }
            at = range.upperBound
        }
        #expect(at == size)
    }
}
