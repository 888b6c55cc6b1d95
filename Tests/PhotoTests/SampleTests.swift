import Foundation
import Photo
import Testing
import Vocabulary

/// Real photos and the judge that stands beside the project, where both are there: `$GALLERIA_SHARED`, or `../shared` beside the package.
@Suite struct SampleTests {
    static let shared: URL? = {
        let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let given = ProcessInfo.processInfo.environment["GALLERIA_SHARED"].map { URL(fileURLWithPath: $0) }
        let candidates = [given, package.deletingLastPathComponent().appendingPathComponent("shared")].compactMap { $0 }
        return candidates.first { FileManager.default.fileExists(atPath: $0.appendingPathComponent("exif-samples/manifest.csv").path) }
    }()
    static let hasExifTool = FileManager.default.isExecutableFile(atPath: "/usr/bin/exiftool")

    private static func photos() throws -> [(name: String, bytes: [UInt8])] {
        let folder = try #require(shared).appendingPathComponent("exif-samples")
        return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().filter { !$0.hasSuffix(".csv") }.map {
            ($0, [UInt8](try Data(contentsOf: folder.appendingPathComponent($0))))
        }
    }

    private static func run(_ program: String, _ arguments: [String]) throws -> Data {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return output
    }

    private static func withFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("photo-samples-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try body(folder)
    }

    @Test(.enabled(if: shared != nil && hasExifTool)) func theJudgeFindsNothing() throws {
        let shared = try #require(Self.shared)
        let photos = try Self.photos()
        try Self.withFolder { folder in
            var pairs = ""
            var partial: Set<String> = []
            var judged = 0
            for (name, bytes) in photos {
                let done = try Rewritten(bytes, time: newTime, zone: "-05:00")
                guard done.rewrite.refusal == nil else {
                    #expect(done.bytes == bytes, "\(name)")
                    continue
                }
                let output = folder.appendingPathComponent(name)
                try Data(done.bytes).write(to: output)
                pairs += "\(shared.path)/exif-samples/\(name)\t\(output.path)\n"
                if done.rewrite.isPartial { partial.insert(output.path) }
                judged += 1
                #expect(try Rewritten(done.bytes, time: newTime, zone: "-05:00").bytes == done.bytes, "\(name)")
            }
            #expect(judged > photos.count / 2)
            let list = folder.appendingPathComponent("pairs.tsv")
            try Data(pairs.utf8).write(to: list)
            let judge = shared.appendingPathComponent("tools/check_exif.py").path
            let answers = try Self.run(
                "/usr/bin/env", ["python3", judge, "--batch", list.path, "--dto", newTime, "--offset=-05:00", "--json"])
            let lines = answers.split(separator: UInt8(ascii: "\n"))
            #expect(lines.count == judged)
            for line in lines {
                let answer = try #require(try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any])
                let modified = answer["modified"] as? String ?? ""
                let failed = Set(answer["failed"] as? [String] ?? ["no answer"])
                let allowed: Set<String> = partial.contains(modified) ? ["offset_value", "exiftool_reads"] : []
                #expect(failed.isSubset(of: allowed), "\(modified): \(failed.sorted()) \(answer["detail"] ?? "")")
            }
        }
    }

    @Test(.enabled(if: shared != nil && hasExifTool)) func exiftoolFindsNothingPrivate() throws {
        try Self.withFolder { folder in
            let rewriter = PhotoRewriter(rules: CaptureRules(), privacy: Set(PrivacyItem.allCases))
            for (name, bytes) in try Self.photos() {
                let done = try Rewritten(bytes, rewriter)
                #expect(done.bytes.count == bytes.count)
                if done.rewrite.gaps.contains(where: \.isCertain) { continue }
                try Data(done.bytes).write(to: folder.appendingPathComponent(name))
            }
            let output = try Self.run("/usr/bin/exiftool", ["-j", "-a", "-u", "-n", "-G1", "-r", folder.path])
            let photos = try #require(try JSONSerialization.jsonObject(with: output) as? [[String: Any]])
            #expect(photos.count > 50)
            for photo in photos {
                for (key, value) in photo {
                    let tag = key.split(separator: ":").last.map(String.init) ?? key
                    let text = "\(value)".trimmingCharacters(in: .whitespacesAndNewlines)
                    guard text.contains(where: { !"0x ".contains($0) }), Self.isPrivate(tag),
                        !(key.hasPrefix("Nikon:") && tag == "SerialNumber" && text.hasPrefix("0000"))
                    else { continue }
                    Issue.record("\(photo["SourceFile"] ?? "") \(key) = \(text.prefix(60))")
                }
            }
        }
    }

    private static func isPrivate(_ tag: String) -> Bool {
        if tag == "GPSVersionID" || tag == "SerialNumberFormat" { return false }
        return tag.hasPrefix("GPS") || tag.contains("SerialNumber")
            || ["Artist", "By-line", "OwnerName", "CameraOwnerName", "ThumbnailImage", "XPAuthor"].contains(tag)
    }
}
