import Foundation
import TestSupport
import Testing

/// What a person sees in a real terminal: assertions are on the screen that an emulator renders.
@Suite struct TerminalTests {
    private static let names = ["a.txt", "b.txt", "long-" + String(repeating: "n", count: 90) + ".txt", "写真-ü.txt"]

    /// Four files through a proxy that holds them.
    private static func site() async throws -> (Site, FaultProxy) {
        var site = try await Site(.files(Dictionary(uniqueKeysWithValues: names.map { ($0, "12345") })), on: .ministack)
        let proxy = try await FaultProxy(before: site.place)
        site.place = proxy.place
        try await proxy.script(FaultProxy.Rule("hold", on: "PutObject", times: -1))
        return (site, proxy)
    }

    private static func block(_ look: TerminalScreen.Look) -> [String] {
        guard let first = look.screen.firstIndex(where: { $0.hasPrefix("files ") }) else { return [] }
        return Array(look.screen[first...].prefix { !$0.isEmpty })
    }

    @Test func aBlockShowsHowFarItIsAndGoesAway() async throws {
        let (site, proxy) = try await Self.site()
        let terminal = try await site.screen()
        #expect(try await proxy.held(4) == 4)
        let look = try await terminal.look { Self.block($0).count == 6 }
        let block = Self.block(look)
        #expect(block[0] == "files   " + String(repeating: "░", count: 30) + "  0/4", "\(look.text)")
        #expect(block[1].hasPrefix("bytes   ") && block[1].contains("/20 B"), "\(look.text)")
        #expect(block.contains("  a.txt  5 B") && block.contains { $0.hasPrefix("  long-n") && $0.hasSuffix("…  5 B") }, "\(look.text)")
        #expect(look.column == 0 && look.screen[look.row].hasPrefix("files "))
        try await proxy.release()
        #expect(try await terminal.finish() == 0)
        let end = try await terminal.look()
        #expect(!end.lines.contains { $0.hasPrefix("files ") || $0.hasPrefix("bytes ") || $0.hasPrefix("  ") }, "\(end.text)")
        #expect(
            end.lines.first == "4 files to send (20 B), 0 unchanged" && end.lines.contains("uploaded        4 files, 20 B"), "\(end.text)")
        // Its size decides, asked for at each drawing: nothing is left of the block, whatever was its width.
        #expect(!String(decoding: end.bytes, as: UTF8.self).contains("\u{1b}[?25l"))
    }

    @Test func aResizedTerminalHasOneBlockThatFits() async throws {
        let (site, proxy) = try await Self.site()
        let terminal = try await site.screen()
        #expect(try await proxy.held(4) == 4)
        try await terminal.look { Self.block($0).count == 6 }
        for (columns, rows) in [(30, 10), (20, 24), (20, 4), (100, 24)] {
            try await terminal.resize(columns: columns, rows: rows)
            let look = try await terminal.look { look in
                let block = Self.block(look)
                let bar = String(repeating: "░", count: min(30, columns - 14))
                return block.first == "files   \(bar)  0/4" && block.count == min(6, rows - 1) && block.allSatisfy { $0.count < columns }
            }
            #expect(look.screen.count { $0.hasPrefix("files ") } == 1 && look.screen.count { $0.hasPrefix("  a.txt") } <= 1, "\(look.text)")
        }
        try await proxy.release()
        #expect(try await terminal.finish() == 0)
        let end = try await terminal.look()
        #expect(!end.screen.contains { $0.hasPrefix("files ") || $0.hasPrefix("bytes ") }, "\(end.text)")
    }

    @Test(arguments: [20, 40]) func aNarrowTerminalIsEnough(_ columns: Int) async throws {
        let (site, proxy) = try await Self.site()
        let terminal = try await site.screen(columns: columns, rows: 12)
        #expect(try await proxy.held(4) == 4)
        let look = try await terminal.look { Self.block($0).count == 6 }
        #expect(look.screen.allSatisfy { $0.count < columns || $0.hasPrefix("4 files") }, "\(look.text)")
        #expect(Self.block(look).contains { $0.hasPrefix("  a.txt") }, "\(look.text)")
        try await proxy.release()
        #expect(try await terminal.finish() == 0)
    }

    @Test func messagesGoAboveTheBlockAndStayWhole() async throws {
        let files = Dictionary(uniqueKeysWithValues: (100..<300).map { ("f-\($0).txt", "\($0)") })
        var site = try await Site(.files(files), on: .ministack)
        let proxy = try await FaultProxy(before: site.place)
        site.place = proxy.place
        try await proxy.script(FaultProxy.Rule("delay", on: "PutObject", times: -1, ["ms": 50]))
        let terminal = try await site.screen(["-v", "--jobs", "8"], columns: 60, rows: 15)
        try await terminal.look { !Self.block($0).isEmpty && $0.lines.contains { $0.hasPrefix("sent ") } }
        #expect(try await terminal.finish() == 0)
        let look = try await terminal.look()
        let sent = look.lines.filter { $0.hasPrefix("sent ") }
        #expect(Set(sent) == Set(files.keys.map { "sent \($0) (new, 3 B)" }) && sent.count == files.count)
        let others = look.lines.filter { !$0.hasPrefix("sent ") }
        #expect(others.first == "200 files to send (600 B), 0 unchanged" && others.count < 12, "\(others)")
        // Drawn at most ten times a second.
        #expect(String(decoding: look.bytes, as: UTF8.self).contains("\u{1b}[K"))
    }

    @Test func controlCIsSaidAboveTheBlock() async throws {
        let (site, proxy) = try await Self.site()
        let terminal = try await site.screen(["--jobs", "1"])
        #expect(try await proxy.held() == 1)
        try await terminal.look { !Self.block($0).isEmpty }
        try await terminal.type("\u{3}")
        try await terminal.look { $0.lines.contains { $0.hasPrefix("interrupted: no more is begun") } }
        try await proxy.release()
        #expect(try await terminal.finish() == 130)
        let end = try await terminal.look()
        #expect(!end.lines.contains { $0.hasPrefix("files ") || $0.contains("░") }, "\(end.text)")
        #expect(end.lines.contains { $0.contains("actions left (") || $0.contains("action left (") }, "\(end.text)")
    }

    @Test func aSecondSignalLeavesACleanTerminal() async throws {
        let (site, proxy) = try await Self.site()
        let terminal = try await site.screen()
        #expect(try await proxy.held(4) == 4)
        try await terminal.look { Self.block($0).count == 6 }
        try await terminal.type("\u{3}")
        try await terminal.look { $0.lines.contains { $0.hasPrefix("interrupted: no more is begun") } }
        try await terminal.type("\u{3}")
        #expect(try await terminal.finish() == 130)
        let end = try await terminal.look()
        #expect(!end.lines.contains { $0.hasPrefix("files ") || $0.contains("░") }, "\(end.text)")
    }

    @Test(arguments: [["TERM": "dumb"], ["TERM": ""]]) func aDumbTerminalGetsPlainLines(_ environment: [String: String]) async throws {
        let (site, proxy) = try await Self.site()
        let terminal = try await site.screen(["-v"], environment: environment)
        #expect(try await proxy.held(4) == 4)
        try await proxy.release()
        #expect(try await terminal.finish() == 0)
        let look = try await terminal.look()
        #expect(!look.bytes.contains(0x1b) && look.lines.contains("sent a.txt (new, 5 B)"), "\(look.text)")
    }

    /// no-color.org, bixense.com/clicolors.
    @Test(
        arguments: [
            ([:], true), (["NO_COLOR": "1"], false), (["NO_COLOR": ""], true), (["CLICOLOR": "0"], false),
            (["CLICOLOR": "0", "CLICOLOR_FORCE": "1"], true), (["NO_COLOR": "1", "CLICOLOR_FORCE": "1"], false),
        ] as [([String: String], Bool)])
    func coloursAreTheUsersChoice(_ environment: [String: String], _ hasColor: Bool) async throws {
        let site = try await Site(.files(["a.txt": "a", "empty.jpg": ""]), on: .ministack)
        let terminal = try await site.screen(environment: environment)
        #expect(try await terminal.finish() == 1)
        let look = try await terminal.look()
        let text = String(decoding: look.bytes, as: UTF8.self)
        #expect(text.contains("\u{1b}[31mfailed:\u{1b}[0m empty.jpg") == hasColor && text.contains("\u{1b}[3") == hasColor, "\(text)")
    }

    @Test func coloursCanBeForcedIntoAFile() async throws {
        let site = try await Site(.files(["empty.jpg": ""]), on: .ministack)
        #expect(try await site.deploy().errors.hasPrefix("failed: empty.jpg"))
        #expect(try await site.deploy(environment: ["CLICOLOR_FORCE": "1"]).errors.hasPrefix("\u{1b}[31mfailed:\u{1b}[0m empty.jpg"))
    }

    @Test(arguments: [["LANG": "C"], ["LANG": ""], ["LC_ALL": "POSIX"], ["LC_CTYPE": "de_DE.ISO-8859-1"]])
    func whereTheLocaleIsNotUTF8AllIsASCII(_ environment: [String: String]) async throws {
        let (site, proxy) = try await Self.site()
        let terminal = try await site.screen(["-v"], environment: environment)
        #expect(try await proxy.held(4) == 4)
        let look = try await terminal.look { Self.block($0).count == 6 }
        #expect(Self.block(look)[0].hasPrefix("files   ......") && Self.block(look).contains("  ??-?.txt  5 B"), "\(look.text)")
        try await proxy.release()
        #expect(try await terminal.finish() == 0)
        let end = try await terminal.look()
        #expect(end.bytes.allSatisfy { $0 < 0x80 } && end.lines.contains("sent ??-?.txt (new, 5 B)"), "\(end.text)")
        #expect(try await site.bucket.keys().contains("写真-ü.txt"))
    }
}
