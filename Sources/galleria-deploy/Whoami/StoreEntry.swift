internal import S3

/// What is known of a store's ways, as `whoami --format json` reports it.
struct StoreEntry: Encodable {
    /// The bounds of uploads in parts.
    struct Multipart: Encodable {
        let minimumPart: Int64
        let maximumPart: Int64
        let maximumParts: Int
        let equalParts: Bool

        enum CodingKeys: String, CodingKey {
            case minimumPart = "minimum_part"
            case maximumPart = "maximum_part"
            case maximumParts = "maximum_parts"
            case equalParts = "equal_parts"
        }
    }

    let name: String
    let listing: Int
    let encodesKeys: Bool
    let etag: String
    let multipart: Multipart
    let conditionalWrites: String
    let cors: Bool
    let encryption: [String]?
    let storageClasses: [String]?
    let batchDeletion: Bool

    enum CodingKeys: String, CodingKey {
        case name, listing, etag, multipart, cors, encryption
        case encodesKeys = "url_encoding"
        case conditionalWrites = "conditional_writes"
        case storageClasses = "storage_classes"
        case batchDeletion = "batch_deletion"
    }

    init(_ profile: ProviderProfile) {
        name = profile.name
        listing = profile.listing == .v2 ? 2 : 1
        encodesKeys = profile.encodesKeys
        etag = profile.etag == .md5 ? "md5" : "opaque"
        multipart = Multipart(
            minimumPart: profile.multipart.minimumPart, maximumPart: profile.multipart.maximumPart,
            maximumParts: profile.multipart.maximumParts, equalParts: profile.multipart.wantsEqualParts)
        conditionalWrites = profile.conditionalWrites == .honoured ? "honoured" : "unproven"
        cors = profile.hasCORS
        encryption = profile.encryption.map { known in ProviderProfile.Encryption.allCases.filter(known.contains).map(\.rawValue) }
        storageClasses = profile.storageClasses
        batchDeletion = profile.batchDeletion != .none
    }
}
