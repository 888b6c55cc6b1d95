internal import ArgumentParser

/// Options that mean what they mean in rsync(1), and those of its options that a deploy has no use for.
struct RsyncArguments: ParsableArguments {
    @Flag(name: [.customShort("i"), .long], help: "Print a line for each change, in eleven characters and the key, as rsync does.")
    var itemizeChanges = false

    @Flag(name: [.customShort("c"), .long], help: "Hash every file anew, whatever the local state remembers of it.")
    var checksum = false

    @Flag(help: "Replace nothing: send only files that the bucket has no object for.")
    var ignoreExisting = false

    @Flag(help: "Leave out symbolic links that lead out of the source.")
    var safeLinks = false

    @Flag(name: .customShort("a"), help: "Accepted: folders are always walked to their ends.")
    var archive = false

    @Flag(name: .customShort("r"), help: "Accepted, like -a.")
    var recursive = false

    @Flag(name: .customShort("t"), help: "Accepted: content decides, and times take no part.")
    var times = false

    @Flag(name: .customShort("z"), help: "Accepted: photos do not shrink, and a store keeps what it is sent.")
    var compress = false

    @Flag(name: .customShort("P"), help: "Accepted: progress is shown on every terminal, and what is left of a transfer is gone on with.")
    var partialProgress = false

    @Flag(name: .customLong("size-only"), help: "Refused: a corrected photo has the size of the wrong one.")
    var sizeOnly = false

    @Flag(name: [.customShort("u"), .customLong("update")], help: "Refused: an object's time is that of its upload, and says nothing.")
    var update = false

    func validate() throws {
        if sizeOnly {
            throw ValidationError(
                "--size-only would leave wrong photos in public: a corrected capture time changes no size. Content is compared by hash, and a file that has not changed is not read again."
            )
        }
        if update {
            throw ValidationError(
                "--update compares times, and an object's time is that of its upload, whatever it holds. Content is compared by hash instead; --ignore-existing sends only what is new."
            )
        }
    }

    /// What is to be said with -v of options that change nothing here.
    var remarks: [String] {
        [
            (archive || recursive, "-a, -r: nothing to do, folders are always walked to their ends"),
            (times, "-t: nothing to do, content decides and times take no part"),
            (compress, "-z: nothing to do, photos do not shrink and a store keeps what it is sent"),
            (partialProgress, "-P: nothing to do, progress is shown on every terminal"),
        ].filter(\.0).map(\.1)
    }
}
