import Foundation
import Planning
import TestSupport
import Testing
import Vocabulary

/// The same verdicts as `git check-ignore`, rule by rule, on random trees with random patterns.
@Suite(.enabled(if: Git.exists)) struct FilterGitAgreementTests {
    @Test(arguments: 1...25) func agrees(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let tree = RandomTree(&random)
        let folder = try TemporaryFolder("filter")
        for file in tree.files { try folder.write("", to: file) }
        for (path, text) in tree.ignoreFiles { try folder.write(text, to: path.isEmpty ? ".gitignore" : path + "/.gitignore") }
        try Git.run(["init", "-q"], in: folder.path)
        try folder.write(tree.settings, to: ".git/info/exclude")

        let filter = PathFilter(settings: try FilterFile.rules(Array(tree.settings.utf8), path: ".git/info/exclude"))
        var cursor = filter.cursor { folder throws(FilterError) in
            let path = String(decoding: folder, as: UTF8.self)
            let text = tree.ignoreFiles[path] ?? ""
            return try FilterFile.rules(Array(text.utf8), path: path.isEmpty ? ".gitignore" : path + "/.gitignore")
        }
        let expected = try Git.verdicts(of: tree.folders + tree.files, in: folder.path)
        // In byte order as the streams come, then in any order.
        for (path, isFolder) in tree.entries + tree.entries.shuffled(using: &random) {
            let verdict = try cursor.verdict(of: Key(path), isFolder: isFolder)
            #expect(Self.words(verdict) == expected[path], "\(path), seed \(seed)\n\(tree.description)")
        }
    }

    static func words(_ verdict: FilterVerdict) -> String {
        switch verdict {
        case .included(by: nil): "-"
        case .included(let rule?), .excluded(let rule):
            if case .line(let line, let file) = rule.origin { "\(rule.isInclusion ? "!" : "")\(file):\(line)" } else { "?" }
        }
    }
}

enum Git {
    static let exists = (try? run(["--version"], in: "/")) != nil

    @discardableResult static func run(_ arguments: [String], in folder: String, input: Data = Data()) throws -> Data {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["git", "-c", "core.excludesFile=/dev/null"] + arguments
        process.currentDirectoryURL = URL(filePath: folder)
        let (stdin, stdout) = (Pipe(), Pipe())
        process.standardInput = stdin
        process.standardOutput = stdout
        process.standardError = FileHandle.nullDevice
        try process.run()
        try stdin.fileHandleForWriting.write(contentsOf: input)
        try stdin.fileHandleForWriting.close()
        let output = try stdout.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        // check-ignore answers 1 where no path is ignored.
        guard process.terminationStatus <= 1 else { throw CocoaError(.executableLoad) }
        return output
    }

    /// `FILE:LINE` of the rule that decides, with `!` in front where it takes in; "-" where none does.
    static func verdicts(of paths: [String], in folder: String) throws -> [String: String] {
        let input = Data(paths.joined(separator: "\0").utf8)
        let fields = try run(["check-ignore", "--no-index", "--stdin", "-z", "-v", "-n"], in: folder, input: input)
            .split(separator: 0, omittingEmptySubsequences: false).map { String(decoding: $0, as: UTF8.self) }
        var verdicts: [String: String] = [:]
        for start in stride(from: 0, to: fields.count - 3, by: 4) {
            let negation = fields[start + 2].hasPrefix("!") ? "!" : ""
            verdicts[fields[start + 3]] = fields[start].isEmpty ? "-" : "\(negation)\(fields[start]):\(fields[start + 1])"
        }
        return verdicts
    }
}
