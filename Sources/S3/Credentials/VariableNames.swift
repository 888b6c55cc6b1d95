/// The environment variables that settings are read from. Names in one list have equal rank: if they differ, that is an error.
enum VariableNames {
    /// The program's own names: `S3_PUBLIC_…`, with `GALLERIA_` in front, and with that also without `PUBLIC`.
    private static func own(_ name: String) -> [String] { ["GALLERIA_S3_PUBLIC_" + name, "S3_PUBLIC_" + name, "GALLERIA_S3_" + name] }

    static let ownEndpoint = own("ENDPOINT")
    static let ownRegion = own("REGION")
    static let ownBucket = own("BUCKET")
    /// Each name pairs only with the one of the same form, so that halves of two pairs are never mixed.
    static let ownKeys = zip(own("ACCESS_KEY"), own("SECRET_KEY")).map { KeyPair(id: $0, secret: $1) }

    static let destination = "GALLERIA_DESTINATION"

    static let awsKeys = [KeyPair(id: "AWS_ACCESS_KEY_ID", secret: "AWS_SECRET_ACCESS_KEY")]
    static let awsToken = ["AWS_SESSION_TOKEN", "AWS_SECURITY_TOKEN"]
    static let awsProfile = ["AWS_PROFILE", "AWS_DEFAULT_PROFILE"]

    // What the programs that this one replaces were configured with: lowest precedence.
    static let aliasKeys = [KeyPair(id: "AWS_ACCESS_KEY", secret: "AWS_ACCESS_SECRET")]
    static let aliasEndpoint = ["AWS_S3_ENDPOINT_URL"]
    static let aliasRegion = ["S3_REGION"]
    static let aliasBucket = [
        "S3_BUCKET_NAME", "AWS_S3_BUCKET_NAME", "AWS_USER_FILES_BUCKET", "AWS_USER_IMAGES_BUCKET", "AWS_OUTFIT_BUCKET",
    ]

    /// Keys and what belongs to them: a group is taken from one place as a whole.
    static let keyGroup = Set((ownKeys + awsKeys + aliasKeys).flatMap { [$0.id, $0.secret] } + awsToken)
    /// The variables that hold a secret.
    static let secrets = Set((ownKeys + awsKeys + aliasKeys).map(\.secret) + awsToken)
    /// Where files go.
    static let placeGroup = Set(
        ownEndpoint + ownBucket + [destination, "AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"] + aliasEndpoint + aliasBucket)

    /// Settings of the replaced programs that mean nothing here, and why: they are named in a warning, so that none is lost unseen.
    static let unused: [(name: String, reason: String)] = [
        ("S3_ENABLE_VERSIONING", "versioning is declared in the configuration's group `bucket:`, and set by `bucket apply`"),
        ("CLOUDFRONT_DISTRIBUTION_ID", "the distribution is named in the configuration's `cdn:`"),
        ("S3_PRESIGNED_URL_EXPIRATION", "`presign` takes --expires"),
        ("S3_PRESIGNED_URL_CACHE_TIMEOUT", "`presign --stable` answers the same address until five minutes before its end"),
    ]
}

/// The names of the two halves of a pair of keys.
struct KeyPair: Sendable, Hashable {
    let id: String
    let secret: String
}

/// Environment variables, read by rank. An empty variable is unset, as for AWS's tools; white space at the ends does not count.
struct Variables: Sendable {
    let all: [String: String]

    init(_ environment: [String: String]) { all = environment }

    subscript(_ name: String) -> String? {
        guard let value = all[name]?.trimmingASCIISpace, !value.isEmpty else { return nil }
        return value
    }

    /// The value of names of equal rank, or the two that disagree.
    func first(of names: [String]) throws(VariableConflict) -> Sourced<String>? {
        var found: (name: String, value: String)?
        for name in names {
            guard let value = self[name] else { continue }
            if let found, found.value != value { throw VariableConflict(one: found.name, other: name) }
            found = found ?? (name, value)
        }
        return found.map { Sourced($0.value, .variable($0.name)) }
    }

    /// True where the variable says yes, as botocore understands it (`ensure_boolean`).
    func isTrue(_ name: String) -> Bool { self[name]?.lowercased() == "true" }
}

/// Two variables of equal rank that are set to different values.
struct VariableConflict: Error {
    let one: String
    let other: String
}
