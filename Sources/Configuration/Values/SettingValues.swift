public import Photo
public import Planning
public import Vocabulary

/// Values of the settings as one source gives them: the command line, the environment, or the configuration file. Nil is unsaid.
///
/// What each field is called, how it is read and what it means stands in `SettingTable`.
public struct SettingValues: Sendable {
    /// `source`: the gallery's folder.
    public var source: String?
    /// `destination`: `s3://BUCKET[/PREFIX]`, checked.
    public var destination: String?
    /// `endpoint-url`: the store's address, checked.
    public var endpointURL: String?
    /// `region`: the bucket's region.
    public var region: String?
    /// `profile`: the profile in AWS's files.
    public var profile: String?
    /// `path-style`: the bucket's name stands in the path.
    public var pathStyle: Bool?
    /// `public-url`: where visitors open what is deployed.
    public var publicURL: String?
    /// `cdn-url`: the content delivery network's address in front of the bucket.
    public var cdnURL: String?

    /// `jobs`: how many requests may be in flight at once.
    public var jobs: JobLimit?
    /// `bwlimit`: the most bytes of content sent a second; 0 for no limit.
    public var bwlimit: ByteSize?
    /// `connect-timeout`: the longest that connecting may take.
    public var connectTimeout: Duration?
    /// `stall-timeout`: how long a request may stand still.
    public var stallTimeout: Duration?
    /// `part-size`: the size of the parts that large files are sent in.
    public var partSize: ByteSize?
    /// `buffer-memory`: the most content held in memory on its way.
    public var bufferMemory: ByteSize?
    /// `abort-incomplete`: after how long an upload in parts that was never completed is given up.
    public var abortIncomplete: Duration?
    /// `delete`: objects without a file are removed.
    public var delete: Bool?
    /// `max-delete`: the most that may be removed.
    public var maxDelete: PlanLimit?
    /// `max-overwrite`: the most that may be replaced.
    public var maxOverwrite: PlanLimit?
    /// `delete-excluded`: so are objects that are left out.
    public var deleteExcluded: Bool?
    /// `exclude`: what is left out, and taken in again.
    public var exclude: [FilterRule]?
    /// `min-size`: the fewest bytes of a file.
    public var minSize: ByteSize?
    /// `max-size`: the most bytes of a file.
    public var maxSize: ByteSize?
    /// `unicode`: how characters are written in keys.
    public var unicode: KeyNaming.Spelling?
    /// `key-case`: how letters are written in keys.
    public var keyCase: KeyNaming.LetterCase?
    /// `layout`: how files are named in the bucket.
    public var layout: String?
    /// `layout-from`: what paths tell of the layout's own variables.
    public var layoutFrom: String?
    /// `set`: values of the layout's own variables.
    public var layoutValues: [NameAndValue]?
    /// `map`: the file of keys, metadata and tags by path.
    public var map: String?
    /// `max-file-size`: the most bytes of a file that is sent.
    public var maxFileSize: ByteSize?
    /// `allowed-types`: what files may be by their bytes.
    public var allowedTypes: [MediaTypePattern]?
    /// `check-images`: pictures must be whole.
    public var checkImages: Bool?
    /// `duplicates`: what is done about pictures that are there twice.
    public var duplicates: UploadRules.Duplicates?
    /// `wait-lock`: how long another run is waited for.
    public var waitLock: Duration?
    /// `remote-lock`: a lock is kept in the bucket, too.
    public var remoteLock: Bool?
    /// `dotfiles`: hidden names and leftovers are published.
    public var dotfiles: Bool?
    /// `check-headers`: every object is asked for its headers.
    public var checkHeaders: Bool?
    /// `state`: the file of the local state.
    public var state: String?

    /// What objects are stored with.
    public var headers = HeaderValues()
    /// `headers`: the same for some files, the first that matches decides.
    public var headerRules: [HeaderRuleValues]?
    /// `cache-defaults`: files of which nobody says how long they may be kept are told so by their kind.
    public var cacheDefaults: Bool?
    /// `sse`: how objects are encrypted where they are stored.
    public var encryption: ObjectEncryption?
    /// `sse-key-file`: the file with the key of `sse: customer`.
    public var encryptionKeyFile: String?

    /// `clock-shift`: added to capture times.
    public var clockShift: ClockShift?
    /// `time-zone`: the zone that corrected times are in.
    public var timeZone: CaptureZone?
    /// `camera-zone`: the zone that the camera's clock was set to.
    public var cameraZone: CaptureZone?
    /// `capture-time`: where the offset comes from.
    public var captureTime: CaptureCorrection.OffsetSource?
    /// `capture-times`: the file of absolute capture times.
    public var captureTimes: String?
    /// `rules`: corrections per photo, the first that matches decides.
    public var rules: [RuleValues]?
    /// `privacy`: what is blanked in the deployed copies.
    public var privacy: [PrivacyItem]?
    /// `derivatives`: the pictures that are made of photos.
    public var derivatives: [DerivativeValues]?
    /// `strict-exif`: a photo that cannot be rewritten safely fails.
    public var strictExif: Bool?

    /// `bucket`: what is declared of the bucket itself.
    public var bucket: BucketValues?
    /// `cors`: what is done about the bucket's CORS rules.
    public var cors: CORSPolicy?
    /// `cors-origins`: whose pages read the gallery.
    public var corsOrigins: [String]?
    /// `cors-methods`: how they read it.
    public var corsMethods: [CORSMethod]?
    /// `cors-headers`: the request headers that they may send.
    public var corsHeaders: [String]?
    /// `cors-expose`: the response headers that their scripts may read.
    public var corsExpose: [String]?
    /// `cors-max-age`: how long browsers may keep a preflight's answer, in seconds.
    public var corsMaxAge: Int?

    /// `manifest`: where the manifest is published.
    public var manifest: String?
    /// `manifest-include`: what else it tells.
    public var manifestInclude: [ManifestSetting.Extra]?

    /// `trash`: the folder of the bucket that keeps what is replaced or deleted.
    public var trash: String?
    /// `trash-keep`: for how long.
    public var trashKeep: Duration?

    /// `cdn`: the content delivery networks before the bucket.
    public var cdn: [CDNValues]?

    /// `timeout`: the longest that the command may take.
    public var timeout: Duration?
    /// `on-success`: what is run after a deploy that went well.
    public var onSuccess: String?
    /// `on-failure`: what is run after one that did not.
    public var onFailure: String?
    /// `metrics-file`: what Prometheus reads.
    public var metricsFile: String?
    /// `ping`: whom a healthcheck service is told by.
    public var ping: PingAddress?
    /// `github`: what GitHub Actions shows is written.
    public var github: Bool?
    /// `report`: the page about each run.
    public var report: String?
    /// `log-file`: the file that runs are written down in.
    public var logFile: String?
    /// `log-format`: what its lines are.
    public var logFormat: LogFormat?

    /// Nothing said.
    public init() {}
}
