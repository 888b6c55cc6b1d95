import Deploy
import Foundation
import Picture
import Planning
import Source
import Synchronization
import TestSupport
import Testing
import Vocabulary

/// When pictures are made, sent and deleted; what draws them is told apart only by what it says.
@Suite struct DerivativeRunTests {
    private static let files = ["2023/a.jpg": "photo a", "b.jpg": "photo b", "index.html": "<!doctype html>"]

    /// Draws a picture that says of what and how it is made.
    private static func drawing(_ release: String = "1") -> DerivativeMaker.Drawing {
        DerivativeMaker.Drawing(library: "pencil \(release)", decodingMemory: { _ in 1000 }) { photo, rendering throws(PictureError) in
            if photo.starts(with: "broken".utf8) { throw .broken("torn in two") }
            return [UInt8]("\(rendering.recipe) of \(String(decoding: photo, as: UTF8.self)) by \(release)".utf8)
        }
    }

    private static func derivative(_ key: String, _ quality: Int = 80, of pattern: String? = nil) throws -> Derivative {
        let key = try KeyTemplate(key)
        return Derivative(of: try pattern.map { try Glob($0) }, Rendering(format: key.format, quality: quality), key: key)
    }

    private static func maker(thumbs: Int = 80, web: Int = 80, release: String = "1") throws -> DerivativeMaker {
        DerivativeMaker(
            [try derivative("thumbs/{stem}.webp", thumbs), try derivative("{dir}/web/{stem}.jpg", web)], by: drawing(release))
    }

    /// What a run told.
    private final class Notes: DeployObserver {
        private let state = Mutex((made: [String](), warnings: [String]()))
        /// The pictures that were made, in order of their keys.
        var made: [String] { state.withLock { $0.made.sorted() } }
        var warnings: [String] { state.withLock { $0.warnings } }

        func note(_ event: DeployEvent) {
            switch event {
            case .rendered(let picture, of: _): state.withLock { $0.made.append(picture.string) }
            case .warning(let text): state.withLock { $0.warnings.append(text) }
            default: break
            }
        }
    }

    /// What a run did: what was made, what became of the plan, and what was asked of the store.
    private struct Seen {
        let made: [String]
        let report: DeployReport
        let warnings: [String]
        let operations: [String: Int]
    }

    private func run(
        _ gallery: InProcessGallery, _ maker: DerivativeMaker?, hasState: Bool = true, _ change: (inout DeployOptions) -> Void = { _ in }
    ) async throws -> Seen {
        _ = try await gallery.recorder.log()
        let notes = Notes()
        let report = try await gallery.deploy(maker: maker, hasState: hasState, observer: notes) {
            $0.deletes = true
            $0.deleteLimit = .count(100)
            change(&$0)
        }
        let log = try await gallery.recorder.log()
        return Seen(
            made: notes.made, report: report, warnings: notes.warnings,
            operations: Dictionary(log.map { ($0.operation, 1) }, uniquingKeysWith: +))
    }

    private static let all = ["2023/web/a.jpg", "thumbs/a.webp", "thumbs/b.webp", "web/b.jpg"]

    @Test(arguments: [S3Server.radosgw, .ministack]) func aSecondRunMakesAndSendsNothing(_ server: S3Server) async throws {
        let gallery = try await InProcessGallery(on: server, files: Self.files)
        let first = try await run(gallery, try Self.maker())
        #expect(first.made == Self.all && first.report.uploadedCount == 7 && first.report.failures.isEmpty)
        let picture = try await gallery.bucket.object("thumbs/a.webp")
        #expect(picture.contentType == "image/webp" && picture.metadata?["galleria-source-path"] == "2023/a.jpg")
        #expect(picture.metadata?["galleria-source"] == (try await gallery.bucket.object("2023/a.jpg").metadata?["sha256"]))
        #expect(picture.metadata?["galleria-derivative"]?.hasSuffix(" pencil 1") == true)
        #expect(try await gallery.bucket.body("web/b.jpg") == [UInt8]("r1 original jpeg q80 metadata none of photo b by 1".utf8))

        // Known from the state; asked for in their metadata; with other times, known by what they were made of.
        for (hasState, touched, operations) in [
            (true, false, ["ListObjectsV2": 1]), (false, false, ["ListObjectsV2": 1, "HeadObject": 4]), (true, true, ["ListObjectsV2": 1]),
            (true, false, ["ListObjectsV2": 1]), (false, true, ["ListObjectsV2": 1, "HeadObject": 4]),
        ] {
            if touched {
                for path in Self.files.keys {
                    try FileTimes.touch(gallery.folder.path("gallery/\(path)"), at: hasState ? 1_000_000_000 : 2_000)
                }
            }
            let again = try await run(gallery, try Self.maker(), hasState: hasState)
            #expect(
                again.made == [] && again.report.plan.isEmpty && again.report.unchangedCount == 7, "state \(hasState), touched \(touched)")
            #expect(again.operations == operations, "state \(hasState), touched \(touched)")
        }
        // A state that begins anew learns it all from the metadata, once.
        try gallery.folder.remove("state")
        #expect(try await run(gallery, try Self.maker()).operations == ["ListObjectsV2": 1, "HeadObject": 4])
        #expect(try await run(gallery, try Self.maker()).operations == ["ListObjectsV2": 1])
        let rehashed = try await run(gallery, try Self.maker()) { $0.rehashes = true }
        #expect(rehashed.made == [] && rehashed.report.plan.isEmpty)
    }

    @Test(arguments: [true, false]) func onlyWhatChangesIsMade(_ hasState: Bool) async throws {
        let gallery = try await InProcessGallery(on: .ministack, files: Self.files)
        _ = try await run(gallery, try Self.maker(), hasState: hasState)
        // Of the same size and at the same time: content decides.
        try gallery.folder.write("photo c", to: "gallery/b.jpg")
        let changed = try await run(gallery, try Self.maker(), hasState: hasState)
        #expect(changed.made == ["thumbs/b.webp", "web/b.jpg"] && changed.report.uploadedCount == 3)
        // Other settings are other pictures, of that kind alone.
        let better = try await run(gallery, try Self.maker(web: 90), hasState: hasState)
        #expect(better.made == ["2023/web/a.jpg", "web/b.jpg"] && better.report.uploadedCount == 2)
        #expect(try await run(gallery, try Self.maker(web: 90), hasState: hasState).made == [])
        // Another release of the library draws otherwise, and nothing is sent unless that is asked for.
        #expect(try await run(gallery, try Self.maker(web: 90, release: "2"), hasState: hasState).made == [])
        let anew = try await run(gallery, try Self.maker(web: 90, release: "2"), hasState: hasState) { $0.rerenders = true }
        #expect(Set(anew.made) == Set(Self.all) && anew.report.uploadedCount == 4)
        #expect(try await gallery.bucket.body("web/b.jpg") == [UInt8]("r1 original jpeg q90 metadata none of photo c by 2".utf8))
        let same = try await run(gallery, try Self.maker(web: 90, release: "2"), hasState: hasState) { $0.rerenders = true }
        #expect(same.made == Self.all && same.report.plan.isEmpty)
    }

    @Test(arguments: [true, false]) func picturesGoWithTheirPhotosAndNotBefore(_ hasState: Bool) async throws {
        let gallery = try await InProcessGallery(on: .ministack, files: Self.files)
        _ = try await run(gallery, try Self.maker(), hasState: hasState)
        // Neither makes the settings' end them go, nor another key.
        let none = try await run(gallery, nil, hasState: hasState)
        #expect(none.report.deletedCount == 0 && none.report.plan.keptPictureCount == 4 && none.warnings.count == 1)
        #expect(none.warnings.first?.contains("4 pictures were made of photos that are still there") == true)
        let moved = DerivativeMaker([try Self.derivative("small/{stem}.webp")], by: Self.drawing())
        let other = try await run(gallery, moved, hasState: hasState)
        #expect(other.made == ["small/a.webp", "small/b.webp"] && other.report.deletedCount == 0 && other.report.extraneousCount == 4)
        // They go with the photo, whether anybody makes them still or not.
        try gallery.folder.remove("gallery/b.jpg")
        let gone = try await run(gallery, moved, hasState: hasState)
        #expect(gone.report.deletedCount == 4 && gone.report.extraneousCount == 2 && gone.made == [])
        let left = ["2023/a.jpg", "2023/web/a.jpg", "index.html", "small/a.webp", "thumbs/a.webp"]
        #expect(try await gallery.bucket.keys() == left)
        let cleaned = try await run(gallery, moved, hasState: hasState) { $0.selection.deletesExcluded = true }
        #expect(cleaned.report.deletedCount == 2 && cleaned.warnings.isEmpty)
        #expect(try await gallery.bucket.keys() == ["2023/a.jpg", "index.html", "small/a.webp"])
    }

    /// A limit on deletions counts what would be deleted, not what stays.
    @Test func whatStaysIsNoDeletion() async throws {
        let gallery = try await InProcessGallery(on: .ministack, files: Self.files)
        _ = try await run(gallery, try Self.maker())
        try gallery.folder.remove("gallery/2023/a.jpg")
        let seen = try await run(gallery, nil, hasState: false) { $0.deleteLimit = .count(3) }
        #expect(seen.report.deletedCount == 3 && seen.report.extraneousCount == 2)
    }

    @Test func aPhotoThatCannotBeDrawnFailsItsPicturesAlone() async throws {
        let gallery = try await InProcessGallery(on: .ministack, files: Self.files)
        _ = try await run(gallery, try Self.maker())
        try gallery.folder.write("broken photo", to: "gallery/b.jpg")
        try gallery.folder.remove("gallery/2023/a.jpg")
        let seen = try await run(gallery, try Self.maker())
        #expect(seen.report.failures.map(\.path).sorted() == ["thumbs/b.webp", "web/b.jpg"])
        #expect(seen.report.failures.first.map { "\($0.cause)".contains("torn in two") } == true)
        // Its own bytes went out; and nothing is deleted after a failure.
        #expect(try await gallery.bucket.body("b.jpg") == [UInt8]("broken photo".utf8))
        #expect(seen.report.deletedCount == 0 && seen.report.deletionsSkipped == 3)
    }

    @Test(
        arguments: [
            (["a.jpg": "1", "x/a.jpg": "2"], "thumbs/{stem}.webp", "thumbs/a.webp (made of a.jpg by thumbs/{stem}.webp, made of x/a.jpg"),
            (["a.jpg": "1", "a.png": "2"], "thumbs/{stem}.webp", "made of a.png"),
            (["a.jpg": "1", "thumbs/a.webp": "2"], "thumbs/{stem}.webp", "the file thumbs/a.webp"),
        ]) func picturesThatWouldBeAnothersAreRefused(_ row: (files: [String: String], key: String, words: String)) async throws
    {
        let gallery = try await InProcessGallery(on: .ministack, files: row.files)
        let error = try await #require(throws: DeployError.self) {
            try await gallery.deploy(maker: DerivativeMaker([try Self.derivative(row.key)], by: Self.drawing()))
        }
        guard case .refused(let refusal) = error else { throw error }
        #expect("\(refusal)".contains(row.words), "\(refusal)")
        #expect(try await gallery.bucket.keys() == [])
    }

    @Test func headersOfPicturesAreReplacedWithoutMakingThemAnew() async throws {
        let gallery = try await InProcessGallery(on: .radosgw, files: Self.files)
        _ = try await run(gallery, try Self.maker())
        let rules = HeaderRules(rules: [.init(try Glob("thumbs/**"), HeaderSet(["cache-control": "max-age=60"]))])
        let seen = try await run(gallery, try Self.maker()) { $0.headers = rules }
        #expect(seen.made == [] && seen.report.headerUpdateCount == 2)
        let picture = try await gallery.bucket.object("thumbs/a.webp")
        #expect(picture.cacheControl == "max-age=60" && picture.metadata?["galleria-source-path"] == "2023/a.jpg")
        for hasState in [true, false] {
            let again = try await run(gallery, try Self.maker(), hasState: hasState) { $0.headers = rules }
            #expect(again.made == [] && again.report.plan.isEmpty)
        }
        // With their headers replaced they still are what they are to a run that makes none.
        #expect(try await run(gallery, nil).report.deletedCount == 0)
    }

    /// What lies at a picture's key and was not made here is replaced, like any file's object.
    @Test func whatOthersMadeIsReplaced() async throws {
        let gallery = try await InProcessGallery(on: .ministack, files: Self.files)
        try await gallery.bucket.put("thumbs/a.webp", "somebody else's thumbnail")
        try await gallery.bucket.put("thumbs/b.webp", "an earlier deploy's file", metadata: RealBucket.deployed)
        let seen = try await run(gallery, try Self.maker())
        #expect(seen.made == Self.all && seen.report.uploadedCount == 7 && seen.report.createdCount == 5)
    }
}
