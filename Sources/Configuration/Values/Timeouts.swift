/// How long a request may take in its stages.
public struct Timeouts: Sendable, Hashable {
    /// The longest that resolving, connecting and the TLS handshake may take together.
    public let connect: Duration
    /// How long a request may stand still.
    public let stall: Duration

    /// Those that are given, and the usual ones for the rest.
    public init(connect: Duration? = nil, stall: Duration? = nil) {
        self.connect = connect ?? SettingTable.standardConnectTimeout
        self.stall = stall ?? SettingTable.standardStallTimeout
    }

    /// How long a single read of a file may take. Longer than a request may stand still: a disk that was asleep takes seconds, and the network is given
    /// another try, which a file that is given up is not.
    public var read: Duration { max(.seconds(10), stall * 2) }
}
