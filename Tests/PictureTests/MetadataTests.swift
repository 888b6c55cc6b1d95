import Foundation
import Picture
import TestSupport
import Testing

extension PictureSuite {
    @Suite struct MetadataTests {
        static let policies: [KeptMetadata] = [.none, .copyright, .captureTime, [.copyright, .captureTime], .all]

        @Test(arguments: PictureFormat.allCases, policies) func policy(_ format: PictureFormat, _ policy: KeptMetadata) async throws {
            let library = try PictureLibrary.loaded()
            guard library.writes(format) else { return #expect(format == .avif) }
            let folder = try TemporaryFolder("rendered")
            let rendering = Rendering(size: RenderedSize(width: 100), format: format, metadata: policy)
            let made = try await rendered("told.jpg", rendering, in: folder)
            let facts = try #require(try await PictureSet.facts([made]).first)
            #expect((facts.artist != nil) == policy.contains(.copyright), "\(facts)")
            #expect(facts.copyright == (policy.contains(.copyright) ? "(c) Ann (all, ASCII, rights)" : nil), "\(facts)")
            #expect(facts.taken == (policy.contains(.captureTime) ? "2024:06:15 10:30:45" : nil), "\(facts)")
            #expect(facts.offset == (policy.contains(.captureTime) ? "+02:00" : nil), "\(facts)")
            #expect(facts.make == (policy == .all ? "Maker" : nil), "\(facts)")
            #expect(facts.gps == (policy == .all), "\(facts)")
            #expect(facts.orientation == 1 && facts.icc == nil, "\(facts)")
            let info = try library.info(of: [UInt8](FileManager.default.contents(atPath: made) ?? Data()))
            #expect(info.captureTime == facts.taken && info.captureOffset == facts.offset)
        }

        /// The same bytes each time, whichever thread it is: what is sent twice must not differ.
        @Test(arguments: PictureFormat.allCases) func sameBytes(_ format: PictureFormat) async throws {
            let library = try PictureLibrary.loaded()
            guard library.writes(format) else { return #expect(format == .avif) }
            let bytes = try await PictureSet.shared.value.bytes("told.jpg")
            let rendering = Rendering(size: RenderedSize(width: 120, height: 90, shape: .fill), format: format, metadata: .all)
            let first = try library.render(bytes, as: rendering)
            try await withThrowingTaskGroup(of: RenderedPicture.self) { group in
                for _ in 0..<6 { group.addTask { try library.render(bytes, as: rendering) } }
                for try await other in group { #expect(other == first) }
            }
        }
    }
}
