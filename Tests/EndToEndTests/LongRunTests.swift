import Foundation
import TestSupport
import Testing

/// Ten thousand requests over a real server on loopback: what one request takes, the next one has again.
@Suite struct LongRunTests {
    /// With a fixed number of requests at once: else connections are opened for as long as more of them are faster.
    @Test func tenThousandRequestsTakeNoMoreThanTwoThousand() async throws {
        let (warm, count) = (2000, 12_000)
        var site = try await Site(.files([:]), on: .radosgw)
        for number in 0..<count { try site.folder.write("\(number)", to: "gallery/\(number % 100)/\(number).txt") }
        let swallow = try await Swallow()
        site.place = swallow.place
        let running = try site.startDeploy(["--path-style", "--jobs", "16"])
        try await untilSwallowed(swallow, warm)
        let early = try Usage(of: running.pid)
        try await untilSwallowed(swallow, count - 500)
        let late = try Usage(of: running.pid)
        let run = try await running.finish()
        #expect(run.status == 0, "\(run)")
        // 400 bytes a request would be seen; a state that is written behind takes its share once.
        #expect(late.residentKiB - early.residentKiB < 4096, "\(early) \(late)")
        // A connection more or less, a file that is just being read.
        #expect(late.descriptors <= early.descriptors + 24, "\(early) \(late)")
        #expect(late.descriptors < 80 && late.threads <= early.threads + 2, "\(early) \(late)")
    }

    private func untilSwallowed(_ swallow: Swallow, _ count: Int) async throws {
        try await until(within: .seconds(300)) { try await swallow.swallowed().bodies >= count }
    }

    /// What a process has of the system, read from /proc (proc(5)).
    private struct Usage {
        let residentKiB: Int
        let threads: Int
        let descriptors: Int

        init(of pid: Int32) throws {
            let status = try String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8)
            func value(_ name: String) -> Int {
                let line = status.split(separator: "\n").first { $0.hasPrefix(name + ":") } ?? ""
                return line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) } ?? 0
            }
            residentKiB = value("VmRSS")
            threads = value("Threads")
            descriptors = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(pid)/fd").count
        }
    }
}
