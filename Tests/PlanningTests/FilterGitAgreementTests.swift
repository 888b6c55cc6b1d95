import Foundation
import Planning
import TestSupport
import Testing
import Vocabulary

/// The same verdicts as `git check-ignore`, rule by rule, on random trees with random patterns.
@Suite(.enabled { try await Git.exists() }) struct FilterGitAgreementTests {
    @Test(arguments: 1...25) func agrees(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let tree = RandomTree(&random)
        let folder = try TemporaryFolder("filter")
        for file in tree.files { try folder.write("", to: file) }
        for (path, text) in tree.ignoreFiles { try folder.write(text, to: path.isEmpty ? ".gitignore" : path + "/.gitignore") }
        try await Git.run(["init", "-q"], in: folder.path)
        try folder.write(tree.settings, to: ".git/info/exclude")

        let filter = PathFilter(settings: try FilterFile.rules(Array(tree.settings.utf8), path: ".git/info/exclude"))
        var cursor = filter.cursor { folder throws(FilterError) in
            let path = String(decoding: folder, as: UTF8.self)
            let text = tree.ignoreFiles[path] ?? ""
            return try FilterFile.rules(Array(text.utf8), path: path.isEmpty ? ".gitignore" : path + "/.gitignore")
        }
        let expected = try await Git.verdicts(of: tree.folders + tree.files, in: folder.path)
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
    static func exists() async throws -> Bool { try await Program.run(["git", "--version"]).status == 0 }

    /// Runs git and answers what it writes; its input is a file, so that no other process can hold it open.
    @discardableResult static func run(_ arguments: [String], in folder: String, input: String = "/dev/null") async throws -> String {
        let words = ["sh", "-c", "exec git -c core.excludesFile=/dev/null \"$@\" < \"$0\"", input] + arguments
        let run = try await Program.run(words, environment: ["GIT_CONFIG_GLOBAL": "/dev/null", "HOME": folder], folder: folder)
        // check-ignore answers 1 where no path is ignored.
        guard run.status <= 1 else { throw Failed(run: run) }
        return run.output
    }

    private struct Failed: Error {
        let run: Program.Run
    }

    /// `FILE:LINE` of the rule that decides, with `!` in front where it takes in; "-" where none does.
    static func verdicts(of paths: [String], in folder: String) async throws -> [String: String] {
        let input = try TemporaryFolder("paths")
        try input.write(paths.joined(separator: "\0"), to: "paths")
        let output = try await run(["check-ignore", "--no-index", "--stdin", "-z", "-v", "-n"], in: folder, input: input.path("paths"))
        let fields = output.split(separator: "\0", omittingEmptySubsequences: false).map(String.init)
        var verdicts: [String: String] = [:]
        for start in stride(from: 0, to: fields.count - 3, by: 4) {
            let negation = fields[start + 2].hasPrefix("!") ? "!" : ""
            verdicts[fields[start + 3]] = fields[start].isEmpty ? "-" : "\(negation)\(fields[start]):\(fields[start + 1])"
        }
        return verdicts
    }
}
