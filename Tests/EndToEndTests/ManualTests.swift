import Foundation
import TestSupport
import Testing

@Suite struct ManualTests {
    /// The long options that a text names.
    private func options(in text: String) -> Set<String> {
        Set(text.matches(of: /(?:^|[^\w-])(--[a-z][a-z-]*)/).map { String($0.1) })
    }

    @Test func manualAndHelpNameTheSameOptions() async throws {
        let help = try await Program.run([Executable.path, "--help"])
        #expect(help.status == 0, "\(help)")
        let page = try String(contentsOfFile: PackageFolder.path("man/galleria-deploy.1"), encoding: .utf8).replacing("\\-", with: "-")
        let inHelp = options(in: help.output)
        #expect(inHelp.contains("--delete"))
        #expect(options(in: page).symmetricDifference(inHelp).isEmpty)
    }

    @Test(arguments: ["0", "1", "2", "3", "4", "5", "6", "64", "130"])
    func manualAndHelpListEachExitStatus(_ status: String) async throws {
        let help = try await Program.run([Executable.path, "--help"])
        #expect(help.output.contains(try Regex("(?m)^ *\(status)\\b")), "\(help)")
        let page = try String(contentsOfFile: PackageFolder.path("man/galleria-deploy.1"), encoding: .utf8)
        #expect(page.contains(try Regex("(?m)^\\.BR? \(status)\\b")))
    }
}
