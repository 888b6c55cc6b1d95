internal import HTTP
public import Vocabulary

extension S3Client {
    /// The bucket's lifecycle rules (Amazon S3 API Reference, GetBucketLifecycleConfiguration).
    public func lifecycle() async throws(S3Error) -> SettingAnswer<LifecycleConfiguration> {
        try await setting(.lifecycle) { response throws(AnswerFault) in
            let rules = try XMLPieces(answer: response).pieces.filter { $0.element.name == "Rule" }.map { LifecycleRule($0) }
            return rules.isEmpty
                ? nil : LifecycleConfiguration(rules: rules, minimumObjectSize: response.header(Self.minimumObjectSizeHeader))
        }
    }

    /// Replaces the bucket's lifecycle rules (Amazon S3 API Reference, PutBucketLifecycleConfiguration, at most 1,000 rules): a rule that came from
    /// the server is sent as it came. Answers why not, where the store or the access key is the cause.
    public func setLifecycle(_ configuration: LifecycleConfiguration) async throws(S3Error) -> SettingReason? {
        var document = XMLWriter(root: "LifecycleConfiguration")
        for rule in configuration.rules { document.write(rule) }
        document.close("LifecycleConfiguration")
        let headers = configuration.minimumObjectSize.map { [HTTPHeader(Self.minimumObjectSizeHeader, $0)] } ?? []
        return try await setSetting(.lifecycle, document.bytes, headers: headers)
    }

    private static let minimumObjectSizeHeader = "x-amz-transition-default-minimum-object-size"
}

extension LifecycleRule {
    /// The rule of a `Rule` element.
    init(_ piece: XMLPieces.Piece) {
        let rule = piece.element
        self.init(id: rule.text("ID"), prefix: Self.prefix(of: rule))
        isEnabled = rule.text("Status") == "Enabled"
        source = piece.bytes
        saysMore = prefix == nil
        for child in rule.children {
            switch child.name {
            case "ID", "Status", "Prefix", "Filter": break
            case "Transition":
                if let days = child.days(beside: ["StorageClass"]), let name = child.text("StorageClass") {
                    transitions.append(Transition(days: days, storageClass: name))
                } else {
                    saysMore = true
                }
            case "Expiration" where expirationDays == nil && child.days(beside: []) != nil: expirationDays = child.days(beside: [])
            case "NoncurrentVersionExpiration" where child.number("NoncurrentDays") != nil && child.children.count == 1:
                oldVersionDays = child.number("NoncurrentDays")
            case "AbortIncompleteMultipartUpload" where child.number("DaysAfterInitiation") != nil && child.children.count == 1:
                abortDays = child.number("DaysAfterInitiation")
            default: saysMore = true
            }
        }
    }

    /// How keys begin, in either way to say it: `Prefix` (the older one, which Ceph answers), `Filter` with nothing else in it.
    private static func prefix(of rule: XMLElement) -> Key? {
        if let filter = rule.child("Filter") {
            let names = filter.children.map(\.name)
            return names.isEmpty ? Key("") : names == ["Prefix"] ? Key(filter.text("Prefix") ?? "") : nil
        }
        return Key(rule.text("Prefix") ?? "")
    }
}

extension XMLElement {
    fileprivate func number(_ name: String) -> Int? { text(name).flatMap { Int($0) } }

    /// The days of an element that has nothing else but these.
    fileprivate func days(beside others: Set<String>) -> Int? {
        guard children.allSatisfy({ $0.name == "Days" || others.contains($0.name) }) else { return nil }
        return number("Days")
    }
}

extension XMLWriter {
    fileprivate mutating func write(_ rule: LifecycleRule) {
        if let source = rule.source {
            verbatim(source)
            return
        }
        open("Rule")
        if let id = rule.id { element("ID", id) }
        open("Filter")
        element("Prefix", rule.prefix?.bytes ?? [])
        close("Filter")
        element("Status", rule.isEnabled ? "Enabled" : "Disabled")
        for transition in rule.transitions {
            open("Transition")
            element("Days", String(transition.days))
            element("StorageClass", transition.storageClass)
            close("Transition")
        }
        number("Expiration", "Days", rule.expirationDays)
        number("NoncurrentVersionExpiration", "NoncurrentDays", rule.oldVersionDays)
        number("AbortIncompleteMultipartUpload", "DaysAfterInitiation", rule.abortDays)
        close("Rule")
    }

    private mutating func number(_ name: String, _ member: String, _ value: Int?) {
        guard let value else { return }
        open(name)
        element(member, String(value))
        close(name)
    }
}
