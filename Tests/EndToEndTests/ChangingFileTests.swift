import Foundation
import Glibc
import TestSupport
import Testing

/// Files that are written to while they are deployed. Whatever a writer does, no object is left that no state of the file ever had, and none that is
/// cut off without being told.
@Suite struct ChangingFileTests {
    static let size = 12 << 20

    /// What is done to the file in the middle of its upload.
    enum Change: String, CaseIterable, Sendable {
        case shrinks, grows, isReplaced, isRewritten, vanishes, becomesUnreadable

        func run(_ path: String, _ content: [UInt8]) throws {
            let url = URL(filePath: path)
            switch self {
            case .shrinks:
                let file = try FileHandle(forWritingTo: url)
                try file.truncate(atOffset: UInt64(content.count / 2))
                try file.close()
            case .grows:
                let file = try FileHandle(forWritingTo: url)
                try file.seekToEnd()
                try file.write(contentsOf: Data(content.prefix(1000)))
                try file.close()
            case .isReplaced:
                try Data(content.reversed()).write(to: URL(filePath: path + ".new"))
                rename(path + ".new", path)
            case .isRewritten:
                let file = try FileHandle(forWritingTo: url)
                try file.seek(toOffset: UInt64(content.count - 100_000))
                try file.write(contentsOf: Data(repeating: 0x5a, count: 100_000))
                try file.close()
            case .vanishes: try FileManager.default.removeItem(at: url)
            case .becomesUnreadable:
                // What is left of it is a folder: the open file goes on to be read, and what is there now cannot be.
                try FileManager.default.removeItem(at: url)
                try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
            }
        }
    }

    @Test(arguments: Change.allCases) func inTheMiddleOfItsUpload(_ change: Change) async throws {
        var site = try await Site(.files(["a.txt": "a", "z.txt": "z"]), on: .radosgw)
        let content = (0..<Self.size).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 13) }
        try site.folder.write(content, to: "gallery/film.mp4")
        let proxy = try await FaultProxy(before: site.place)
        site.place = proxy.place
        try await proxy.script(FaultProxy.Rule("hold", on: "PutObject", key: "film", ["at": .integer(Self.size / 4)]))
        let path = "\(site.source)/film.mp4"
        let running = try site.startDeploy()
        #expect(try await proxy.held() == 1)
        try change.run(path, content)
        try await proxy.release()
        let run = try await running.finish()

        var held = try await site.bucket.keys()
        #expect(held.contains("a.txt") && held.contains("z.txt"), "\(run)")
        held.removeAll { $0 != "film.mp4" }
        let body = held.isEmpty ? nil : try await site.bucket.body("film.mp4")
        switch change {
        case .shrinks, .grows, .isRewritten, .isReplaced:
            // Redone once, from what the file is now.
            #expect(run.status == 0, "\(run)")
            #expect(try body == [UInt8](Data(contentsOf: URL(filePath: path))))
        case .vanishes, .becomesUnreadable:
            // The open file stayed what it was: where anything is in the bucket, it is that, whole.
            #expect(run.status == 1 && run.errors.contains("failed: film.mp4"), "\(run)")
            #expect(body == nil || body == content)
        }
        if change == .becomesUnreadable { return }
        let again = try await site.deploy(["--delete"])
        #expect(again.status == 0, "\(again)")
        #expect(try await site.bucket.holds(site.files()))
    }

    /// A file that never rests is reported; what is in the bucket is left as it was.
    @Test func aFileThatNeverRestsFails() async throws {
        var site = try await Site(.files(["a.txt": "a"]), on: .radosgw)
        let content = [UInt8](repeating: 7, count: Self.size)
        try site.folder.write(content, to: "gallery/film.mp4")
        try await site.bucket.put("film.mp4", "the film as it was")
        let proxy = try await FaultProxy(before: site.place)
        site.place = proxy.place
        try await proxy.script(FaultProxy.Rule("hold", on: "PutObject", key: "film", times: -1, ["at": 1_000_000]))
        let running = try site.startDeploy()
        for byte in [UInt8(1), 2] {
            #expect(try await proxy.held() == 1)
            let file = try FileHandle(forWritingTo: URL(filePath: "\(site.source)/film.mp4"))
            try file.seek(toOffset: UInt64(Self.size - 1))
            try file.write(contentsOf: Data([byte]))
            try file.close()
            try await proxy.release()
        }
        let run = try await running.finish()
        #expect(run.status == 1 && run.errors.contains("failed: film.mp4: changed while"), "\(run)")
        #expect(try await site.bucket.body("film.mp4") == [UInt8]("the film as it was".utf8))
        try await proxy.script()
        #expect(try await site.deploy().status == 0)
        #expect(try await site.bucket.holds(site.files()))
    }
}
