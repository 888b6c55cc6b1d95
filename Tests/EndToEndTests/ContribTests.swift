import Foundation
import TestSupport
import Testing

/// What contrib/ offers to copy, tried.
@Suite struct ContribTests {
    static func text(_ path: String) throws -> String {
        try String(contentsOfFile: PackageFolder.path("contrib/\(path)"), encoding: .utf8)
    }

    /// A site with its home folder as the examples want it: ~/galleria with the gallery and its configuration, and the program in the PATH.
    static func site() async throws -> Site {
        let site = try await Site(.fixtures, on: .ministack)
        let manager = FileManager.default
        try manager.createDirectory(atPath: site.folder.path("home/galleria"), withIntermediateDirectories: true)
        try manager.createDirectory(atPath: site.folder.path("home/.local/state/galleria-deploy"), withIntermediateDirectories: true)
        try manager.createDirectory(atPath: site.folder.path("bin"), withIntermediateDirectories: true)
        try manager.createSymbolicLink(atPath: site.folder.path("bin/galleria-deploy"), withDestinationPath: Executable.path)
        try site.folder.write(
            """
            source: \(site.source)
            destination: s3://\(site.bucket.name)
            endpoint-url: \(site.place.endpoint)
            clock-shift: -4h
            cors: "off"
            """, to: "home/galleria/galleria-deploy.yml")
        return site
    }

    static func environment(_ site: Site) -> [String: String] {
        [
            "HOME": site.folder.path("home"), "AWS_ACCESS_KEY_ID": site.place.access,
            "AWS_SECRET_ACCESS_KEY": site.place.secret,
        ]
    }

    @Test func cronMailsFailuresOnly() async throws {
        let site = try await Self.site()
        let line = try #require(try Self.text("cron/galleria-deploy").split(separator: "\n").last { $0.first?.isNumber == true })
        let command = "PATH=\(site.folder.path("bin")):$PATH; " + line.split(separator: " ", maxSplits: 5)[5]
        let good = try await Program.run(["/bin/sh", "-c", command], environment: Self.environment(site))
        #expect(good.status == 0 && good.output.isEmpty && good.errors.isEmpty, "\(good)")
        #expect(try await site.bucket.keys().count == 31)

        var wrong = Self.environment(site)
        wrong["AWS_SECRET_ACCESS_KEY"] = "of somebody else"
        let bad = try await Program.run(["/bin/sh", "-c", command], environment: wrong)
        #expect(bad.status == 5 && !bad.errors.isEmpty, "\(bad)")
    }

    @Test func systemdAcceptsTheUnits() async throws {
        let folder = try TemporaryFolder("units")
        for name in ["galleria-deploy.service", "galleria-deploy.timer"] {
            // The program need not be installed where the tests run.
            let text = try Self.text("systemd/\(name)").replacing("/usr/bin/galleria-deploy", with: "/bin/true")
            try folder.write(text, to: name)
        }
        let units = ["galleria-deploy.service", "galleria-deploy.timer"].map(folder.path)
        let verified = try await Program.run(
            ["systemd-analyze", "verify", "--man=no", "--user"] + units,
            environment: ["XDG_RUNTIME_DIR": folder.path, "HOME": folder.path])
        #expect(verified.status == 0 && verified.errors.isEmpty, "\(verified)")
        // The lower the better; 10 is a service without any protection, and 2.5 counts as safe (systemd-analyze(1)).
        let judged = try await Program.run(["systemd-analyze", "security", "--offline=true", "--threshold=25", units[0]])
        #expect(judged.status == 0, "\(judged)")
    }

    /// Whether this machine lets the test make mounts of its own.
    static let makesMounts: Bool = {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/unshare")
        process.arguments = ["--map-root-user", "--mount", "mount", "--bind", "/tmp", "/tmp"]
        process.standardError = nil
        do { try process.run() } catch { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }()

    @Test(.enabled(if: makesMounts)) func theServiceDeploysWithAReadOnlyHome() async throws {
        let site = try await Self.site()
        let home = site.folder.path("home")
        let settings = try Self.text("systemd/galleria-deploy.service").split(separator: "\n")
        func setting(_ name: String) throws -> String {
            let line = try #require(settings.first { $0.hasPrefix("\(name)=") })
            return String(line.dropFirst(name.count + 1)).replacing("%h", with: home)
        }
        #expect(try setting("ProtectHome") == "read-only")
        let writable = try setting("ReadWritePaths").trimmingPrefix("-")
        let command = try setting("ExecStart").replacing("/usr/bin/galleria-deploy", with: Executable.path)
        // What systemd does for the three settings, with the same system calls.
        let script = """
            mount --bind '\(home)' '\(home)' && mount --bind '\(writable)' '\(writable)' && mount -o remount,bind,ro '\(home)' &&
            cd '\(try setting("WorkingDirectory"))' && ! touch '\(home)/proof' 2>/dev/null && exec \(command)
            """
        let run = try await Program.run(
            ["unshare", "--map-root-user", "--mount", "/bin/sh", "-c", script], environment: Self.environment(site))
        #expect(run.status == 0 && run.output.isEmpty && run.errors.isEmpty, "\(run)")
        #expect(try await site.bucket.keys().count == 31)
        #expect(try !FileManager.default.contentsOfDirectory(atPath: String(writable)).isEmpty, "the state is kept")
    }

    @Test func logrotateTurnsLogsOver() async throws {
        let site = try await Self.site()
        let log = site.folder.path("log/gallery.log")
        try FileManager.default.createDirectory(atPath: site.folder.path("log"), withIntermediateDirectories: true)
        let rules = try Self.text("logrotate/galleria-deploy").replacing("/var/log/galleria-deploy/", with: site.folder.path("log/"))
        try site.folder.write(rules, to: "rules")
        func deploy() async throws -> Program.Run {
            try await Program.run(
                [Executable.path, "--config", site.folder.path("home/galleria/galleria-deploy.yml"), "--quiet", "--log-file", log],
                environment: Self.environment(site))
        }
        #expect(try await deploy().status == 0)
        let before = try Data(contentsOf: URL(filePath: log))
        #expect(!before.isEmpty)
        let turned = try await Program.run(
            ["/usr/sbin/logrotate", "--force", "--state", site.folder.path("turned"), site.folder.path("rules")])
        #expect(turned.status == 0, "\(turned)")
        #expect(try Data(contentsOf: URL(filePath: log + ".1")) == before)
        #expect(try await deploy().status == 0)
        #expect(try !Data(contentsOf: URL(filePath: log)).isEmpty)
    }
}
