import Deploy
import Planning
import Synchronization
import Testing
import Vocabulary

@testable import galleria_deploy

/// What is shown of a run, with a clock that the test turns and a terminal that only remembers.
@Suite struct LiveBlockTests {
    private static let start = ContinuousClock.now

    /// A console whose writes are collected, and the time that it and the view go by.
    private final class Stage: Sendable {
        let written = Mutex<[(descriptor: Int32, text: String)]>([])
        let now = Mutex(LiveBlockTests.start)

        func console(isTerminal: Bool, printsText: Bool = true) -> Console {
            let environment = ["TERM": "xterm", "LANG": "C.UTF-8", "NO_COLOR": "1"]
            let terminal = Terminal(environment: environment, isTerminal: isTerminal) { .init(columns: 80, rows: 24) }
            return Console(
                environment: environment, printsText: printsText, terminal: terminal,
                sink: { descriptor, bytes in self.written.withLock { $0.append((descriptor, String(decoding: bytes, as: UTF8.self))) } },
                now: { self.now.withLock { $0 } })
        }

        func view(_ console: Console, quiet: Bool = false) -> DeployView {
            var output = OutputArguments()
            output.quiet = quiet
            output.verbose = 0
            return DeployView(console: console, output: output, isDryRun: false, itemizes: false, prefix: Prefix("")) {
                self.now.withLock { $0 }
            }
        }

        func pass(_ time: Duration) { now.withLock { $0 += time } }
    }

    private static func plan(_ files: [(String, Int64)]) -> Plan {
        var plan = Plan()
        plan.uploads = files.map { name, size in
            PlannedUpload(
                file: LocalFile(path: Key(name), status: FileStatus(size: size, modified: 0, changed: 0, inode: 1, device: 1)),
                reason: .new,
                deployedSize: size, replacedSize: nil)
        }
        return plan
    }

    @Test func aHeartbeatEveryHalfMinute() {
        let stage = Stage()
        let view = stage.view(stage.console(isTerminal: false))
        func beats() -> [String] { stage.written.withLock { $0.map(\.text) } }
        view.note(.surveyed(files: 2048, objects: 1024))
        for _ in 0..<29 {
            stage.pass(.seconds(1))
            view.tick()
        }
        #expect(beats().isEmpty)
        stage.pass(.seconds(1))
        view.tick()
        view.tick()
        #expect(beats() == ["comparing: 2048 files, 1024 objects\n"])
        view.note(.planned(Self.plan([("a", 1000), ("b", 2000)])))
        view.note(.started(Key("a"), size: 1000))
        view.note(.sent(600))
        stage.pass(.seconds(30))
        view.tick()
        #expect(beats().last == "0/2 files, 600 B/3.0 kB, 20 B/s, 2 min 00 s to go  a\n")
        // It stalls, and is heard of all the same.
        stage.pass(.seconds(30))
        view.tick()
        #expect(beats().last == "0/2 files, 600 B/3.0 kB  a\n")
    }

    @Test func aHeartbeatLeavesStandardOutputToTheMachine() {
        let stage = Stage()
        let view = stage.view(stage.console(isTerminal: false, printsText: false))
        stage.pass(.seconds(30))
        view.tick()
        #expect(stage.written.withLock { $0.map(\.descriptor) } == [2])
    }

    @Test(arguments: [true, false]) func quietMeansQuiet(_ isTerminal: Bool) {
        let stage = Stage()
        let view = stage.view(stage.console(isTerminal: isTerminal), quiet: true)
        view.note(.planned(Self.plan([("a", 1000)])))
        view.note(.warning("nobody hears this"))
        stage.pass(.seconds(60))
        view.tick()
        #expect(stage.written.withLock { $0.isEmpty })
    }

    @Test func itIsDrawnTenTimesASecondAtMost() {
        let stage = Stage()
        let console = stage.console(isTerminal: true)
        let view = stage.view(console)
        view.note(.planned(Self.plan((0..<1000).map { ("\($0)", 1000) })))
        let before = stage.written.withLock { $0.count }
        for _ in 0..<1000 {
            view.note(.sent(1000))
            console.print("a message")
            view.tick()
            stage.pass(.milliseconds(1))
        }
        let drawings = stage.written.withLock { $0[before...].count { $0.text.contains("files ") } }
        #expect((9...10).contains(drawings))
        #expect(stage.written.withLock { $0.count { $0.text == "a message\n" } } == 1000)
    }

    @Test func noLineIsAsWideAsTheTerminal() {
        let names = ["a", String(repeating: "x", count: 300), String(repeating: "写", count: 60), "e\u{301}\u{301}", "👩‍👩‍👧‍👦 family.jpg", ""]
        var progress = Progress()
        progress.planned(Self.plan(names.map { ($0, 123_456_789) }), at: Self.start)
        for name in names { progress.started(Key(name), size: 123_456_789) }
        progress.sent(1_234_567)
        for hasUnicode in [true, false] {
            let block = LiveBlock(progress: progress, hasUnicode: hasUnicode, hasColor: false)
            for columns in 1...120 {
                for rows in [1, 2, 3, 5, 24] {
                    let lines = block.lines(.init(columns: columns, rows: rows), at: Self.start + .seconds(3))
                    #expect(lines.allSatisfy { ColumnText.width($0) < max(columns, 2) }, "\(columns) \(lines)")
                    #expect((1...max(1, rows - 1)).contains(lines.count))
                }
            }
        }
    }

    @Test(
        arguments: [
            ("abc", 3), ("写真", 4), ("e\u{301}", 1), ("Ａ", 2), ("\u{200b}", 0), ("ü", 1), ("한국", 4), ("📷", 2),
        ] as [(String, Int)])
    func columnsAreThoseOfTerminals(_ text: String, _ width: Int) { #expect(ColumnText.width(text) == width) }

    @Test(
        arguments: [
            ("abcdef", 6, "abcdef"), ("abcdef", 5, "abcd…"), ("写真写真", 5, "写真…"), ("写真写真", 4, "写…"), ("abc", 1, "."), ("abc", 0, ""),
        ] as [(String, Int, String)])
    func textIsCutToColumns(_ text: String, _ columns: Int, _ cut: String) { #expect(ColumnText.cut(text, to: columns) == cut) }

    @Test(
        arguments: [
            (["LANG": "C.UTF-8"], true), (["LANG": "de_DE.utf8"], true), (["LANG": "C"], false), ([:], false),
            (["LANG": "C.UTF-8", "LC_ALL": "C"], false), (["LANG": "C", "LC_CTYPE": "en_US.UTF-8"], true),
            (["LANG": "C.UTF-8", "LC_ALL": ""], true), (["LANG": "de_DE.UTF-8@euro"], true),
        ] as [([String: String], Bool)])
    func theLocaleSaysWhatCanBeShown(_ environment: [String: String], _ hasUnicode: Bool) {
        #expect(Terminal(environment: environment, isTerminal: true) { .init(columns: 80, rows: 24) }.hasUnicode == hasUnicode)
        #expect(Terminal(environment: environment, isTerminal: false) { .init(columns: 80, rows: 24) }.hasUnicode)
    }
}
