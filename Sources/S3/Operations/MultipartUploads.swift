internal import Digest
public import HTTP
public import Vocabulary

/// A part that was uploaded, as its completion names it.
public struct UploadedPart: Sendable, Hashable {
    /// Its number, from 1 to 10,000.
    public let number: Int
    /// Its entity tag, as the server answered it.
    public let etag: ETag
    /// Its size in bytes.
    public let size: Int64

    /// Creates a part.
    public init(number: Int, etag: ETag, size: Int64) {
        self.number = number
        self.etag = etag
        self.size = size
    }
}

extension S3Client {
    /// Begins an upload in parts and answers its id (Amazon S3 API Reference, CreateMultipartUpload). The object will have `headers`, to which
    /// `x-amz-meta-sha256` is added unless it is there: so the content's hash must be known before the first part travels. Nil only for a copy of an
    /// object that has none.
    ///
    /// `onDoubt` is told where a try may have begun an upload whose id nobody learnt: look for it (`listMultipartUploads`). Where `isCalledOff`
    /// answers true when the request's turn has come, nothing is sent, as if the task had been cancelled.
    public func createMultipartUpload(
        _ key: Key, sha256: SHA256?, headers: [HTTPHeader] = [], isCalledOff: (@Sendable () -> Bool)? = nil,
        onDoubt: (@Sendable () -> Void)? = nil
    ) async throws(S3Error) -> String {
        let call = Call(
            operation: .createMultipartUpload, method: .post, key: key, query: "uploads=",
            headers: underCustomerKey(sha256.map { headers.recording($0) } ?? headers), isCalledOff: isCalledOff, onDoubt: onDoubt)
        return try await confirmed(call) { response throws(AnswerFault) in
            let root = try XMLElement(answer: response)
            // rclone's name for it is another.
            guard root.name == "InitiateMultipartUploadResult" || root.name == "InitiateMultipartUpload" else {
                throw .unreadable(.root(expected: "InitiateMultipartUploadResult", found: root.name))
            }
            guard let id = root.text("UploadId"), !id.isEmpty else { throw .unreadable(.content("it has no UploadId")) }
            return id
        }
    }

    /// Uploads one part (Amazon S3 API Reference, UploadPart): 5 MiB to 5 GiB, the last may be smaller. A part that is sent again replaces itself.
    /// Where `isCalledOff` answers true when the request's turn has come, nothing is sent, as if the task had been cancelled.
    public func uploadPart(
        _ number: Int, of uploadID: String, _ key: Key, body: PutBody, onSend: (@Sendable (Int64) -> Void)? = nil,
        isCalledOff: (@Sendable () -> Bool)? = nil
    ) async throws(S3Error) -> UploadedPart {
        let call = Call(
            operation: .uploadPart, method: .put, key: key, query: "partNumber=\(number)&uploadId=" + PercentEncoding.query(uploadID),
            headers: underCustomerKey([]), payload: .sha256(body.sha256), body: body.httpBody, onSend: onSend, isCalledOff: isCalledOff)
        return try await send(call) { response throws(AnswerFault) in
            guard let etag = response.header("ETag"), !etag.isEmpty else { throw .header("it does not name the part (ETag)") }
            return UploadedPart(number: number, etag: ETag(etag), size: body.size)
        }
    }

    /// Makes the object out of its parts, which must be in order (Amazon S3 API Reference, CompleteMultipartUpload). An error within a 200 answer
    /// is an error here, and tried again where it passes.
    ///
    /// Where this throws, the object may be there all the same: the answer may have been lost, and a second try finds no such upload. Ask.
    public func completeMultipartUpload(_ uploadID: String, _ key: Key, parts: [UploadedPart]) async throws(S3Error) -> PutAnswer {
        var document = XMLWriter(root: "CompleteMultipartUpload")
        for part in parts {
            document.open("Part")
            document.element("PartNumber", String(part.number))
            document.element("ETag", "\"" + part.etag.value + "\"")
            document.close("Part")
        }
        document.close("CompleteMultipartUpload")
        var call = Call.document(
            document.bytes, operation: .completeMultipartUpload, method: .post, query: "uploadId=" + PercentEncoding.query(uploadID))
        call.key = key
        return try await send(call) { response throws(AnswerFault) in
            // While it works a server may send blanks, also before the document.
            let bytes = [UInt8](response.body.drop { $0 == 0x20 || (0x09...0x0d).contains($0) })
            let root: XMLElement
            do throws(XMLFault) { root = try XMLElement(document: bytes) } catch { throw .unreadable(error) }
            if let document = ErrorDocument(bytes) { throw .error(document) }
            guard root.name == "CompleteMultipartUploadResult" else {
                throw .unreadable(.root(expected: "CompleteMultipartUploadResult", found: root.name))
            }
            // radosgw answers an empty one, and lists the usual one.
            let tag = root.text("ETag") ?? ""
            return PutAnswer(etag: tag.isEmpty ? ETag(multipart: parts) : ETag(tag), versionID: response.header("x-amz-version-id"))
        }
    }

    /// Gives an upload up and has its parts removed (Amazon S3 API Reference, AbortMultipartUpload). That there is none is no error.
    public func abortMultipartUpload(_ uploadID: String, _ key: Key) async throws(S3Error) {
        let call = Call(
            operation: .abortMultipartUpload, method: .delete, key: key, query: "uploadId=" + PercentEncoding.query(uploadID))
        do {
            try await send(call) { _ throws(AnswerFault) in }
        } catch {
            if error.code != .noSuchUpload, !error.isNotFound { throw error }
        }
    }
}

extension ETag {
    /// The tag that objects of such parts usually get: the MD5 of the parts' MD5s, and their number; nil where a part's tag is no MD5.
    init?(multipart parts: [UploadedPart]) {
        var hasher = MD5Hasher()
        for part in parts {
            guard let md5 = part.etag.md5 else { return nil }
            hasher.update(md5.bytes)
        }
        self.init(hasher.finalize().hex + "-\(parts.count)")
    }
}

extension [HTTPHeader] {
    /// The fields with the content's hash, for an object that is about to be written.
    func recording(_ sha256: SHA256) -> [HTTPHeader] {
        let name = ObjectHead.sha256Header
        if contains(where: { $0.name.utf8.count == name.utf8.count && $0.name.lowercased() == name }) { return self }
        var recording = [HTTPHeader]()
        // Room for what a signature adds.
        recording.reserveCapacity(count + 6)
        recording += self
        recording.append(HTTPHeader(ObjectHead.sha256Header, sha256.hex))
        return recording
    }
}
