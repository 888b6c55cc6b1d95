public import HTTP

/// What providers of credentials reach the outside with; everything is put in.
public struct CredentialParts: Sendable {
    /// Sends requests to STS and to the single sign-on portal.
    public var transport: any HTTPTransport
    /// Sends requests to the machine's or container's own metadata: through no proxy, which would answer for another machine.
    public var local: any HTTPTransport
    /// Time.
    public var clock: S3Clock
    /// Reads files: tokens of web identities, containers and single sign-on.
    public var files: SettingsFiles
    /// The environment that a `credential_process` is started with.
    public var environment: [String: String]
    /// Starts a `credential_process`.
    public var runner: ProcessRunner

    /// Puts the parts together.
    public init(
        transport: any HTTPTransport, local: any HTTPTransport, clock: S3Clock = .system, files: SettingsFiles = .disk,
        environment: [String: String], runner: ProcessRunner = .system
    ) {
        self.transport = transport
        self.local = local
        self.clock = clock
        self.files = files
        self.environment = environment
        self.runner = runner
    }
}
