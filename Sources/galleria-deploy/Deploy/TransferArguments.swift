internal import ArgumentParser
internal import Planning

/// How content travels.
struct TransferArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Send at most so much content a second: 500 (KiB), 1.5M, 800KB; 0 for no limit.", valueName: "rate"))
    var bwlimit: DataRate?

    @Option(
        help: ArgumentHelp(
            "Send files of 64 MiB and more in parts of this size, 5M to 5G (default: 16M).", valueName: "size"))
    var partSize: ByteSize?

    @Option(help: ArgumentHelp("Hold at most so much content in memory on its way (default: 64MB).", valueName: "size"))
    var bufferMemory: ByteSize?

    @Option(
        help: ArgumentHelp(
            "Give up uploads in parts that were begun from here so long ago and never completed (default: 7d).", valueName: "age"),
        transform: DurationOption.parse)
    var abortIncomplete: Duration?

    func validate() throws {
        if let partSize, !PartLayout.allowedSizes.contains(partSize.bytes) {
            throw ValidationError("--part-size takes 5M to 5G, not \(partSize) bytes.")
        }
        if let bufferMemory, !(1_000_000...1 << 40).contains(bufferMemory.bytes) {
            throw ValidationError("--buffer-memory takes 1MB to 1T, not \(bufferMemory) bytes.")
        }
    }
}

/// A number of bytes a second, in rsync's syntax: without a unit, KiB.
struct DataRate: ExpressibleByArgument {
    let size: ByteSize

    init?(argument: String) {
        guard let size = ByteSize(argument, unit: 1024) else { return nil }
        self.size = size
    }
}
