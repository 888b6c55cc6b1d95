internal import ArgumentParser
internal import Vocabulary

/// How addresses are signed.
struct SigningArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp("How long a signed address is valid: 15m, 12h, at most 7d (default: 1h).", valueName: "time"),
        transform: DurationOption.parse)
    var expires: Duration?

    @Flag(
        help:
            "Answer the same signed address again until five minutes before it expires, so that browsers can cache. It is kept in the local state."
    )
    var stable = false

    @Flag(help: "With --stable: sign anew, and keep that from now on.")
    var fresh = false

    /// True where anything was said.
    var isUsed: Bool { expires != nil || stable || fresh }

    func validate() throws {
        if fresh, !stable { throw ValidationError("--fresh goes with --stable; without it every address is signed anew.") }
        guard let expires else { return }
        if expires < .seconds(1) { throw ValidationError("--expires takes a second or more.") }
        if expires > .seconds(604_800) {
            throw ValidationError("--expires takes at most 7d: no signature in an address is valid for longer.")
        }
    }
}
