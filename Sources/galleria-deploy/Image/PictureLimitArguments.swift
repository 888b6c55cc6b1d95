internal import ArgumentParser
internal import Planning
internal import Picture
internal import Vocabulary

/// How much may be decoded.
struct PictureLimitArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp("Refuse pictures of more million pixels a frame, by their header (default: 256).", valueName: "millions"))
    var maxPixels: Int?

    @Option(help: ArgumentHelp("Refuse pictures whose decoding takes more memory (default: 512MiB).", valueName: "size"))
    var maxMemory: ByteSize?

    func validate() throws {
        if let maxPixels, !(1...100_000).contains(maxPixels) { throw ValidationError("--max-pixels takes 1 to 100000 million.") }
    }

    var limits: PictureLimits {
        var limits = PictureLimits.standard
        if let maxPixels { limits.pixels = maxPixels * 1_000_000 }
        if let maxMemory { limits.memory = Int(clamping: maxMemory.bytes) }
        return limits
    }
}
