internal import S3
internal import Vocabulary

/// What `whoami --format json` prints: version 1 of its schema.
struct WhoamiDocument: Encodable {
    let version = 1
    let places: [WhoamiEntry]
}

/// One place as `whoami` reports it. It never holds a secret.
struct WhoamiEntry: Encodable {
    /// A value and where it came from.
    struct Said: Encodable {
        let value: String
        let source: String

        init(_ value: String, _ source: SettingSource) {
            self.value = value
            self.source = source.description
        }
    }

    /// Whose keys.
    struct Keys: Encodable {
        /// Where they come from.
        let source: String
        /// The first four characters of the access key's ID, and an ellipsis.
        let key: String?
        /// True where they come with a session token.
        let temporary: Bool?
        /// When they end, in seconds since 1970-01-01T00:00:00Z.
        let expires: Int64?
        let error: String?
    }

    /// Whether the bucket answers.
    struct Answer: Encodable {
        let answers: Bool
        /// The region in which it answered, where that is not the one that was configured.
        let region: String?
        let error: String?
    }

    /// What a fault concerns.
    enum Step {
        case place
        case credentials
        case bucket
    }

    let target: String?
    private(set) var destination: Said?
    private(set) var endpoint: Said?
    private(set) var region: Said?
    private(set) var addressing: Said?
    private(set) var profile: Said?
    /// What kind of store it is, as far as host and answers tell.
    private(set) var store: StoreEntry?
    private(set) var credentials: Keys?
    private(set) var bucket: Answer?
    private(set) var warnings: [String] = []
    private(set) var error: String?
    private(set) var status = ExitStatus.done
    private var configuredRegion = ""
    private var source = ""

    init(target: String?) { self.target = target }

    enum CodingKeys: String, CodingKey {
        case target, destination, endpoint, region, addressing, profile, store, credentials, bucket, warnings, error
    }

    mutating func fill(from place: Place) {
        destination = place.destination.map { Said($0.value.description, $0.source) }
        endpoint = Said(place.endpoint.value.description, place.endpoint.source)
        region = Said(place.region.value, place.region.source)
        let style = place.destination.map { place.endpoint.value.style(for: $0.value.bucket) } ?? place.endpoint.value.style
        addressing = Said(style == .path ? "path" : "virtual-host", place.styleSource)
        profile = Said(place.profile.value, place.profile.source)
        warnings = place.warnings.map(\.description)
        configuredRegion = place.region.value
        source = place.credentialSource.description
    }

    mutating func fill(from found: Credentials, of place: Place) {
        credentials = Keys(
            source: source, key: found.shortKeyID, temporary: found.sessionToken != nil, expires: found.expires, error: nil)
    }

    mutating func bucketAnswers(_ store: S3Client) {
        let region = store.region
        self.store = StoreEntry(store.profile)
        bucket = Answer(answers: true, region: region == configuredRegion ? nil : region, error: nil)
    }

    mutating func fail(_ fault: Fault, at step: Step = .place) {
        status = status.combined(with: fault.status)
        switch step {
        case .place: error = fault.message
        case .credentials: credentials = Keys(source: source, key: nil, temporary: nil, expires: nil, error: fault.message)
        case .bucket: bucket = Answer(answers: false, region: nil, error: fault.message)
        }
    }
}
