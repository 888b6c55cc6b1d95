internal import HTTP
internal import Vocabulary

/// Something that an upload asks of the store beyond keeping its content, which not every store does.
public enum WriteRequest: Sendable, Hashable {
    /// To encrypt it so.
    case encryption(ProviderProfile.Encryption)
    /// To keep it in a storage class.
    case storageClass(String)
    /// To grant others something.
    case acl(String)
    /// To tag it.
    case tags

    private static let encryptionName = "x-amz-server-side-encryption"
    private static let customerKeyName = encryptionName + "-customer-key"

    /// What these header fields ask for.
    static func all(in headers: [HTTPHeader]) -> [WriteRequest] {
        headers.compactMap { header -> WriteRequest? in
            // Asked for each upload: most fields are none of these, and text in lower case is made for those alone that may be.
            guard header.name.utf8.first.map({ $0 | 0x20 == UInt8(ascii: "x") }) ?? false, header.name.utf8.count < 54 else { return nil }
            switch header.name.lowercased() {
            case encryptionName: return .encryption(header.value.hasPrefix("aws:") ? .managed : .store)
            case customerKeyName: return .encryption(.customer)
            case "x-amz-storage-class": return .storageClass(header.value)
            case "x-amz-acl": return .acl(header.value)
            case "x-amz-tagging": return .tags
            default: return nil
            }
        }
    }

    var words: String {
        switch self {
        case .encryption(.store): "the encryption that was asked for (--sse AES256)"
        case .encryption(.managed): "the encryption that was asked for (--sse aws:kms)"
        case .encryption(.customer): "the encryption that was asked for (--sse customer)"
        case .storageClass(let name): "the storage class \(name.escapedForTerminal)"
        case .acl(let name): "the access control list \(name.escapedForTerminal)"
        case .tags: "tags"
        }
    }

    /// What this store offers instead.
    func advice(_ provider: ProviderProfile) -> String {
        switch self {
        case .encryption:
            guard let known = provider.encryption else { return "Leave --sse out, or try another of its methods." }
            if known.isEmpty { return "\(provider.name) offers no encryption that can be asked for: leave --sse out." }
            let names = ProviderProfile.Encryption.allCases.filter(known.contains).map(\.rawValue)
            return known == [.customer]
                ? "\(provider.name) has only customer keys: use --sse customer, or leave --sse out."
                : "\(provider.name) takes --sse \(names.joined(separator: ", ")); or leave --sse out."
        case .storageClass:
            return (provider.storageClasses.map { "\(provider.name) has \($0.joined(separator: ", ")). " } ?? "")
                + "Correct --storage-class, or leave it out."
        case .acl: return "This store, or the bucket's settings, take no access control lists: leave --acl out and use a bucket policy."
        case .tags: return "Leave --tag out, or allow s3:PutObjectTagging."
        }
    }

    /// What to do about a refusal that what was asked besides may have caused; nil where that explains nothing.
    static func remedy(for refusal: S3Refusal, asked: [WriteRequest], _ provider: ProviderProfile) -> String? {
        let wire = refusal.code.name.lowercased()
        func first(_ matches: (WriteRequest) -> Bool) -> String? { asked.first(where: matches)?.advice(provider) }
        let encryption = { (request: WriteRequest) in if case .encryption = request { true } else { false } }
        let storage = { (request: WriteRequest) in if case .storageClass = request { true } else { false } }
        let acl = { (request: WriteRequest) in if case .acl = request { true } else { false } }
        if refusal.code == .accessDenied {
            let needed = asked.compactMap { request -> String? in
                switch request {
                case .acl: "s3:PutObjectAcl for --acl"
                case .tags: "s3:PutObjectTagging for --tag"
                case .encryption, .storageClass: nil
                }
            }
            guard !needed.isEmpty else { return nil }
            return "The access key needs the permission s3:PutObject, and \(needed.joined(separator: ", and ")), on this bucket."
        }
        if refusal.code == .invalidStorageClass { return first(storage) }
        if wire.contains("encrypt") || wire.contains("kms") { return first(encryption) }
        if wire.contains("accesscontrollist") { return first(acl) }
        // Ceph says no more than InvalidArgument; so what was asked for is named.
        guard [400, 501].contains(refusal.status), ["invalidargument", "invalidrequest", "notimplemented"].contains(wire), !asked.isEmpty
        else { return nil }
        return "The upload asked for \(asked.map(\.words).joined(separator: " and ")). " + (asked.first?.advice(provider) ?? "")
    }
}

extension S3Client {
    /// Sends a write and makes sure that the answer confirms the encryption that was asked for: there are servers that ignore it and say nothing
    /// (radosgw with AES256, rclone with all).
    func confirmed<Answer>(_ call: Call, read: (HTTPResponse) throws(AnswerFault) -> Answer) async throws(S3Error) -> Answer {
        guard
            let request = WriteRequest.all(in: call.headers).first(where: { request in
                if case .encryption = request { true } else { false }
            })
        else { return try await send(call, read: read) }
        let (answer, isConfirmed) = try await send(call) { response throws(AnswerFault) in
            let name = request == .encryption(.customer) ? "-customer-algorithm" : ""
            return (try read(response), response.header(HeaderSet.encryptionPrefix + name) != nil)
        }
        guard isConfirmed else { throw error(call, .ignored(request)) }
        return answer
    }
}
