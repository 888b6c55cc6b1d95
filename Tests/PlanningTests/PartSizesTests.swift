import Planning
import Testing

@Suite struct PartSizesTests {
    static let mebibyte: Int64 = 1 << 20

    /// A size in MiB, a number of parts, and what must be among the candidates.
    static let table: [(size: Int64, parts: Int, has: Int64?)] = [
        (20, 3, 8), (20, 4, 5), (40, 3, 15), (33, 3, 16), (100, 2, 50), (129, 3, 64), (90_000, 10_000, 9), (7, 9, nil), (0, 2, nil),
    ]

    @Test(arguments: table) func usualSizesAreFound(_ row: (size: Int64, parts: Int, has: Int64?)) {
        let found = PartSizes.candidates(size: row.size * Self.mebibyte, parts: row.parts)
        #expect(found.count <= 4 && Set(found).count == found.count)
        #expect(row.has.map { found.contains($0 * Self.mebibyte) } ?? found.isEmpty, "\(found)")
        // Each makes exactly that many parts.
        for size in found { #expect((row.size * Self.mebibyte + size - 1) / size == Int64(row.parts)) }
    }

    @Test(arguments: [0, 1, 5_000_000, 1 << 40] as [Int64]) func onePartHoldsEverything(_ size: Int64) {
        #expect(PartSizes.candidates(size: size, parts: 1) == [max(size, 1)])
    }
}
