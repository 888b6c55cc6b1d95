import Foundation
import Testing

/// Compares what is generated with a file of the project. `GALLERIA_RECORD=1` writes the file instead, and fails the test, so that nobody takes
/// a recording for a pass.
func expectGolden(_ text: String, _ path: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let url = URL(filePath: #filePath).deletingLastPathComponent().appending(path: path).standardized
    if ProcessInfo.processInfo.environment["GALLERIA_RECORD"] == "1" {
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
        Issue.record("recorded \(url.path); run again without GALLERIA_RECORD", sourceLocation: sourceLocation)
        return
    }
    let expected = try String(contentsOf: url, encoding: .utf8)
    let lines = zip(
        text.split(separator: "\n", omittingEmptySubsequences: false), expected.split(separator: "\n", omittingEmptySubsequences: false))
    let difference = lines.enumerated().first { $0.element.0 != $0.element.1 }.map { "line \($0.offset + 1): \($0.element.0)" }
    #expect(
        text == expected, "\(path) differs: \(difference ?? "in length"). If that is meant, record it anew: GALLERIA_RECORD=1",
        sourceLocation: sourceLocation)
}
