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
}
