/// A command of the user's that has the network fetch anew what changed. It is given the addresses, one a line.
public struct PurgeCommand: ContentNetwork {
    private let base: String
    private let run: @Sendable (_ addresses: [String], _ isEverything: Bool) async -> String?

    /// - Parameters:
    ///   - base: the address of the deployed folder as visitors open it, with a slash at its end.
    ///   - run: runs the command; answers how it failed, nil where it did not.
    public init(base: String, run: @escaping @Sendable (_ addresses: [String], _ isEverything: Bool) async -> String?) {
        self.base = base
        self.run = run
    }

    /// How it is called in messages.
    public var name: String { "purge-command" }

    /// What is sent for `entries`, one a line.
    public func lines(_ entries: [PurgeEntry]) -> [String] {
        entries.map { base + ContentAddress.encoded($0.path) + ($0.isFolder ? "*" : "") }
    }

    /// Has it fetch `entries` anew.
    public func purge(_ entries: [PurgeEntry]) async throws(CDNError) {
        if let fault = await run(lines(entries), entries == [.everything]) { throw .command(fault) }
    }
}
