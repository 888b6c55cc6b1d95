internal import ArgumentParser
internal import Planning

/// How content travels.
struct TransferArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Send at most so much content a second: 500 (KiB), 1.5M, 800KB; 0 for no limit.", valueName: "rate"))
    var bwlimit: DataRate?
}

/// A number of bytes a second, in rsync's syntax: without a unit, KiB.
struct DataRate: ExpressibleByArgument {
    let size: ByteSize

    init?(argument: String) {
        guard let size = ByteSize(argument, unit: 1024) else { return nil }
        self.size = size
    }
}
