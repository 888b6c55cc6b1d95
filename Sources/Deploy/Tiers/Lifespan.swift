internal import S3
internal import Vocabulary

/// Whether objects last: what is to be the only copy of a file must not be removed by a rule of the bucket.
struct Lifespan: Sendable {
    private let rules: [LifecycleRule]
    private let unknown: String?

    private init(_ rules: [LifecycleRule], unknown: String? = nil) {
        self.rules = rules.filter(\.mayRemoveObjects)
        self.unknown = unknown
    }

    /// Asks the bucket for its rules. Where it must not be asked, nothing lasts for certain.
    init(of store: S3Client) async throws(S3Error) {
        switch try await store.lifecycle() {
        case .configured(let configuration): self.init(configuration.rules)
        // A store without such rules removes nothing by them.
        case .notConfigured, .unreadable(.unsupported): self.init([])
        case .unreadable(let reason):
            self.init([], unknown: "whether a lifecycle rule of the bucket removes its object is not known: \(reason)")
        }
    }

    /// Why an object does not last; nil where it does.
    func end(of key: Key) -> String? {
        if let unknown { return unknown }
        let rule = rules.first { rule in rule.prefix.map { key.bytes.starts(with: $0.bytes) } ?? true }
        return rule.map { "the lifecycle rule “\(($0.id ?? "").escapedForTerminal)” of the bucket removes its object" }
    }
}

extension LifecycleRule {
    /// True where a rule removes objects that nobody has removed. One that is not wholly understood is taken to, if it speaks of expiration.
    fileprivate var mayRemoveObjects: Bool {
        guard isEnabled else { return false }
        return expirationDays != nil || (saysMore && String(decoding: source ?? [], as: UTF8.self).contains("<Expiration>"))
    }
}
