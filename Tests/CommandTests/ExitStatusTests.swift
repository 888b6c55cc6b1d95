import Testing

@testable import galleria_deploy

/// Of two statuses the graver is answered.
@Suite struct ExitStatusTests {
    /// The order of the manual, from the gravest; 0 is answered where nothing else is to be said.
    private static let order: [Int32] = [130, 143, 64, 5, 6, 4, 3, 1, 2, 0]

    @Test func everyPair() throws {
        #expect(Set(Self.order) == Set(galleria_deploy.ExitStatus.allCases.map(\.rawValue)))
        for (rank, graver) in Self.order.enumerated() {
            for lesser in Self.order[rank...] {
                let (first, second) = (galleria_deploy.ExitStatus(rawValue: graver), galleria_deploy.ExitStatus(rawValue: lesser))
                let (a, b) = (try #require(first), try #require(second))
                #expect(a.combined(with: b) == a && b.combined(with: a) == a, "\(graver) \(lesser)")
            }
        }
    }
}
