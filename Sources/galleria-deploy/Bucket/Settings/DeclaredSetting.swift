internal import Bucket
internal import Configuration
internal import S3
internal import Vocabulary

/// One setting that the configuration declares of the bucket.
enum DeclaredSetting {
    /// What each is called, in the order in which they are looked at.
    enum Name: String, Encodable {
        case cors
        case lifecycle
        case versioning
        case encryption
        case policy
        case website
        case tags
    }

    case cors(CORSNeeds)
    case lifecycle([LifecycleRule])
    case versioning(BucketVersioning)
    case encryption(algorithm: String, keyID: String?)
    case policy(PolicyWish)
    case website(index: String?, error: String?)
    case tags([BucketTag])

    var name: Name {
        switch self {
        case .cors: .cors
        case .lifecycle: .lifecycle
        case .versioning: .versioning
        case .encryption: .encryption
        case .policy: .policy
        case .website: .website
        case .tags: .tags
        }
    }

    /// Everything that is declared of the session's bucket.
    static func all(of session: BucketSession) throws -> [DeclaredSetting] {
        var all: [DeclaredSetting] = []
        if session.settings.cors != .off { all.append(.cors(try session.settings.corsNeeds())) }
        guard let values = session.settings.values.bucket else { return all }
        if let rules = values.lifecycle { all.append(.lifecycle(try rules.map { try rule($0, in: session.address.prefix) })) }
        if let versioning = values.versioning { all.append(.versioning(versioning)) }
        switch values.encryption {
        case .store: all.append(.encryption(algorithm: "AES256", keyID: nil))
        case .managed(let key): all.append(.encryption(algorithm: "aws:kms", keyID: key))
        case .customer, nil: break
        }
        if values.publicRead != nil || values.tlsOnly != nil {
            all.append(.policy(PolicyWish(publicRead: values.publicRead, tlsOnly: values.tlsOnly)))
        }
        if values.websiteIndex != nil || values.websiteError != nil {
            all.append(.website(index: values.websiteIndex, error: values.websiteError))
        }
        if let tags = values.tags { all.append(.tags(tags.map { BucketTag(name: $0.name, value: $0.value) })) }
        return all
    }

    /// A rule of the configuration as a rule of the bucket: it holds for the target's folder only.
    private static func rule(_ values: LifecycleValues, in folder: Prefix) throws -> LifecycleRule {
        let id = LifecyclePlan.id(of: values.name ?? "", in: folder)
        guard id.unicodeScalars.count <= 255 else {
            throw Fault(.configuration, "the lifecycle rule “\(id.escapedForTerminal)” has more than 255 characters. Shorten its name.")
        }
        var rule = LifecycleRule(id: id, prefix: folder.key(for: Key(values.path ?? "")))
        rule.transitions = (values.transitions ?? []).map {
            LifecycleRule.Transition(days: $0.after.days, storageClass: $0.storageClass)
        }
        rule.expirationDays = values.expire?.days
        rule.oldVersionDays = values.expireOldVersions?.days
        rule.abortDays = values.abortIncomplete?.days
        return rule
    }
}
