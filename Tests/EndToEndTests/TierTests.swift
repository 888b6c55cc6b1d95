import Foundation
import Glibc
import TestSupport
import Testing

/// `tier plan`, `apply` and `promote` on real servers.
@Suite struct TierTests {
    /// A gallery of which `a/` is two years old, deployed; and what is in it.
    private func site(_ server: S3Server = .ministack, files: [String: String] = Self.files) async throws -> Site {
        let site = try await Site(.files(files), on: server)
        try age(site, "a")
        #expect(try await site.deploy().status == 0)
        return site
    }

    static let files = ["a/1.txt": "one", "a/2.txt": "two two", "a/b/3.txt": "three", "new.txt": "new"]

    private func age(_ site: Site, _ folder: String, days: Int = 730) throws {
        let paths = try FileManager.default.subpathsOfDirectory(atPath: site.source).filter { $0.hasPrefix(folder) }
        for path in paths {
            let old = Date(timeIntervalSinceNow: Double(-days * 86_400))
            try FileManager.default.setAttributes([.modificationDate: old], ofItemAtPath: "\(site.source)/\(path)")
        }
    }

    private func tier(
        _ site: Site, _ command: String, _ options: [String] = [], environment: [String: String] = [:]
    ) async throws -> Program.Run {
        try await site.run(["tier", command, site.source, "s3://\(site.bucket.name)"] + options, environment: environment)
    }

    private func exists(_ site: Site, _ path: String) -> Bool { FileManager.default.fileExists(atPath: "\(site.source)/\(path)") }

    private static let ledger = ".galleria-dropped.json"

    private func storageClass(_ site: Site, _ key: String) async throws -> String {
        let text = try await site.bucket.call("head_object", "{\"Key\": \"\(key)\"}")
        let head = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
        return head?["StorageClass"] as? String ?? "STANDARD"
    }

    // MARK: Classes

    @Test func whatIsColdMovesAndNothingElseOfItChanges() async throws {
        let site = try await Site(.files(Self.files), on: .ministack)
        try age(site, "a")
        let options = ["--cache-control", "max-age=9", "--metadata", "photographer=Ada", "--tag", "event=wedding"]
        #expect(try await site.deploy(options).status == 0)
        let before = try await site.bucket.snapshot()
        let plan = try await tier(site, "plan")
        #expect(plan.status == 0 && plan.output.contains("STANDARD → STANDARD_IA  a/1.txt") && !plan.output.contains("new.txt"), "\(plan)")
        #expect(try await storageClass(site, "a/1.txt") == "STANDARD", "a plan writes nothing")

        #expect(try await tier(site, "apply", ["--no-demote"]).output.contains("0 storage classes changed"))
        let apply = try await tier(site, "apply", ["--format", "json"])
        #expect(apply.status == 0, "\(apply)")
        #expect(try await SchemaVerdict.on(apply.output, by: "tier").status == 0)
        for (key, name) in [("a/1.txt", "STANDARD_IA"), ("a/b/3.txt", "STANDARD_IA"), ("new.txt", "STANDARD")] {
            #expect(try await storageClass(site, key) == name, "\(key)")
        }
        let after = try await site.bucket.snapshot()
        #expect(zip(before, after).allSatisfy { $0.keyBytes == $1.keyBytes && $0.sha256 == $1.sha256 && $0.metadata == $1.metadata })
        #expect(
            zip(before, after).allSatisfy { $0.cacheControl == $1.cacheControl && $0.contentType == $1.contentType && $0.etag == $1.etag })
        #expect(try await site.bucket.tags("a/1.txt") == ["event": "wedding"])
        #expect(try await tier(site, "apply").output.contains("0 storage classes changed"))

        // The next deploy sends nothing and asks for no object.
        var recorded = site
        let recorder = try await Recorder(before: site.place)
        recorded.place = recorder.place
        #expect(try await site.deploy(options).output.contains("4 unchanged"))

        // What is written to is young again.
        try site.folder.write("another one", to: "gallery/a/1.txt")
        #expect(try await site.deploy(options + ["--storage-class", "STANDARD_IA"]).status == 0)
        #expect(try await tier(site, "apply", ["--no-promote"]).output.contains("0 storage classes changed"))
        let promoted = try await tier(site, "apply")
        #expect(promoted.output.contains("STANDARD_IA → STANDARD  a/1.txt"), "\(promoted)")
        #expect(try await storageClass(site, "a/1.txt") == "STANDARD")
    }

    @Test func aStoreWithoutClassesSaysSoAndHarmsNothing() async throws {
        let site = try await site(.radosgw)
        let before = try await site.bucket.snapshot()
        let run = try await tier(site, "apply")
        #expect(run.status == 1 && run.errors.contains("a/1.txt"), "\(run)")
        #expect(try await site.bucket.snapshot() == before)
    }

    @Test(arguments: ["accessed", "taken", "stored"]) func ageIsToldByOtherTimes(_ basis: String) async throws {
        let site = try await Site(.fixtures, on: .ministack)
        #expect(try await site.deploy().status == 0)
        let plan = try await tier(site, "plan", ["--by", basis, "--cold-days", "300"])
        #expect(plan.status == 0, "\(plan)")
        // The photos of the fixtures were taken long ago; everything was read and stored today.
        #expect(plan.output.contains("photos/") == (basis == "taken"), "\(plan)")
    }

    // MARK: Dropping

    @Test(arguments: ["ministack", "radosgw"]) func whatIsDroppedIsInTheBucketAndComesBackAsItWas(_ server: String) async throws {
        let site = try await site(server == "ministack" ? .ministack : .radosgw)
        let before = try site.files()
        let status = try #require(try? FileManager.default.attributesOfItem(atPath: "\(site.source)/a/b/3.txt"))
        let options = ["--no-demote"]
        #expect(try await tier(site, "apply", options).status == 0)
        #expect(try site.files() == before, "only --drop-local removes anything")
        let plan = try await tier(site, "plan", options + ["--drop-local"])
        #expect(try plan.output.contains("drop   a/1.txt") && site.files() == before, "\(plan)")

        let apply = try await tier(site, "apply", options + ["--drop-local"])
        #expect(apply.status == 0 && apply.output.contains("3 files dropped"), "\(apply)")
        #expect(!exists(site, "a/1.txt") && !exists(site, "a/b/3.txt") && exists(site, "new.txt") && exists(site, Self.ledger))

        // No deploy takes it for deleted: with the state, without, with the ledger lost, and it is never sent.
        let keys = try await site.bucket.keys()
        for options in [[], ["--no-state"], ["--max-delete", "100%"], ["--dotfiles"], ["--delete-excluded"]] {
            let run = try await site.deploy(["--delete"] + options)
            #expect(run.status == 0 && run.output.contains("3 objects whose file was dropped"), "\(options)\n\(run)")
            #expect(try await site.bucket.keys() == keys, "\(options)")
        }
        #expect(try await site.run(["verify", site.source, "s3://\(site.bucket.name)"]).status == 0)
        let kept = try Data(contentsOf: URL(filePath: "\(site.source)/\(Self.ledger)"))
        try FileManager.default.removeItem(atPath: "\(site.source)/\(Self.ledger)")
        #expect(try await site.deploy(["--delete"]).status == 0)
        #expect(try await site.bucket.keys() == keys, "the state knows")
        try kept.write(to: URL(filePath: "\(site.source)/\(Self.ledger)"))
        try FileManager.default.removeItem(atPath: site.folder.path("home"))
        try FileManager.default.createDirectory(atPath: site.folder.path("home"), withIntermediateDirectories: true)
        #expect(try await site.deploy(["--delete"]).status == 0)
        #expect(try await site.bucket.keys() == keys, "the ledger knows")

        // A ledger that cannot be read stops every deletion.
        try site.folder.write(String(decoding: kept.dropLast(20), as: UTF8.self), to: "gallery/\(Self.ledger)")
        let refused = try await site.deploy(["--delete"])
        #expect(refused.status == 4 && refused.errors.contains(Self.ledger), "\(refused)")
        #expect(try await tier(site, "apply", options + ["--drop-local"]).status == 4)
        #expect(try await site.deploy().status == 0, "without deletions it goes on")
        #expect(try await site.bucket.keys() == keys)
        try kept.write(to: URL(filePath: "\(site.source)/\(Self.ledger)"))

        #expect(try await tier(site, "promote", ["--path", "a/b/*"]).output.contains("1 file back"))
        #expect(exists(site, "a/b/3.txt") && !exists(site, "a/1.txt"))
        let promote = try await tier(site, "promote")
        #expect(promote.status == 0 && promote.output.contains("2 files back"), "\(promote)")
        #expect(try site.files() == before && !exists(site, Self.ledger))
        let now = try FileManager.default.attributesOfItem(atPath: "\(site.source)/a/b/3.txt")
        #expect(now[.modificationDate] as? Date == status[.modificationDate] as? Date)
        #expect(now[.posixPermissions] as? Int == status[.posixPermissions] as? Int)
        #expect(try await site.deploy(["--delete"]).output.contains("4 unchanged"))
        #expect(try await tier(site, "promote").output.contains("0 files back"))
    }

    @Test func anOriginalOfWhichTheBucketHasAnotherVersionStays() async throws {
        let site = try await Site(.fixtures, on: .ministack)
        #expect(try await site.deploy(["--clock-shift", "+1h"]).status == 0)
        let before = try site.files()
        let run = try await tier(site, "apply", ["--cold-days", "0", "--drop-local", "--no-demote"])
        #expect(run.status == 0, "\(run)")
        let after = try site.files()
        for (path, content) in before where path.hasPrefix("photos/") && path.hasSuffix(".jpg") {
            // What was corrected on its way stays, whatever its size.
            if after[path] == nil { #expect(try await site.bucket.body(path) == [UInt8](content), "\(path)") }
        }
        #expect(before.contains { $0.key.hasSuffix(".jpg") && after[$0.key] == $0.value }, "the corrected photos are there")
        #expect(try await tier(site, "promote").status == 0)
        #expect(try site.files() == before)
    }

    @Test func onlyAsMuchGoesAsTheLimitAsksFor() async throws {
        let site = try await site()
        try age(site, "a/2.txt", days: 900)
        // 18 bytes are there; the oldest seven bring it to eleven.
        let run = try await tier(site, "apply", ["--drop-local", "--no-demote", "--local-limit", "12"])
        #expect(run.status == 0 && run.output.contains("1 file dropped"), "\(run)")
        #expect(!exists(site, "a/2.txt") && exists(site, "a/1.txt") && exists(site, "a/b/3.txt"))
    }

    @Test func whatCannotBeProvenStays() async throws {
        let site = try await site(
            files: Self.files.merging(["a/lie.txt": "truth", "a/link.txt": "link", "a/gone.txt": "gone", "a/attr.txt": "attr"]) { $1 })
        // An object whose metadata lies: the right hash, other bytes of the same size.
        let sha256 = try #require(try await site.bucket.object("a/lie.txt").metadata?["sha256"])
        try await site.bucket.put("a/lie.txt", "false", metadata: ["sha256": sha256])
        // A hard link, a symbolic link to a file elsewhere, one to a folder elsewhere, an extended attribute, an object that is gone.
        #expect(link("\(site.source)/a/link.txt", "\(site.source)/a/other.txt") == 0)
        try FileManager.default.createDirectory(atPath: site.folder.path("elsewhere"), withIntermediateDirectories: true)
        for name in ["x.txt", "y.txt"] {
            try site.folder.write("elsewhere", to: "elsewhere/\(name)")
            let old = Date(timeIntervalSinceNow: -1e8)
            try FileManager.default.setAttributes([.modificationDate: old], ofItemAtPath: site.folder.path("elsewhere/\(name)"))
        }
        #expect(symlink(site.folder.path("elsewhere/x.txt"), "\(site.source)/a/x.txt") == 0)
        #expect(symlink(site.folder.path("elsewhere"), "\(site.source)/folder") == 0)
        #expect(try await site.deploy(["--dotfiles"]).status == 0)
        try await site.bucket.put("a/lie.txt", "false", metadata: ["sha256": sha256])
        try await site.bucket.delete("a/gone.txt")
        let attribute = try await Program.run(
            [
                PackageFolder.path(".venv/bin/python"), "-c", "import os, sys; os.setxattr(sys.argv[1], 'user.rating', b'5')",
                "\(site.source)/a/attr.txt",
            ])
        let before = try site.files()

        let run = try await tier(site, "apply", ["--drop-local", "--no-demote"])
        let after = try site.files()
        var staying = ["a/lie.txt", "a/link.txt", "a/other.txt", "a/x.txt", "folder/x.txt", "folder/y.txt", "a/gone.txt"]
        if attribute.status == 0 { staying.append("a/attr.txt") }
        for path in staying { #expect(after[path] == before[path], "\(path)\n\(run)") }
        #expect(run.output.contains("a/lie.txt: the object in the bucket holds other bytes"), "\(run)")
        #expect(run.output.contains("a/link.txt: it has other names"), "\(run)")
        #expect(!exists(site, "a/1.txt") && !exists(site, "a/2.txt"), "one that stays does not keep the others\n\(run)")
        #expect(try String(contentsOfFile: site.folder.path("elsewhere/x.txt"), encoding: .utf8) == "elsewhere")
        let entries = try String(contentsOfFile: "\(site.source)/\(Self.ledger)", encoding: .utf8)
        for path in staying { #expect(!entries.contains("\"\(path)\""), "\(path)") }
    }

    /// What is to be the only copy must last.
    @Test(arguments: ["radosgw", "ministack"]) func whatARuleOfTheBucketRemovesStays(_ server: String) async throws {
        let site = try await site(server == "radosgw" ? .radosgw : .ministack)
        let before = try site.files()
        try await site.bucket.call(
            "put_bucket_lifecycle_configuration",
            #"""
            {"LifecycleConfiguration": {"Rules": [
              {"ID": "end", "Filter": {"Prefix": "a/b/"}, "Status": "Enabled", "Expiration": {"Days": 900}},
              {"ID": "date", "Filter": {"Prefix": "a/1"}, "Status": "Enabled", "Expiration": {"Date": "2090-01-01T00:00:00Z"}},
              {"ID": "off", "Filter": {"Prefix": "a/"}, "Status": "Disabled", "Expiration": {"Days": 900}},
              {"ID": "versions", "Filter": {"Prefix": ""}, "Status": "Enabled", "NoncurrentVersionExpiration": {"NoncurrentDays": 9}}
            ]}}
            """#)
        let run = try await tier(site, "apply", ["--drop-local", "--no-demote"])
        #expect(run.status == 0 && run.output.contains("a/b/3.txt: the lifecycle rule “end”"), "\(run)")
        #expect(run.output.contains("a/1.txt: the lifecycle rule “date”") && run.output.contains("1 file dropped"), "\(run)")
        #expect(exists(site, "a/b/3.txt") && exists(site, "a/1.txt") && !exists(site, "a/2.txt"))
        if server == "radosgw" {
            try await site.bucket.forbid(["s3:GetLifecycleConfiguration"])
            let unknown = try await tier(site, "apply", ["--drop-local", "--no-demote", "--cold-days", "0"])
            #expect(unknown.output.contains("is not known") && unknown.output.contains("0 files dropped"), "\(unknown)")
        }
        #expect(try await tier(site, "promote").status == 0)
        #expect(try site.files() == before)
    }

    @Test func whatIsOpenForWritingOrChangesMeanwhileStays() async throws {
        let site = try await site()
        let writer = open("\(site.source)/a/1.txt", O_WRONLY)
        #expect(writer >= 0)
        defer { close(writer) }
        var proxied = site
        let proxy = try await FaultProxy(before: site.place)
        proxied.place = proxy.place
        // Held after the object was read and before it is asked for once more: everything is proven, nothing removed.
        try await proxy.script(.init("hold", on: "HeadObject", skip: 3, times: -1))
        let running = try proxied.start(["tier", "apply", site.source, "s3://\(site.bucket.name)", "--no-demote", "--drop-local"])
        #expect(try await proxy.held() == 1)
        #expect(exists(site, Self.ledger), "it is written down before anything goes")
        // Of the same size, and with its time put back: only the status' change tells.
        let path = "\(site.source)/a/2.txt"
        let old = try FileManager.default.attributesOfItem(atPath: path)[.modificationDate]
        let handle = try #require(FileHandle(forWritingAtPath: path))
        try handle.write(contentsOf: Data("TWO two".utf8))
        try handle.close()
        try FileManager.default.setAttributes([.modificationDate: try #require(old)], ofItemAtPath: path)
        try await proxy.script([])
        try await proxy.release()
        let run = try await running.finish()
        #expect(run.status == 1, "\(run)")
        #expect(run.errors.contains("a/1.txt: a program has it open for writing"), "\(run)")
        #expect(run.errors.contains("a/2.txt: it changed while it was looked at"), "\(run)")
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "TWO two")
        #expect(exists(site, "a/1.txt") && !exists(site, "a/b/3.txt"))
    }

    /// A network that lies: content turned by one bit, an object that is said to be there and is not, answers cut off.
    @Test(arguments: ["lie", "truncate", "page", "garbage"]) func aLiarIsNotBelieved(_ fault: String) async throws {
        let site = try await site()
        let before = try site.files()
        var proxied = site
        let proxy = try await FaultProxy(before: site.place)
        proxied.place = proxy.place
        try await proxy.script(.init(fault, on: "GetObject", times: -1, ["at": 300]))
        let run = try await tier(proxied, "apply", ["--drop-local", "--no-demote"])
        #expect(run.output.contains("0 files dropped"), "\(run)")
        if fault == "truncate" || fault == "garbage" { #expect(run.status == 1, "\(run)") }
        #expect(try site.files().filter { $0.key != Self.ledger } == before, "\(run)")
        // On the way back, too: nothing wrong gets into its place.
        try await proxy.script([])
        #expect(try await tier(proxied, "apply", ["--drop-local", "--no-demote"]).output.contains("3 files dropped"))
        try await proxy.script(.init(fault, on: "GetObject", times: -1, ["at": 300]))
        let back = try await tier(proxied, "promote")
        #expect(back.status == 1 && !exists(site, "a/1.txt") && exists(site, Self.ledger), "\(back)")
        let hidden = try FileManager.default.subpathsOfDirectory(atPath: site.source).filter { $0.contains(".galleria-restore") }
        #expect(hidden.isEmpty, "\(hidden)")
        try await proxy.script([])
        #expect(try await tier(proxied, "promote").status == 0)
        #expect(try site.files() == before)
    }

    @Test func whatHasTakenItsPlaceStays() async throws {
        let site = try await site()
        #expect(try await tier(site, "apply", ["--drop-local", "--no-demote"]).status == 0)
        try site.folder.write("something else", to: "gallery/a/1.txt")
        try site.folder.write("two two", to: "gallery/a/2.txt")
        let run = try await tier(site, "promote", ["--format", "json"])
        #expect(run.status == 1 && run.output.contains("another file has taken its place"), "\(run)")
        #expect(try await SchemaVerdict.on(run.output, by: "tier").status == 0)
        #expect(try String(contentsOfFile: "\(site.source)/a/1.txt", encoding: .utf8) == "something else")
        #expect(exists(site, "a/b/3.txt"))
    }

    @Test func twoRunsDoNotWorkAtOnce() async throws {
        let site = try await site()
        var proxied = site
        let proxy = try await FaultProxy(before: site.place)
        proxied.place = proxy.place
        try await proxy.script(.init("hold", on: "ListObjectsV2"))
        let running = try proxied.start(["tier", "apply", site.source, "s3://\(site.bucket.name)", "--drop-local", "--no-demote"])
        #expect(try await proxy.held() == 1)
        // Another destination has another lock; the source is the same.
        let other = try await RealBucket(on: .ministack)
        let second = try await site.run(["tier", "apply", site.source, "s3://\(other.name)", "--drop-local"])
        #expect(second.status == 4, "\(second)")
        try await proxy.release()
        #expect(try await running.finish().status == 0)
    }

    /// Killed before and after every call that changes a folder, on the way out and on the way back: each file is here as it was, or in the bucket and
    /// in the ledger; no deploy deletes anything, and in the end everything is back.
    @Test func aKillAtEveryStepLosesNothing() async throws {
        let site = try await site()
        let before = try site.files()
        let keys = try await site.bucket.keys()
        let kill = try await KillSwitch(in: site.folder)
        var killed = 0
        for command in [["apply", "--drop-local", "--no-demote"], ["promote"]] {
            var number = 0
            var isDone = false
            while !isDone, number < 400 {
                let run = try await tier(site, command[0], Array(command.dropFirst()), environment: kill.environment(at: number))
                isDone = run.status == 0
                if !isDone { killed += 1 }
                number += command[0] == "promote" ? 3 : 1
                let now = try site.files()
                let ledger = (try? String(contentsOfFile: "\(site.source)/\(Self.ledger)", encoding: .utf8)) ?? ""
                for (path, content) in before {
                    if let there = now[path] {
                        #expect(there == content, "\(command) \(number): \(path)")
                    } else {
                        #expect(ledger.contains("\"path\": \"\(path)\""), "\(command) \(number): \(path)")
                        #expect(try await site.bucket.body(path) == [UInt8](content), "\(command) \(number): \(path)")
                    }
                }
                if number % 8 == 0 {
                    let deploy = try await site.deploy(["--delete", "--max-delete", "100%"])
                    #expect(deploy.status == 0, "\(deploy)")
                    #expect(try await site.bucket.keys() == keys, "\(command) \(number)")
                }
            }
            #expect(isDone)
        }
        #expect(killed > 20, "\(killed)")
        #expect(try await tier(site, "promote").status == 0)
        #expect(try site.files() == before)
    }
}
