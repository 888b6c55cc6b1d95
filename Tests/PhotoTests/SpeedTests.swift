import Digest
import Foundation
import Glibc
import Photo
import Synchronization
import TestSupport
import Testing
import Vocabulary

/// What correcting a photo costs beyond reading and hashing it. Prints numbers for people (`make bench`); nothing is judged, because the
/// machine may be busy and an ordinary test run is built without optimisation.
@Suite(.enabled(if: getenv("GALLERIA_BENCH") != nil), .serialized) struct SpeedTests {
    /// A file on disk as a byte source, with nothing but pread(2).
    private final class File: ByteSource {
        let descriptor: Int32
        let size: Int64
        init(_ path: String) {
            descriptor = open(path, O_RDONLY | O_CLOEXEC)
            size = Int64(lseek(descriptor, 0, SEEK_END))
        }
        deinit { close(descriptor) }
        func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int64) -> Int {
            pread(descriptor, buffer.baseAddress, buffer.count, off_t(offset))
        }
    }

    /// CPU seconds of this thread, user and system.
    private func cpu() -> Double {
        var t = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t)
        return Double(t.tv_sec) + Double(t.tv_nsec) / 1e9
    }

    /// The median over `runs` of the CPU seconds that one call costs.
    private func median(_ runs: Int, _ body: () throws -> Void) rethrows -> Double {
        var costs: [Double] = []
        for _ in 0..<runs {
            let start = cpu()
            try body()
            costs.append(cpu() - start)
        }
        return costs.sorted()[runs / 2]
    }

    private func digest(_ source: some ByteSource) throws -> SHA256 {
        var hasher = SHA256Hasher()
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 16)
        defer { buffer.deallocate() }
        var at: Int64 = 0
        while at < source.size {
            let n = try source.read(into: buffer, at: at)
            hasher.update(UnsafeRawBufferPointer(rebasing: buffer[..<n]))
            at += Int64(n)
        }
        return hasher.finalize()
    }

    /// The fixture's photos, their image data lengthened to four megabytes.
    @Test(arguments: ["Arrival by ferry.jpg", "Djurgårdsbrunn.jpg", "IMG_0412.jpg", "Winter harbour.jpg"])
    func correctingAFourMegabytePhoto(_ name: String) throws {
        let folder = try TemporaryFolder("speed")
        var bytes = try readWholeFile(PackageFolder.path("Fixtures/gallery/photos/\(name)"))
        bytes.insert(contentsOf: [UInt8](repeating: 0x55, count: 4_000_000), at: bytes.count - 2)
        try folder.write(bytes, to: "photo.jpg")
        let file = File(folder.path("photo.jpg"))
        let rules = CaptureRules(
            all: CaptureCorrection(clockShift: try ClockShift(parsing: "-4h"), zone: try CaptureZone(parsing: "Europe/Stockholm")))
        let rewriter = PhotoRewriter(rules: rules)
        let plain = try median(201) { _ = try digest(file) }
        let whole = try median(201) { _ = try digest(SplicedBytes(try rewriter.rewrite(path: Key(name), file).splice, over: file)) }
        let patch = try median(2001) { _ = try rewriter.rewrite(path: Key(name), file) }
        let ratio = whole / plain
        print(
            "photo: \(name): patch \(Int(patch * 1e6)) µs; 4 MB read, corrected and hashed: \(Int(whole * 1e6)) µs, \(Double(Int(ratio * 1000)) / 1000) × reading and hashing"
        )
        #expect(patch > 0)
    }

    /// A file that counts what is asked of it, so that the same reads can be timed by themselves.
    private final class Recorded: ByteSource {
        let file: File
        let reads = Mutex<[(offset: Int64, count: Int)]>([])
        init(_ file: File) { self.file = file }
        var size: Int64 { file.size }
        func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int64) -> Int {
            reads.withLock { $0.append((offset, buffer.count)) }
            return file.read(into: buffer, at: offset)
        }
    }

    /// Real photos, where they stand beside the project: what the patch costs beyond the reads that it asks for.
    @Test(.enabled(if: SampleTests.shared != nil)) func correctingRealPhotos() throws {
        let folder = try #require(SampleTests.shared).appendingPathComponent("exif-samples").path
        let rules = CaptureRules(
            all: CaptureCorrection(clockShift: try ClockShift(parsing: "-4h"), zone: try CaptureZone(parsing: "Europe/Stockholm")))
        let rewriter = PhotoRewriter(rules: rules)
        var costs: [(name: String, patch: Double, reads: Double, count: Int)] = []
        for name in try FileManager.default.contentsOfDirectory(atPath: folder).sorted() where !name.hasSuffix(".csv") {
            let file = File(folder + "/" + name)
            let key = Key(name)
            let recorded = Recorded(file)
            _ = try rewriter.rewrite(path: key, recorded)
            let asked = recorded.reads.withLock { $0 }
            let patch = try median(401) { _ = try rewriter.rewrite(path: key, file) }
            let reads = try median(401) { for read in asked { _ = try file.bytes(read.offset..<read.offset + Int64(read.count)) } }
            costs.append((name, patch, reads, asked.count))
        }
        let own = costs.map { $0.patch - $0.reads }.sorted()
        try #require(!own.isEmpty)
        print(
            "photo: \(own.count) real photos: patch beyond its reads: median \(Int(own[own.count / 2] * 1e6)) µs, 95 % \(Int(own[own.count * 95 / 100] * 1e6)) µs"
        )
        for cost in costs.sorted(by: { $0.patch - $0.reads > $1.patch - $1.reads }).prefix(8) {
            print("photo:   \(cost.name): patch \(Int(cost.patch * 1e6)) µs, of which \(cost.count) reads \(Int(cost.reads * 1e6)) µs")
        }
    }

    private func readWholeFile(_ path: String) throws -> [UInt8] {
        let file = File(path)
        try #require(file.descriptor >= 0, "cannot read \(path)")
        return try file.bytes(0..<file.size)
    }
}
