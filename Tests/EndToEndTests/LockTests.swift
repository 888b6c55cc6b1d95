import Foundation
import Glibc
import TestSupport
import Testing

/// Two runs on one destination, and what a run that was killed leaves.
@Suite struct LockTests {
    private static func site(on server: S3Server = .radosgw) async throws -> (Site, FaultProxy) {
        var site = try await Site(.files(["a.txt": "a"]), on: server)
        let proxy = try await FaultProxy(before: site.place)
        site.place = proxy.place
        return (site, proxy)
    }

    /// A run that stands in the middle of its upload.
    private static func holding(_ site: Site, _ proxy: FaultProxy, _ options: [String] = []) async throws -> Program.Running {
        try await proxy.script(FaultProxy.Rule("hold", on: "PutObject", key: "a.txt"))
        let first = try site.startDeploy(options)
        #expect(try await proxy.held() == 1, "\(first.errorsSoFar)")
        return first
    }

    @Test func theSecondRunRefusesAndNamesTheFirst() async throws {
        let (site, proxy) = try await Self.site()
        let first = try await Self.holding(site, proxy)
        let second = try await site.deploy()
        #expect(second.status == 4, "\(second)")
        #expect(second.errors.contains("process \(first.pid)") && second.errors.contains("at work since 20"), "\(second)")
        // Another folder of the bucket is another destination, and a dry run takes no lock.
        #expect(try await site.deploy(prefix: "elsewhere").status == 0)
        #expect(try await site.deploy(["--dry-run"]).status == 0)
        try await proxy.release()
        #expect(try await first.finish().status == 0)
        #expect(try await site.deploy().status == 0)
    }

    @Test func theSecondRunWaits() async throws {
        let (site, proxy) = try await Self.site()
        let first = try await Self.holding(site, proxy)
        let second = try site.startDeploy(["--wait-lock", "2m", "-v"])
        try await until { second.outputSoFar.contains("waiting for process \(first.pid)") }
        try await proxy.release()
        #expect(try await first.finish().status == 0)
        let run = try await second.finish()
        #expect(run.status == 0 && run.output.contains("1 unchanged"), "\(run)")
    }

    @Test func aKillFreesIt() async throws {
        let (site, proxy) = try await Self.site()
        let first = try await Self.holding(site, proxy)
        first.send(SIGKILL)
        _ = try await first.finish()
        let second = try await site.deploy()
        #expect(second.status == 0, "\(second)")
        #expect(try await site.bucket.holds(site.files()))
    }

    /// Without a home, and with one that cannot be written to, the lock lies elsewhere.
    @Test(arguments: [["HOME": "", "XDG_STATE_HOME": ""], ["HOME": "/proc/nowhere"]])
    func withoutAHome(_ environment: [String: String]) async throws {
        let (site, proxy) = try await Self.site()
        try await proxy.script(FaultProxy.Rule("hold", on: "PutObject", key: "a.txt"))
        let first = try site.startDeploy(environment: environment)
        #expect(try await proxy.held() == 1)
        let second = try await site.deploy(environment: environment)
        #expect(second.status == 4 && second.errors.contains("process \(first.pid)"), "\(second)")
        try await proxy.release()
        #expect(try await first.finish().status == 0)
    }

    // MARK: In the bucket

    /// A state and a home of its own, as on another machine: the local lock does not see it.
    private static func elsewhere(_ site: Site) -> [String: String] { ["HOME": site.folder.path("other"), "XDG_STATE_HOME": ""] }

    @Test(arguments: ["radosgw", "ministack"]) func theLockInTheBucketKeepsOtherMachinesAway(_ server: String) async throws {
        let (site, proxy) = try await Self.site(on: server == "radosgw" ? .radosgw : .ministack)
        let first = try await Self.holding(site, proxy, ["--remote-lock"])
        #expect(try await site.bucket.keys() == [".galleria/lock"])
        let second = try await site.deploy(["--remote-lock"], environment: Self.elsewhere(site))
        #expect(second.status == 4 && second.errors.contains("process \(first.pid)"), "\(second)")
        let third = try site.startDeploy(["--remote-lock", "--wait-lock", "2m"], environment: Self.elsewhere(site))
        try await proxy.release()
        #expect(try await first.finish().status == 0)
        let waited = try await third.finish()
        #expect(waited.status == 0, "\(waited)")
        #expect(try await site.bucket.keys() == ["a.txt"])
    }

    /// rclone takes the conditions and ignores them.
    @Test func aStoreWithoutConditionalWritesIsRefused() async throws {
        let (site, _) = try await Self.site(on: .rclone)
        let run = try await site.deploy(["--remote-lock"])
        #expect(run.status == 4 && run.errors.contains("If-None-Match"), "\(run)")
        #expect(try await site.bucket.keys().isEmpty)
    }

    private static func lock(milliseconds: Int) -> String {
        "galleria-deploy lock\ntoken other\npid 77\nstarted 1700000000\nhost elsewhere\nmilliseconds \(milliseconds)\nrenewals 3\n"
    }

    @Test func anExpiredLockIsTakenOverAndAnotherIsNot() async throws {
        let (site, _) = try await Self.site()
        try await site.bucket.put(".galleria/lock", Self.lock(milliseconds: 3_600_000))
        let refused = try await site.deploy(["--remote-lock", "--delete", "--dotfiles"])
        #expect(refused.status == 4 && refused.errors.contains("process 77 on elsewhere"), "\(refused)")
        // Without the option the lock is not looked at, and it is never deleted as extraneous, not even with hidden names.
        #expect(try await site.deploy(["--delete-excluded", "--dotfiles", "--max-delete", "100%"]).status == 0)
        #expect(try await site.bucket.keys() == [".galleria/lock", "a.txt"])
        try await site.bucket.put(".galleria/lock", Self.lock(milliseconds: 900))
        let run = try await site.deploy(["--remote-lock", "--wait-lock", "2m"])
        #expect(run.status == 0 && run.errors.contains("taken over"), "\(run)")
        #expect(try await site.bucket.keys() == ["a.txt"])
    }

    @Test func aKilledRunsLockIsRespectedUntilItExpires() async throws {
        let (site, proxy) = try await Self.site()
        let first = try await Self.holding(site, proxy, ["--remote-lock"])
        first.send(SIGKILL)
        _ = try await first.finish()
        try await proxy.script()
        #expect(try await site.deploy(["--remote-lock"]).status == 4)
        #expect(try await site.deploy().status == 0)
        #expect(try await site.bucket.keys() == [".galleria/lock", "a.txt"])
    }

    @Test(arguments: [true, false]) func itIsReleasedByAnInterruptionAndAFailure(_ isInterrupted: Bool) async throws {
        let (site, proxy) = try await Self.site()
        if isInterrupted {
            try await proxy.script(FaultProxy.Rule("stall-request", on: "PutObject", key: "a.txt", times: -1))
            let run = try site.startDeploy(["--remote-lock"])
            #expect(try await proxy.held() == 1)
            run.send(SIGINT)
            #expect(try await run.finish().status == 130)
        } else {
            try await proxy.script(FaultProxy.Rule("status", on: "ListObjectsV2", times: -1, ["status": 403, "code": "AccessDenied"]))
            #expect(try await site.deploy(["--remote-lock"]).status == 6)
        }
        #expect(try await site.bucket.keys().isEmpty)
    }
}
