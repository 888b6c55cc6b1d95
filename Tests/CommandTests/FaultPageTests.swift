import Foundation
import Testing

/// docs/faults.md names a test for each of its claims, and the test exists.
@Suite struct FaultPageTests {
    private static let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private static func page() throws -> String { try String(contentsOf: package.appending(path: "docs/faults.md"), encoding: .utf8) }

    /// The text of each file of tests, by its name without `.swift`.
    private static func suites() throws -> [String: String] {
        var suites: [String: String] = [:]
        let tests = package.appending(path: "Tests")
        for path in try FileManager.default.subpathsOfDirectory(atPath: tests.path) where path.hasSuffix("Tests.swift") {
            let url = tests.appending(path: path)
            suites[url.deletingPathExtension().lastPathComponent, default: ""] += try String(contentsOf: url, encoding: .utf8)
        }
        return suites
    }

    @Test func eachNamedTestExists() throws {
        let suites = try Self.suites()
        let names = try Self.page().matches(of: /`(\w+Tests)(?:\.(\w+))?`/)
        #expect(names.count > 50)
        for name in names {
            let suite = try #require(suites[String(name.1)], "\(name.1)")
            guard let test = name.2 else { continue }
            let declaration = try Regex("@Test[^@]*func \(test)\\(")
            #expect(suite.contains(declaration), "\(name.1).\(test)")
        }
    }

    @Test func eachRowThatPromisesSomethingNamesATest() throws {
        for line in try Self.page().split(separator: "\n") where line.hasPrefix("| ") {
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            // The matrix of passing faults is followed by a table of its tests.
            if cells.count == 9 || ["fault", "rows"].contains(cells[0]) { continue }
            #expect(cells.last?.contains("Tests") == true, "\(line)")
        }
    }
}
