internal import Planning
internal import Vocabulary

/// All settings: the one place where they are declared. The file's reader, the environment, `config show`, the template, the manual's table and
/// the JSON schema are made from these rows, so that none can say what another does not.
public enum SettingTable {
    /// Every setting of a target, in the order of the manual.
    static let all: [Setting<SettingValues>] =
        place + deploy + layout + uploadRules + published + headers + photos + bucket + network + unattended

    /// What there is to say about every setting of a target, in the order of the manual.
    public static let facts: [SettingFacts] = all.map(\.facts)

    /// What there is to say about every setting of a rule.
    public static let ruleFacts: [SettingFacts] = rules.map(\.facts)

    /// What there is to say about every setting of a header rule.
    public static let headerRuleFacts: [SettingFacts] = headerRules.map(\.facts)

    /// What there is to say about every setting of a content delivery network.
    public static let networkFacts: [SettingFacts] = networks.map(\.facts)

    /// What there is to say about every setting of the group `bucket`.
    public static let bucketFacts: [SettingFacts] = bucketRows.map(\.facts)

    /// What there is to say about every setting of a lifecycle rule.
    public static let lifecycleFacts: [SettingFacts] = lifecycleRows.map(\.facts)

    static let rows = Dictionary(all.map { ($0.name, $0) }) { first, _ in first }
    static let names = Set(rows.keys)
    static let ruleRows = Dictionary(rules.map { ($0.name, $0) }) { first, _ in first }
    static let ruleNames = Set(ruleRows.keys)

    /// The key of the file under which several targets stand.
    static let targetsKey = "targets"
    static let targetsHelp =
        "Several targets, each with a name and settings of its own. Settings at the top level hold for all of them, unless a target says "
        + "otherwise. `galleria-deploy` deploys all, in the order of the file; `galleria-deploy NAME` one."

    static let standardConnectTimeout = Duration.seconds(10)
    static let standardStallTimeout = Duration.seconds(60)
    static let standardBufferMemory: Int64 = 64_000_000
    static let standardAbortIncomplete = Duration.seconds(7 * 86_400)
    static let standardDeleteLimit = "the larger of 10 objects and 25% of the destination"

    static func own(_ name: String) -> Setting<SettingValues>.Variable { .init("GALLERIA_" + name) }

    private static func s3(_ name: String) -> [String] { ["GALLERIA_S3_PUBLIC_" + name, "S3_PUBLIC_" + name, "GALLERIA_S3_" + name] }

    private static let place: [Setting<SettingValues>] = [
        Setting(
            "source", \.source, .path("a folder"), .place,
            help: "The gallery's folder. Its contents are deployed; a slash at the end changes nothing.",
            example: "public", flag: "SOURCE", variables: [own("SOURCE")]),
        Setting(
            "destination", \.destination, .destination, .place,
            help: "The bucket, and the folder in it.",
            example: "s3://my-gallery/2024", flag: "DESTINATION", variables: [own("DESTINATION")],
            ambientVariables: s3("BUCKET") + [
                "S3_BUCKET_NAME", "AWS_S3_BUCKET_NAME", "AWS_USER_FILES_BUCKET", "AWS_USER_IMAGES_BUCKET", "AWS_OUTFIT_BUCKET",
            ]),
        Setting(
            "endpoint-url", \.endpointURL, .endpoint, .place,
            help: "The store's address. A target that names a bucket and no endpoint, here or in its profile, means AWS.",
            example: "https://fsn1.your-objectstorage.com", flag: "--endpoint-url",
            ambientVariables: s3("ENDPOINT") + ["AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL", "AWS_S3_ENDPOINT_URL"]),
        Setting(
            "region", \.region, .text("a region's name"), .place,
            help: "The bucket's region. Many stores' addresses tell it.",
            example: "fsn1", flag: "--region", ambientVariables: s3("REGION") + ["AWS_REGION", "AWS_DEFAULT_REGION", "S3_REGION"]),
        Setting(
            "profile", \.profile, .text("a profile's name"), .place,
            help: "The profile of ~/.aws/credentials and ~/.aws/config to use. Keys never stand in this file.",
            example: "gallery", flag: "--profile", ambientVariables: ["AWS_PROFILE", "AWS_DEFAULT_PROFILE"]),
        Setting(
            "path-style", \.pathStyle, .boolean, .place,
            help: "Put the bucket's name into the path instead of the host name, or (false) never do. Else the store's address decides.",
            example: "true", flag: "--path-style"),
        Setting(
            "public-url", \.publicURL, .address("the address at which visitors open what is deployed"), .place,
            help: "Where visitors open what is deployed. The report ends with it; else it is made from endpoint, bucket and folder.",
            example: "https://photos.example.com", variables: [own("PUBLIC_URL")]),
        Setting(
            "cdn-url", \.cdnURL, .address("the address of a content delivery network"), .place,
            help: "The address of the content delivery network in front of the bucket, which checks of what browsers see go through.",
            example: "https://gallery.b-cdn.net", variables: [own("CDN_URL")]),
    ]

    private static let deploy: [Setting<SettingValues>] = [
        Setting(
            "jobs", \.jobs, .jobs, .deploy,
            help:
                "How many requests may be in flight at once. `auto` begins with 16 and takes more while that is faster, fewer where the store asks for it.",
            standard: "auto", example: "16", flag: "--jobs", variables: [own("JOBS")],
            aliases: [.init("S3_MAX_PARALLEL_UPLOADS")]),
        Setting(
            "bwlimit", \.bwlimit, .rate, .deploy,
            help: "The most content to send a second, as rsync takes it: without a unit in KiB. 0 is no limit.",
            standard: "0", example: "1.5M", flag: "--bwlimit", variables: [own("BWLIMIT")]),
        Setting(
            "connect-timeout", \.connectTimeout, .duration, .deploy,
            help: "The longest that finding the store, connecting and agreeing on encryption may take before it is tried again.",
            standard: standardConnectTimeout.text, example: standardConnectTimeout.text, flag: "--connect-timeout",
            variables: [own("CONNECT_TIMEOUT")]),
        Setting(
            "stall-timeout", \.stallTimeout, .duration, .deploy,
            help: "How long a request may stand still, without a byte either way, before it is given up and tried again.",
            standard: standardStallTimeout.text, example: standardStallTimeout.text, flag: "--stall-timeout",
            variables: [own("STALL_TIMEOUT")]),
        Setting(
            "part-size", \.partSize, .size(PartLayout.allowedSizes), .deploy,
            help: "The size of the parts that large files, from 64 MiB on, are sent in; raised for files that would need more than 10,000.",
            standard: "16M", example: "64M", flag: "--part-size", variables: [own("PART_SIZE")]),
        Setting(
            "buffer-memory", \.bufferMemory, .size(1_000_000...1 << 40), .deploy,
            help: "The most content that is held in memory on its way, all requests together.",
            standard: "64MB", example: "32MB", flag: "--buffer-memory", variables: [own("BUFFER_MEMORY")]),
        Setting(
            "abort-incomplete", \.abortIncomplete, .duration, .deploy,
            help:
                "Uploads in parts that were begun from here so long ago and never completed are given up, so that their parts cost nothing.",
            standard: standardAbortIncomplete.text, example: "1d", flag: "--abort-incomplete", variables: [own("ABORT_INCOMPLETE")]),
        Setting(
            "delete", \.delete, .boolean, .deploy,
            help: "Delete objects below the destination that the source does not have; last, and only if nothing failed.",
            standard: "false", example: "true", flag: "--delete", variables: [own("DELETE")]),
        Setting(
            "max-delete", \.maxDelete, .planLimit, .deploy,
            help: "The most that may be deleted. A plan with more is refused before anything is sent.",
            standard: standardDeleteLimit, example: "40%", flag: "--max-delete", variables: [own("MAX_DELETE")]),
        Setting(
            "max-overwrite", \.maxOverwrite, .planLimit, .deploy,
            help:
                "The most objects that may be replaced by other content. A plan with more is refused before anything is sent. Recommended for "
                + "runs that nobody watches.",
            example: "5%", flag: "--max-overwrite", variables: [own("MAX_OVERWRITE")]),
        Setting(
            "delete-excluded", \.deleteExcluded, .boolean, .deploy,
            help: "Delete also objects that are left out of the deploy: by filters, as hidden names, by size. Implies `delete`.",
            standard: "false", example: "true", flag: "--delete-excluded", variables: [own("DELETE_EXCLUDED")]),
        Setting(
            "exclude", \.exclude, .list(of: .filterRule), .deploy,
            help: "Patterns as in .gitignore of what is left out; `!pattern` takes in again, and the last one that matches decides. "
                + "`--exclude`, `--include`, `--filter-from` and `.galleria-ignore` files rank above.",
            example: "[\"*.xmp\", /drafts/]"),
        Setting(
            "min-size", \.minSize, .byteSize, .deploy,
            help: "Leave out files smaller than this.", example: "1K", flag: "--min-size", variables: [own("MIN_SIZE")]),
        Setting(
            "max-size", \.maxSize, .byteSize, .deploy,
            help: "Leave out files larger than this.", example: "2G", flag: "--max-size", variables: [own("MAX_SIZE")],
            aliases: [.init("MAX_FILE_SIZE")]),
        Setting(
            "unicode", \.unicode, .choice, .deploy,
            help:
                "How keys write characters that Unicode can write in two ways, such as ö: as the files' names do, or (`nfc`) as browsers and "
                + "people type them. Names copied from a Mac are often written the other way. Files that would become one object are an error.",
            standard: "keep", example: "nfc", flag: "--unicode", variables: [own("UNICODE")]),
        Setting(
            "key-case", \.keyCase, .choice, .deploy,
            help:
                "How keys write letters: as the files' names do, or in lower case. Links in pages are not rewritten. Files that would become "
                + "one object are an error.",
            standard: "keep", example: "lower", flag: "--key-case", variables: [own("KEY_CASE")]),
        Setting(
            "wait-lock", \.waitLock, .duration, .deploy,
            help: "How long to wait for another run that deploys to the same destination. Without it, the second run refuses to work.",
            example: "10m", flag: "--wait-lock", variables: [own("WAIT_LOCK")]),
        Setting(
            "remote-lock", \.remoteLock, .boolean, .deploy,
            help:
                "Keep a lock in the bucket, too, against runs on other machines. Needs a store that does conditional writes, which is tried first.",
            standard: "false", example: "true", flag: "--remote-lock", variables: [own("REMOTE_LOCK")]),
        Setting(
            "dotfiles", \.dotfiles, .boolean, .deploy,
            help: "Publish hidden names, version control folders and editor leftovers, too.",
            standard: "false", example: "true", flag: "--dotfiles", variables: [own("DOTFILES")]),
        Setting(
            "check-headers", \.checkHeaders, .boolean, .deploy,
            help: "Ask the bucket for every object's headers, instead of comparing those that the local state has recorded.",
            standard: "false", example: "true", flag: "--check-headers", variables: [own("CHECK_HEADERS")]),
        Setting(
            "state", \.state, .path("a file"), .deploy,
            help: "The file of the local state, which remembers what was deployed. Else it lies in the user's state folder.",
            example: ".galleria-state", variables: [own("STATE")]),
    ]

    private static let photos: [Setting<SettingValues>] = [
        Setting(
            "clock-shift", \.clockShift, .clockShift, .photos,
            help: "Add this to each photo's capture time: a camera four hours fast needs -4h. Holds for photos that no rule matches.",
            standard: "0", example: "-4h", flag: "--clock-shift",
            variables: [own("CLOCK_SHIFT"), .init("GALLERIA_TIMESTAMP_OFFSET_HOURS", WholeHours.shift)]),
        Setting(
            "time-zone", \.timeZone, .zone, .photos,
            help: "The zone that the corrected time is in. It labels the time and never moves it. With `keep` an offset stays as it is.",
            standard: "keep", example: "Europe/Stockholm", flag: "--time-zone",
            variables: [own("TIME_ZONE"), .init("GALLERIA_TARGET_TIMEZONE_OFFSET_HOURS", WholeHours.zone)]),
        Setting(
            "camera-zone", \.cameraZone, .cameraZone, .photos,
            help: "The zone that the camera's clock was set to. With it, times are converted from there to `time-zone`.",
            example: "Europe/Berlin", variables: [own("CAMERA_ZONE")]),
        Setting(
            "capture-time", \.captureTime, .offsetSource, .photos,
            help: "`gps` takes the offset from the difference between the photo's own time and its GPS time.",
            example: "gps", variables: [own("CAPTURE_TIME")]),
        Setting(
            "capture-times", \.captureTimes, .path("a file"), .photos,
            help: "A JSON or CSV file of paths, capture times and, where known, offsets. Such times stand above all shifts.",
            example: "capture-times.csv", variables: [own("CAPTURE_TIMES")]),
        Setting(
            "rules", \.rules, .rules, .photos,
            help: "Corrections per photo; the first rule that matches decides. What a rule leaves out is taken from the target's settings. "
                + "A rule that matches no photo is an error, unless it is optional.",
            example:
                "\n  - model: NIKON D750\n    clock-shift: -4h\n  - path: tokyo/**\n    camera-zone: Europe/Berlin\n    time-zone: Asia/Tokyo"
        ),
        Setting(
            "privacy", \.privacy, .list(of: .choice), .photos,
            help:
                "What is blanked in the deployed copies: where a photo was taken, serial numbers, the embedded thumbnail, names of people.",
            example: "[gps, serial, thumbnail, owner]", variables: [own("PRIVACY")]),
        Setting(
            "derivatives", \.derivatives, .derivatives, .photos,
            help:
                "Pictures that are made of photos and deployed beside them: thumbnails, sizes for the web. They are made with libvips while they are "
                + "sent, and once only: as long as photo and settings stay the same, nothing is made again. They are turned upright, in sRGB, and "
                + "show the corrected time. --delete removes them with their photos.",
            example:
                "\n  - key: thumbs/{stem}.webp\n    size: 400\n  - path: 2024/**\n    key: web/{stem}.jpg\n    size: 2048\n    quality: 82\n    metadata: copyright"
        ),
        Setting(
            "strict-exif", \.strictExif, .boolean, .photos,
            help: "Fail a photo that cannot be rewritten safely, instead of sending it as it is.",
            standard: "false", example: "true", flag: "--strict-exif", variables: [own("STRICT_EXIF")]),
    ]

    private static let bucket: [Setting<SettingValues>] = [
        bucketGroup,
        Setting(
            "cors", \.cors, .choice, .bucket,
            help:
                "Whether the bucket's CORS rules must let browsers read the gallery before anything is sent, or a warning will do, or they are "
                + "not looked at.",
            standard: "require", example: "warn", flag: "--no-cors-check", variables: [own("CORS")]),
        Setting(
            "cors-origins", \.corsOrigins, .list(of: .origin), .bucket,
            help: "The origins whose pages read the gallery.",
            standard: "*", example: "[https://example.com, https://www.example.com]", flag: "--cors-origin",
            variables: [own("CORS_ORIGINS")]),
        Setting(
            "cors-methods", \.corsMethods, .list(of: .choice), .bucket,
            help: "The methods with which those pages read.", standard: "GET, HEAD", example: "[GET, HEAD]"),
        Setting(
            "cors-headers", \.corsHeaders, .list(of: .text("a request header's name, or *")), .bucket,
            help: "The request headers that those pages may send.", standard: "*", example: "[Range, If-None-Match]"),
        Setting(
            "cors-expose", \.corsExpose, .list(of: .text("a response header's name")), .bucket,
            help: "The response headers that those pages' scripts may read.", standard: "ETag", example: "[ETag, Content-Length]"),
        Setting(
            "cors-max-age", \.corsMaxAge, .integer(0...31_536_000), .bucket,
            help: "How long browsers may keep the answer to a preflight, in seconds.", standard: "3600", example: "86400"),
    ]
}
