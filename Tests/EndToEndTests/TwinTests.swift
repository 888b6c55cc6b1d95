import Foundation
import TestSupport
import Testing

@Suite struct TwinTests {
    @Test func twoSpellingsOfANameAreTwoObjectsAndAWarning() async throws {
        let site = try await Site(.files([:]), on: .radosgw)
        let names = ["photos/e\u{301}.txt", "photos/\u{e9}.txt", "\u{e9}/a", "e\u{301}/b"]
        for name in names { try site.folder.writeByBytes("content of \(Array(name.utf8))", to: "gallery/\(name)") }
        let run = try await site.deploy()
        #expect(run.status == 0 && run.errors.contains("2 names") && run.errors.contains("NFD"), "\(run)")
        #expect(Set(try await site.bucket.listing().map(\.keyBytes)) == Set(names.map { [UInt8]($0.utf8) }))
        let again = try await site.deploy(["--delete", "--no-state"])
        #expect(again.status == 0 && again.output.contains("skipped         4 unchanged"), "\(again)")
        #expect(try await site.bucket.listing().count == 4)
    }
}
