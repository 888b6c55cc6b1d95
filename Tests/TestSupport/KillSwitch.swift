/// Ends a program as `kill -9` does, before or after a certain call that changes a folder (Tests/Servers/kill.c).
package struct KillSwitch {
    private let library: String

    /// Makes the switch in `folder`.
    package init(in folder: TemporaryFolder) async throws { library = try await FailingDisk.library("kill", in: folder) }

    /// What has a program end at the `number`th half of a call: right before the first, right after it, right before the second, and so on.
    package func environment(at number: Int) -> [String: String] { ["LD_PRELOAD": library, "KILL_AT": "\(number)"] }
}
