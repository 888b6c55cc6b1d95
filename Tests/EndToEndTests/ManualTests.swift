import Foundation
import TestSupport
import Testing

@Suite struct ManualTests {
    /// The long options that a text names.
    private func options(in text: String) -> Set<String> {
        Set(text.matches(of: /(?:^|[^\w-])(--[a-z][a-z-]*)/).map { String($0.1) })
    }

    private static let pages = [
        ["--help"], ["help", "deploy"], ["help", "apply"], ["help", "verify"], ["help", "ls-local"], ["help", "exif"],
        ["help", "exif", "show"],
        ["help", "exif", "write"],
        ["help", "exif", "shift"],
        ["help", "image"], ["help", "image", "info"], ["help", "image", "validate"], ["help", "image", "convert"],
        ["help", "image", "resize"], ["help", "image", "thumbnail"], ["help", "base64"],
        ["help", "cors"],
        ["help", "cors", "check"], ["help", "cors", "show"], ["help", "cors", "plan"], ["help", "cors", "apply"],
        ["help", "cors", "probe"],
        ["help", "config"], ["help", "config", "show"], ["help", "config", "schema"], ["help", "init"], ["help", "whoami"],
        ["help", "history"], ["help", "cdn"], ["help", "cdn", "purge"],
        ["help", "check"], ["help", "layout", "list"], ["help", "layout", "show"], ["help", "layout", "explain"],
        ["help", "ls"], ["help", "stat"], ["help", "exists"], ["help", "cat"], ["help", "get"], ["help", "url"],
        ["help", "hash"], ["help", "presign"], ["help", "put"], ["help", "cp"], ["help", "mv"], ["help", "rm"], ["help", "pull"],
        ["help", "rollback"], ["help", "diff"], ["help", "estimate"], ["help", "stats"], ["help", "discover"],
        ["help", "tier", "plan"], ["help", "tier", "apply"], ["help", "tier", "promote"],
        ["help", "bucket", "check"], ["help", "bucket", "plan"], ["help", "bucket", "apply"],
    ]

    @Test func manualAndHelpNameTheSameOptions() async throws {
        let page = try String(contentsOfFile: PackageFolder.path("man/galleria-deploy.1"), encoding: .utf8).replacing("\\-", with: "-")
        var inHelp: Set<String> = []
        for words in Self.pages {
            let help = try await Program.run([Executable.path] + words)
            #expect(help.status == 0, "\(help)")
            inHelp.formUnion(options(in: help.output))
            // A command that has a page of help has a place in the manual.
            let groups = ["exif", "image", "cors", "config", "cdn"].map { ["help", $0] }
            if words.count > 1, !groups.contains(words) {
                #expect(page.contains(words.dropFirst().joined(separator: " ")), "\(words)")
            }
        }
        #expect(inHelp.contains("--delete"))
        #expect(options(in: page).symmetricDifference(inHelp).isEmpty, "\(options(in: page).symmetricDifference(inHelp).sorted())")
    }

    @Test(arguments: ["0", "1", "2", "3", "4", "5", "6", "64", "130"])
    func manualAndHelpListEachExitStatus(_ status: String) async throws {
        let help = try await Program.run([Executable.path, "--help"])
        #expect(help.output.contains(try Regex("(?m)^ *\(status)\\b")), "\(help)")
        let page = try String(contentsOfFile: PackageFolder.path("man/galleria-deploy.1"), encoding: .utf8)
        #expect(page.contains(try Regex("(?m)^\\.BR? \(status)\\b")))
    }
}
