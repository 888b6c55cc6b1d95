internal import Digest
internal import HTTP
internal import Vocabulary

/// A key of the customer's own, by which the store encrypts and which it forgets at once (Amazon S3 User Guide, "Using server-side encryption
/// with customer-provided keys"). It appears in no description, dump or log.
public struct CustomerKey: Sendable, Hashable {
    private let bytes: [UInt8]

    /// A key of 32 bytes, or their base64 with white space around it; nil for anything else.
    public init?(_ content: [UInt8]) {
        if content.count == 32 {
            bytes = content
            return
        }
        let text = String(decoding: content, as: UTF8.self).trimmingASCIISpace
        guard let decoded = base64Decoded(text), decoded.count == 32 else { return nil }
        bytes = decoded
    }

    /// The base64 of the key's MD5, which the store answers with: it tells keys apart and opens nothing.
    public var md5: String { base64(MD5.digest(of: bytes).bytes) }

    /// What a request for an object under this key carries.
    var headers: [HTTPHeader] { fields("x-amz-server-side-encryption-customer-") }

    /// What a copy of an object under this key carries.
    var sourceHeaders: [HTTPHeader] { fields("x-amz-copy-source-server-side-encryption-customer-") }

    private func fields(_ front: String) -> [HTTPHeader] {
        [HTTPHeader(front + "algorithm", "AES256"), HTTPHeader(front + "key", base64(bytes)), HTTPHeader(front + "key-MD5", md5)]
    }
}

extension CustomerKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Nothing of the key.
    public var description: String { "CustomerKey(redacted)" }

    /// Nothing of the key.
    public var debugDescription: String { description }

    /// A mirror without the key.
    public var customMirror: Mirror { Mirror(self, children: ["key": "redacted"]) }
}

extension S3Client {
    /// `headers` with what the customer's key adds to a request that reads or writes an object under it.
    func underCustomerKey(_ headers: [HTTPHeader]) -> [HTTPHeader] {
        guard let key = parts.customerKey else { return headers }
        let added = key.headers
        let names = Set(added.map { $0.name.lowercased() })
        return headers.filter { !names.contains($0.name.lowercased()) } + added
    }

    /// Asks for an object under the customer's key, and, where it is refused as one that is not under it, without.
    func reading<Answer>(_ call: Call, read: (HTTPResponse) throws(AnswerFault) -> Answer) async throws(S3Error) -> Answer {
        guard parts.customerKey != nil else { return try await send(call, read: read) }
        var underKey = call
        underKey.headers = underCustomerKey(call.headers)
        do throws(S3Error) { return try await send(underKey, read: read) } catch {
            guard error.refusal?.status == 400 else { throw error }
            do throws(S3Error) { return try await send(call, read: read) } catch let other {
                throw other.refusal?.status == 400 ? error : other
            }
        }
    }
}
