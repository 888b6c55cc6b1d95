public import Planning
internal import Vocabulary

extension TargetSettings {
    /// Which headers each file is deployed with: the settings, the rules above them, the command line above all.
    ///
    /// A customer's key is no part of it; what a HEAD shows of it is, so that objects under another key are noticed.
    /// - Parameter customerKeyMD5: The base64 of the MD5 of the key of `sse: customer`.
    public func headerRules(customerKeyMD5: String?) -> HeaderRules {
        var common = HeaderValues()
        var flags = HeaderValues()
        func sort<Value>(_ name: String, _ field: WritableKeyPath<HeaderValues, Value?>) {
            if case .flag = origin(of: name) {
                flags[keyPath: field] = values.headers[keyPath: field]
            } else {
                common[keyPath: field] = values.headers[keyPath: field]
            }
        }
        sort("cache-control", \.cacheControl)
        sort("content-disposition", \.contentDisposition)
        sort("metadata", \.metadata)
        sort("tags", \.tags)
        sort("storage-class", \.storageClass)
        sort("acl", \.acl)
        sort("gzip", \.gzip)
        sort("brotli", \.brotli)

        var above = flags.headerSet
        let encryption = "x-amz-server-side-encryption"
        switch values.encryption {
        case nil: break
        case .store: above[encryption] = "AES256"
        case .managed(let key):
            above[encryption] = "aws:kms"
            if let key { above[encryption + "-aws-kms-key-id"] = key }
        case .customer:
            above[encryption + "-customer-algorithm"] = "AES256"
            above[encryption + "-customer-key-md5"] = customerKeyMD5
        }
        return HeaderRules(
            common: common.headerSet,
            rules: (values.headerRules ?? []).map { HeaderRules.Rule($0.path, $0.headers.headerSet, coding: $0.headers.coding) },
            above: above, coding: common.coding ?? .plain, setsCaching: values.cacheDefaults ?? true)
    }

    /// Refuses two codings at once.
    func checkCodings() throws(ConfigurationError) {
        guard let problem = values.headers.contradiction else { return }
        let origins = [origin(of: "gzip"), origin(of: "brotli")]
        for case .file(let path, let position) in origins {
            throw .faults([ConfigurationFault(path: path, position: position, reason: .contradiction(problem))])
        }
        throw .contradiction(problem)
    }
}

extension SettingValues {
    /// Takes over what options say of headers, as the file would say it; errors name the option.
    public mutating func readHeaders(
        storageClass: String?, encryption: String?, keyFile: String?, acl: String?, tags: [String], metadata: [String],
        cacheControl: String?, contentDisposition: String?
    ) throws(ConfigurationError) {
        func read(_ name: String, _ text: String?, _ flag: String) throws(ConfigurationError) {
            guard let text, let row = SettingTable.rows[name], let parse = row.parse else { return }
            do throws(BadValue) { try parse(text, &self) } catch { throw .variable(name: flag, error.problem) }
        }
        try read("storage-class", storageClass, "--storage-class")
        try read("sse", encryption, "--sse")
        try read("sse-key-file", keyFile, "--sse-key-file")
        try read("acl", acl, "--acl")
        try read("cache-control", cacheControl, "--cache-control")
        try read("content-disposition", contentDisposition, "--content-disposition")
        // One by one: a value may hold a comma.
        func pairs(_ texts: [String], _ form: Form<NameAndValue>, most: Int, _ flag: String) throws(ConfigurationError) -> [NameAndValue]? {
            guard !texts.isEmpty, let parse = form.parse else { return nil }
            var items: [NameAndValue] = []
            for text in texts {
                do throws(BadValue) { items.append(try parse(text)) } catch { throw .variable(name: flag, error.problem) }
            }
            guard Set(items.map(\.name)).count == items.count, items.count <= most else {
                throw .contradiction("\(flag): a name stands twice, or there are more than \(most).")
            }
            return items
        }
        headers.tags = try pairs(tags, .tag, most: 10, "--tag")
        headers.metadata = try pairs(metadata, .metadata, most: 100, "--metadata")
    }
}
