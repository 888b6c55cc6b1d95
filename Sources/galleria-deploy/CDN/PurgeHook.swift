internal import Foundation

/// The user's command that purges: run as hooks are, the addresses on its standard input.
struct PurgeHook: Sendable {
    let command: String
    let environment: [String: String]

    /// Runs it; answers how it failed.
    func run(_ addresses: [String], isEverything: Bool) async -> String? {
        let file = FileManager.default.temporaryDirectory.appending(path: "galleria-purge-\(UUID().uuidString)")
        let text = addresses.map { $0 + "\n" }.joined()
        guard FileManager.default.createFile(atPath: file.path, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600]) else {
            return
                "the list of addresses cannot be written to \(file.deletingLastPathComponent().path); set TMPDIR to a folder that can be written to"
        }
        defer { try? FileManager.default.removeItem(at: file) }
        var hook = Hook(
            name: "purge-command", command: command,
            environment: environment.merging([
                "GALLERIA_PURGE_COUNT": "\(addresses.count)", "GALLERIA_PURGE_ALL": isEverything ? "1" : "0",
            ]) { $1 })
        hook.input = file.path
        guard let warning = await hook.run() else { return nil }
        // A hook's warning is a sentence about it.
        let words = warning.hasPrefix("warning: purge-command ") ? String(warning.dropFirst("warning: purge-command ".count)) : warning
        return words.hasSuffix(".") ? String(words.dropLast()) : words
    }
}
