import Configuration
import Foundation
import Testing

/// What is made from the table of settings and committed: the manual's section and the schema that editors use.
@Suite struct GeneratedTests {
    private static let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// With GALLERIA_RECORD set the files are written anew, and the test fails all the same: what was recorded must be looked at.
    private func isCurrent(_ path: String, _ expected: (String) -> String) throws -> Bool {
        let url = Self.package.appending(path: path)
        let found = (try? String(contentsOf: url, encoding: .utf8)) ?? ""
        let text = expected(found)
        if ProcessInfo.processInfo.environment["GALLERIA_RECORD"] != nil {
            try text.write(to: url, atomically: true, encoding: .utf8)
            return false
        }
        return found == text
    }

    @Test func theManualHoldsEverySetting() throws {
        let (begin, end) = (".\\\" BEGIN SETTINGS\n", ".\\\" END SETTINGS\n")
        let isCurrent = try isCurrent("man/galleria-deploy.1") { page in
            guard let start = page.range(of: begin), let stop = page.range(of: end) else { return "no place for the settings" }
            return page[..<start.upperBound] + SettingsManual.roff + page[stop.lowerBound...]
        }
        #expect(isCurrent, "run GALLERIA_RECORD=1 swift test --filter GeneratedTests and look at the difference")
    }

    @Test func theSchemaIsTheTables() throws {
        let isCurrent = try isCurrent("docs/galleria-deploy.schema.json") { _ in SettingsSchema.text }
        #expect(isCurrent, "run GALLERIA_RECORD=1 swift test --filter GeneratedTests and look at the difference")
    }
}
