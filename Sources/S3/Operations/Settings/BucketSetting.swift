internal import Vocabulary

/// A setting of a bucket that is a document of its own, read and written as a whole.
enum BucketSetting: Sendable, Hashable, CaseIterable {
    case lifecycle
    case versioning
    case encryption
    case policy
    case website
    case tagging

    /// The sub-resource.
    var query: String {
        switch self {
        case .lifecycle: "lifecycle"
        case .versioning: "versioning"
        case .encryption: "encryption"
        case .policy: "policy"
        case .website: "website"
        case .tagging: "tagging"
        }
    }

    /// The name of the document's root element; nil for JSON.
    var root: String? {
        switch self {
        case .lifecycle: "LifecycleConfiguration"
        case .versioning: "VersioningConfiguration"
        case .encryption: "ServerSideEncryptionConfiguration"
        case .policy: nil
        case .website: "WebsiteConfiguration"
        case .tagging: "Tagging"
        }
    }

    var reading: S3Operation {
        switch self {
        case .lifecycle: .getBucketLifecycle
        case .versioning: .getBucketVersioning
        case .encryption: .getBucketEncryption
        case .policy: .getBucketPolicy
        case .website: .getBucketWebsite
        case .tagging: .getBucketTagging
        }
    }

    var writing: S3Operation {
        switch self {
        case .lifecycle: .putBucketLifecycle
        case .versioning: .putBucketVersioning
        case .encryption: .putBucketEncryption
        case .policy: .putBucketPolicy
        case .website: .putBucketWebsite
        case .tagging: .putBucketTagging
        }
    }

    /// The codes of a server that has nothing configured (Amazon S3 API Reference, "Error responses"; Ceph spells one of them otherwise).
    var absentCodes: Set<String> {
        switch self {
        case .lifecycle: ["NoSuchLifecycleConfiguration"]
        case .versioning: []
        case .encryption: ["ServerSideEncryptionConfigurationNotFoundError"]
        case .policy: ["NoSuchBucketPolicy"]
        case .website: ["NoSuchWebsiteConfiguration"]
        case .tagging: ["NoSuchTagSet", "NoSuchTagSetError"]
        }
    }
}

/// What a bucket answers when it is asked for a setting.
public enum SettingAnswer<Value: Sendable>: Sendable {
    /// This is configured.
    case configured(Value)
    /// Nothing is.
    case notConfigured
    /// Nothing is known of it.
    case unreadable(SettingReason)
}

extension SettingAnswer: Equatable where Value: Equatable {}

/// Why a setting can be neither read nor written.
public enum SettingReason: Error, Sendable, Hashable {
    /// The access key must not; the server's words and the permission that it takes.
    case denied(String, permission: String)
    /// The server does not offer it; its words.
    case unsupported(String)

    /// What an error says of the store; nil where it says nothing of the setting.
    init?(_ error: S3Error) {
        switch error.cause {
        case .refused(let refusal):
            let words = refusal.message.isEmpty ? refusal.code.name : refusal.message
            switch refusal.code {
            case .accessDenied: self = .denied(words, permission: error.operation.permission)
            case .notImplemented, .methodNotAllowed: self = .unsupported(words)
            default: return nil
            }
        // A server that does not know the sub-resource answers with what it takes the request for.
        case .unreadable(_, let reason, _): self = .unsupported("its answer is another document: \(reason)")
        default: return nil
        }
    }
}

extension SettingReason: CustomStringConvertible {
    /// The reason in words, with what the server said.
    public var description: String {
        switch self {
        case .denied(let words, let permission):
            "these credentials may not (\(words.escapedForTerminal); the permission is \(permission))"
        case .unsupported(let words): "the store does not offer it (\(words.escapedForTerminal))"
        }
    }
}
