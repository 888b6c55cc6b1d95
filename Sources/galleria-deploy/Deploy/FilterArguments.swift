internal import ArgumentParser
internal import Foundation
internal import Glibc
internal import Planning
internal import Source
internal import Vocabulary

/// What is left out. Patterns may begin with a minus.
struct FilterArguments: ParsableArguments {
    @Option(
        name: .customLong("exclude"), parsing: .unconditionalSingleValue,
        help: ArgumentHelp(
            "Leave out what matches, as in .gitignore. Of all --exclude, --include and --filter-from the last that matches decides.",
            valueName: "pattern"))
    var excludes: [String] = []

    @Option(
        name: .customLong("include"), parsing: .unconditionalSingleValue,
        help: ArgumentHelp("Take in again what an earlier rule leaves out.", valueName: "pattern"))
    var includes: [String] = []

    @Option(
        name: .customLong("filter-from"), parsing: .unconditionalSingleValue,
        help: ArgumentHelp(
            "Read such rules from a file: “pattern” or “- pattern” leaves out, “!pattern” or “+ pattern” takes in.", valueName: "file"))
    var filterFiles: [String] = []

    @Option(
        help: ArgumentHelp(
            "Deploy only what this file names: paths below the source, one a line or separated by NUL bytes; - is standard input.",
            valueName: "file"))
    var filesFrom: String?

    @Option(help: ArgumentHelp("Leave out files smaller than this: 500, 10K, 1.5M, 2GiB.", valueName: "size"))
    var minSize: ByteSize?

    @Option(help: ArgumentHelp("Leave out files larger than this.", valueName: "size"))
    var maxSize: ByteSize?

    /// The rules of the options in the order of the command line, which decides what they mean; `words` are all of its words.
    func rules(in words: some Collection<String>) throws -> [FilterRule] {
        guard let found = FilterWords(words, excludes: excludes, includes: includes, files: filterFiles) else {
            throw Fault(
                .usage,
                "the order of --exclude, --include and --filter-from cannot be told. Write each with “=”, such as --exclude='*.tmp', and the values of other options so, too."
            )
        }
        var rules: [FilterRule] = []
        for word in found.words {
            let isFile = word.option == "--filter-from"
            let bytes = isFile ? try Self.bytes(ofFile: word.value, for: word.option) : Data()
            do throws(FilterError) {
                if isFile {
                    rules += try FilterFile.rules(bytes, path: word.value, syntax: .signed)
                } else {
                    rules.append(try FilterRule(option: word.option, pattern: word.value))
                }
            } catch {
                throw Fault(isFile ? .configuration : .usage, error.description)
            }
        }
        return rules
    }

    /// The paths of `--files-from`; nil where it is not given.
    func paths() throws -> FilesFrom? {
        guard let filesFrom else { return nil }
        let bytes = try Self.bytes(ofFile: filesFrom, for: "--files-from")
        do throws(FilesFrom.SyntaxError) { return try FilesFrom(bytes) } catch {
            throw Fault(.configuration, "--files-from: \(filesFrom.escapedForTerminal): \(error)")
        }
    }

    private static func bytes(ofFile path: String, for option: String) throws -> Data {
        if path == "-" { return FileHandle.standardInput.readDataToEndOfFile() }
        guard let file = fopen(path, "rbe") else { throw unreadable(path, option) }
        defer { fclose(file) }
        var bytes = Data()
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = fread(&buffer, 1, buffer.count, file)
            bytes.append(contentsOf: buffer[..<count])
            if count == 0 { break }
        }
        guard ferror(file) == 0 else { throw unreadable(path, option) }
        return bytes
    }

    private static func unreadable(_ path: String, _ option: String) -> Fault {
        let cause = SystemCause(errno)
        return Fault(.configuration, "\(option): \(path.escapedForTerminal) cannot be read: \(cause). Check the path and its permissions.")
    }
}
