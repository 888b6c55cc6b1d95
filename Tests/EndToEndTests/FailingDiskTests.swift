import Foundation
import TestSupport
import Testing

/// Disks that fail or stand still in the middle of a deploy: the files on them fail, all others are deployed, and no object is half of a file.
@Suite struct FailingDiskTests {
    /// Small, large, and large in parts; each fails at its first read, in the middle of being hashed, or in the middle of being sent.
    private static let reads = ["small.txt": 0, "hashed.bin": 2, "sent.bin": 14, "parts-hashed.mp4": 30, "parts-sent.mp4": 90]
    private static let sound = ["a.txt", "m.bin", "z.txt"]

    private static func site() async throws -> Site {
        let site = try await Site(.files(["a.txt": "a", "small.txt": "small", "z.txt": "z"]), on: .radosgw)
        for (name, size) in [("hashed.bin", 3 << 20), ("sent.bin", 3 << 20), ("m.bin", 3 << 20)] {
            try site.folder.write([UInt8](repeating: 5, count: size), to: "gallery/\(name)")
        }
        for name in ["parts-hashed.mp4", "parts-sent.mp4"] {
            try site.folder.write([UInt8](repeating: 6, count: 21 << 20), to: "gallery/\(name)")
        }
        return site
    }

    private static let options = ["--part-size", "5M", "--stall-timeout", "5s", "--delete", "--jobs", "8"]

    @Test(arguments: FailingDisk.Fault.allCases) func costsItsFilesAndNoOther(_ fault: FailingDisk.Fault) async throws {
        let site = try await Self.site()
        try await site.bucket.put("old.txt", "old", metadata: RealBucket.deployed)
        try await site.bucket.put("hashed.bin", "as it was")
        let disk = try await FailingDisk(fault, of: Self.reads, in: site.folder)
        let run = try await site.deploy(Self.options, environment: disk.environment)
        #expect(run.status == 1, "\(run)")
        let failures = run.errors.split(separator: "\n").filter { $0.hasPrefix("failed: ") }
        #expect(failures.count == Self.reads.count, "\(run)")
        for name in Self.reads.keys {
            let why = failures.first { $0.hasPrefix("failed: \(name): ") } ?? ""
            #expect(
                why.contains("Input/output error") || (fault == .stall && why.contains("could not be read for 10 s")), "\(name)\n\(run)")
        }
        // Nothing is deleted where anything failed, and what was there stays as it was.
        #expect(try await Set(site.bucket.keys()) == Set(Self.sound + ["old.txt", "hashed.bin"]))
        #expect(try await site.bucket.body("hashed.bin") == [UInt8]("as it was".utf8))
        let files = try site.files()
        for name in Self.sound { #expect(try await site.bucket.body(name) == [UInt8](files[name] ?? Data()), "\(name)") }
        let again = try await site.deploy(Self.options)
        #expect(again.status == 0, "\(again)")
        #expect(try await site.bucket.holds(files))
        #expect(try await site.bucket.uploads().isEmpty)
    }

    /// The survey hashes what may be unchanged: there a disk that stands still costs the file, too.
    @Test(arguments: FailingDisk.Fault.allCases) func whereTheSurveyReads(_ fault: FailingDisk.Fault) async throws {
        let site = try await Site(.files(["a.txt": "aaa", "small.txt": "small", "z.txt": "z"]), on: .radosgw)
        try await site.bucket.put("small.txt", "SMALL")
        try await site.bucket.put("a.txt", "AAA")
        let disk = try await FailingDisk(fault, of: ["small.txt": 0], in: site.folder)
        let run = try await site.deploy(["--stall-timeout", "1s"], environment: disk.environment)
        #expect(run.status == 1 && run.errors.contains("failed: small.txt: "), "\(run)")
        #expect(try await site.bucket.body("small.txt") == [UInt8]("SMALL".utf8))
        #expect(try await site.bucket.body("a.txt") == [UInt8]("aaa".utf8))
        #expect(try await site.bucket.body("z.txt") == [UInt8]("z".utf8))
    }

    /// A read that never ends does not keep an interrupted run from ending either.
    @Test func anInterruptionEndsIt() async throws {
        let site = try await Site(.files(["small.txt": "small"]), on: .radosgw)
        let disk = try await FailingDisk(.stall, of: ["small.txt": 0], in: site.folder)
        let running = try site.startDeploy(environment: disk.environment)
        try await until { disk.wasMet }
        running.send(SIGINT)
        let run = try await running.finish()
        #expect(run.status == 130 && run.errors.contains("1 action left"), "\(run)")
    }
}
