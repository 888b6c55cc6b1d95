import Foundation
import Glibc
import TestSupport
import Testing

/// A machine that has little to give: the deploy works, or says why it does not.
@Suite struct LimitTests {
    private static func site(_ count: Int) async throws -> Site {
        try await Site(
            .files(Dictionary(uniqueKeysWithValues: (0..<count).map { ("d\($0 % 7)/f\($0).txt", "content \($0)") })), on: .radosgw)
    }

    @Test(arguments: [64, 40]) func fewDescriptorsMeanFewerJobs(_ limit: Int) async throws {
        let site = try await Self.site(120)
        let run = try await site.deploy(["--jobs", "200"], through: ["prlimit", "--nofile=\(limit):\(limit)"])
        #expect(run.status == 0 && run.errors.contains("ulimit -n") && !run.errors.contains("failed"), "\(run)")
        #expect(try await site.bucket.holds(site.files()))
        // A soft limit is raised as far as the hard one goes.
        let raised = try await site.deploy(["--jobs", "200"], through: ["prlimit", "--nofile=64:1024"])
        #expect(raised.status == 0 && raised.errors.isEmpty, "\(raised)")
    }

    /// No byte can be written to any file: as on a full disk, but without needing one. The state is done without, and says so.
    @Test(arguments: [0, 8192]) func aFullDiskForTheState(_ limit: Int) async throws {
        let site = try await Self.site(200)
        let command = ["bash", "-c", "\"$0\" \"$@\" 2>&1 | cat", "prlimit", "--fsize=\(limit)"]
        let run = try await site.deploy(through: command)
        #expect(run.output.contains("The deploy goes on without it") && run.output.contains("failed          0"), "\(run)")
        #expect(try await site.bucket.holds(site.files()))
        let again = try await site.deploy()
        #expect(again.status == 0 && again.output.contains("200 unchanged"), "\(again)")
    }

    @Test func aReadOnlyHome() async throws {
        let site = try await Self.site(5)
        for environment in [["HOME": "/proc"], ["HOME": "/nonexistent/home"]] {
            let run = try await site.deploy(asOrdinaryUser: true, environment: environment)
            #expect(run.status == 0, "\(run)")
        }
        #expect(try await site.bucket.holds(site.files()))
    }

    /// 128 MB for everything, enforced by the kernel where this machine lets the tests set up a control group, and measured anywhere.
    @Test func littleMemory() async throws {
        let site = try await Self.site(50)
        for number in 0..<24 { try site.folder.write([UInt8](repeating: UInt8(number), count: 3 << 20), to: "gallery/photo\(number).bin") }
        let limit = 128 << 20
        var wrapper: [String] = []
        let group = "/sys/fs/cgroup/memory/galleria-\(UUID().uuidString)"
        let isGrouped = mkdir(group, 0o755) == 0
        defer { if isGrouped { rmdir(group) } }
        if isGrouped {
            try Data("\(limit)".utf8).write(to: URL(filePath: group + "/memory.limit_in_bytes"))
            wrapper = ["bash", "-c", "echo $$ > \(group)/tasks && exec \"$0\" \"$@\""]
        }
        let run = try await site.deploy(["--jobs", "64"], measured: true, through: wrapper)
        #expect(run.status == 0, "\(run)")
        let cost = try #require(run.cost)
        #expect(cost.peakMiB <= 128, "\(cost)")
        #expect(try await site.bucket.holds(site.files()))
    }
}
