import ArgumentParser
import Foundation
import Testing

@testable import galleria_deploy

/// The pages of help, as files to look at. `GALLERIA_RECORD=1` writes them anew, and fails.
@Suite struct HelpTests {
    /// Every command by its words.
    private static func commands(
        of command: any ParsableCommand.Type = GalleriaDeploy.self, _ words: [String] = []
    ) -> [(words: [String], command: any ParsableCommand.Type)] {
        command.configuration.subcommands.flatMap { sub in
            let words = words + [sub.configuration.commandName ?? sub._commandName]
            return [(words, sub)] + commands(of: sub, words)
        }
    }

    @Test func everyPageIsTheRecordedOne() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden/help")
        var pages = ["galleria-deploy": HelpPage.root(columns: 100)]
        for (words, command) in Self.commands() {
            pages[words.joined(separator: "-")] = GalleriaDeploy.helpMessage(for: command, columns: 100)
        }
        if ProcessInfo.processInfo.environment["GALLERIA_RECORD"] != nil {
            try? FileManager.default.removeItem(at: folder)
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            for (name, page) in pages { try Data((page + "\n").utf8).write(to: folder.appending(path: name + ".txt")) }
            Issue.record("recorded \(folder.path); look at the difference and run again without GALLERIA_RECORD")
            return
        }
        #expect(Set(try FileManager.default.contentsOfDirectory(atPath: folder.path)) == Set(pages.keys.map { $0 + ".txt" }))
        for (name, page) in pages {
            let expected = try String(contentsOf: folder.appending(path: name + ".txt"), encoding: .utf8)
            #expect(page + "\n" == expected, "\(name): if that is meant, record it anew: GALLERIA_RECORD=1 swift test --filter HelpTests")
        }
    }

    @Test func commandsStandInGroups() {
        let groups = GalleriaDeploy.configuration.groupedSubcommands
        #expect(groups.map(\.name) == ["Deploy", "Photos", "Bucket", "Objects", "Diagnose"])
        #expect(GalleriaDeploy.configuration.ungroupedSubcommands.isEmpty && groups.allSatisfy { !$0.subcommands.isEmpty })
        let page = HelpPage.root(columns: 100)
        for group in groups {
            #expect(page.contains("\n  \(group.name)\n"))
            for command in group.subcommands { #expect(page.contains("\n    \(command.configuration.commandName ?? "?") ")) }
        }
    }
}
