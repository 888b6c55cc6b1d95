internal import ArgumentParser
internal import Photo
internal import Planning
internal import Vocabulary

/// Where the bucket is and who asks. Shared by all commands that talk to a bucket.
struct ConnectionArguments: ParsableArguments {
    @Option(help: ArgumentHelp("The store's address, such as https://fsn1.your-objectstorage.com.", valueName: "url"))
    var endpointURL: String?

    @Option(help: ArgumentHelp("The bucket's region.", valueName: "name"))
    var region: String?

    @Option(help: ArgumentHelp("The profile of ~/.aws/credentials and ~/.aws/config to use.", valueName: "name"))
    var profile: String?

    @Flag(help: "Put the bucket's name into the path instead of the host name.")
    var pathStyle = false

    @Flag(help: "Put the bucket's name into the host name, where it can stand there.")
    var virtualHostStyle = false

    @Option(
        help: ArgumentHelp("Add the variables of this file, such as .env, to the environment, which stays above it.", valueName: "file"))
    var envFile: String?

    @Flag(
        name: .customLong("no-verify-tls"),
        help: "Take any certificate for the store's: whoever sits between may read and change everything.")
    var skipsVerification = false

    @Option(help: ArgumentHelp("How many requests may be in flight at once: auto, or 1 to 256 (default: auto).", valueName: "n"))
    var jobs: JobLimit?

    @Option(help: ArgumentHelp("The longest that connecting may take (default: 10s).", valueName: "time"), transform: DurationOption.parse)
    var connectTimeout: Duration?

    @Option(
        help: ArgumentHelp("How long a request may stand still before it is tried again (default: 1m).", valueName: "time"),
        transform: DurationOption.parse)
    var stallTimeout: Duration?

    func validate() throws {
        if pathStyle, virtualHostStyle { throw ValidationError("--path-style and --virtual-host-style exclude each other.") }
    }
}

/// How photos are corrected. Values that start with a minus may follow after a space.
struct PhotoArguments: ParsableArguments {
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Add this to each photo's capture time: -4h, 1d2h, -90m, +00:00:30.", valueName: "shift"))
    var clockShift: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("The zone that the corrected time is in: keep, +02:00, or a name such as Europe/Stockholm.", valueName: "zone"))
    var timeZone: String?

    @Option(
        parsing: .singleValue,
        help: ArgumentHelp("Blank this in the deployed copies: gps, serial, thumbnail or owner. May be repeated.", valueName: "item"))
    var privacy: [PrivacyItem] = []

    @Flag(help: "Fail a photo that cannot be rewritten safely, instead of sending it as it is.")
    var strictExif = false
}

/// How much is said.
struct OutputArguments: ParsableArguments {
    @Flag(name: .shortAndLong, help: "Print failures only.")
    var quiet = false

    @Flag(
        name: .shortAndLong,
        help: "Print a line for each file. Twice, as -vv: requests and answers too, without signatures, tokens and keys.")
    var verbose: Int
}

/// Everything that `deploy` takes.
struct DeployArguments: ParsableArguments {
    @Argument(help: ArgumentHelp("The gallery's folder. Its contents are deployed; a trailing slash changes nothing.", valueName: "source"))
    var source: String?

    @Argument(help: ArgumentHelp("The bucket, and the folder in it: s3://BUCKET[/PREFIX].", valueName: "destination"))
    var destination: String?

    @Option(
        help: ArgumentHelp(
            "The configuration file (default: the nearest galleria-deploy.yml at or above the working folder).", valueName: "file"))
    var config: String?

    @Flag(name: [.customShort("n"), .long], help: "Print what would be done and change nothing in the bucket.")
    var dryRun = false

    @Flag(help: "With --dry-run: exit with status 2 where changes are pending.")
    var exitCode = false

    @Option(help: ArgumentHelp("With --dry-run: save the plan in this file, for apply to carry out.", valueName: "file"))
    var planOut: String?

    @Flag(
        inversion: .prefixedNo,
        help:
            "Delete objects below the prefix that the source does not have; last, and only if nothing failed. --no-delete overrules the file."
    )
    var delete: Bool?

    @Option(
        help: ArgumentHelp(
            "The most that --delete may remove: a number, or a share such as 40% (default: the larger of 10 and 25%).", valueName: "limit"))
    var maxDelete: PlanLimit?

    @Option(
        help: ArgumentHelp(
            "The most objects that may be replaced by other content: a number, or a share such as 5% (default: any).", valueName: "limit"))
    var maxOverwrite: PlanLimit?

    @Flag(help: "Delete also objects that are left out: by filters, as hidden names, by size. Implies --delete.")
    var deleteExcluded = false

    @Option(
        help: ArgumentHelp("Wait so long for another run on the same destination, such as 10m (default: refuse).", valueName: "time"),
        transform: DurationOption.parse)
    var waitLock: Duration?

    @Flag(help: "Keep a lock in the bucket, too, against runs on other machines.")
    var remoteLock = false

    @Flag(
        inversion: .prefixedNo,
        help: "Publish hidden names, version control folders and editor leftovers, too. --no-dotfiles overrules the file.")
    var dotfiles: Bool?

    @Option(
        help: ArgumentHelp(
            "Remember in this file what was hashed and sent (default: a file for each source and destination below ~/.local/state).",
            valueName: "file"))
    var state: String?

    @Flag(help: "Neither use nor write a local state: every file is read.")
    var noState = false

    @Flag(help: "Ask the bucket for every object's headers, instead of comparing those that the local state has recorded.")
    var checkHeaders = false

    @Flag(
        help:
            "Take over what other programs deployed: read objects that nothing else tells of, instead of sending their files, and let --delete remove such objects."
    )
    var adopt = false

    @Flag(help: "Send every new file, instead of copying on the server what the bucket has under another key.")
    var noCopy = false

    @Option(
        help: ArgumentHelp(
            "Deploy one of N parts of the gallery, so that N machines can share the work: 1/4, 2/4, 3/4 and 4/4 are the whole.",
            valueName: "i/n"))
    var shard: Shard?

    @OptionGroup(title: "Filters")
    var filters: FilterArguments

    @OptionGroup(title: "Names in the bucket")
    var names: NameArguments

    @OptionGroup(title: "Checks before sending")
    var uploadRules: UploadRuleArguments

    @OptionGroup(title: "As in rsync")
    var rsync: RsyncArguments

    @OptionGroup(title: "Headers and storage")
    var headers: HeaderArguments

    @OptionGroup(title: "Photos")
    var photos: PhotoArguments

    @OptionGroup(title: "Pictures made of photos")
    var derivatives: DerivativeArguments

    @Flag(help: "Create the bucket first where it does not exist.")
    var createBucket = false

    @Flag(help: "Set the bucket's CORS rules first where they do not suffice; foreign rules are kept.")
    var setupCors = false

    @Flag(help: "Neither check nor set CORS rules.")
    var noCorsCheck = false

    @Option(
        name: .customLong("cors-origin"),
        help: ArgumentHelp(
            "An origin whose pages read the gallery, such as https://example.com (default: any). May be repeated.", valueName: "origin"))
    var corsOrigins: [String] = []

    @Flag(
        help:
            "Fetch a page and a photo afterwards as visitors do, and fail where they do not get what was deployed (with public-url or cdn-url, a warning without this)."
    )
    var checkPublic = false

    @Option(
        help: ArgumentHelp(
            "Publish a manifest of all objects at this path below the destination, last, and only if nothing failed.", valueName: "path"))
    var manifest: String?

    @Option(
        help: ArgumentHelp(
            "Keep objects in this folder of the bucket before they are replaced or deleted, for rollback.", valueName: "folder"))
    var trash: String?

    @Option(
        help: ArgumentHelp("How long --trash keeps them (default: 30d).", valueName: "time"), transform: DurationOption.parse)
    var keep: Duration?

    @Flag(help: "Do not tell content delivery networks what changed; it is remembered for the next run, or cdn purge.")
    var noPurge = false

    @OptionGroup(title: "Connection")
    var connection: ConnectionArguments

    @OptionGroup(title: "Transfer")
    var transfer: TransferArguments

    @OptionGroup(title: "Output")
    var output: OutputArguments

    @OptionGroup(title: "Reports and logs")
    var log: LogArguments

    @OptionGroup(title: "Unattended")
    var unattended: UnattendedArguments

    func validate() throws {
        if state != nil, noState { throw ValidationError("--state and --no-state exclude each other.") }
        if setupCors, noCorsCheck { throw ValidationError("--setup-cors and --no-cors-check exclude each other.") }
        if delete == false, deleteExcluded { throw ValidationError("--no-delete and --delete-excluded exclude each other.") }
        if checkPublic, dryRun { throw ValidationError("--check-public looks at what was deployed; leave --dry-run out.") }
        if planOut != nil, !dryRun {
            throw ValidationError("--plan-out goes with --dry-run; galleria-deploy apply FILE carries the plan out.")
        }
        if exitCode, !dryRun { throw ValidationError("--exit-code goes with --dry-run.") }
        if output.quiet, output.verbose > 0 { throw ValidationError("--quiet and --verbose exclude each other.") }
    }
}
