internal import HTTP
public import Vocabulary

/// An upload in parts that was begun and neither completed nor given up.
public struct PendingUpload: Sendable, Hashable {
    /// The object that it is to become.
    public let key: Key
    /// Its id.
    public let uploadID: String
    /// When it was begun, in seconds since 1970 by the server's clock; nil where the server does not tell.
    public let initiated: Int64?
    /// How many seconds passed, by the server's own clock, from then to its answer; nil where the server does not tell.
    public let age: Int64?
    /// The id of the account that began it; nil where the server does not tell.
    public let initiator: String?
}

extension S3Client {
    /// The parts that the server has of an upload, in order of their numbers (Amazon S3 API Reference, ListParts).
    /// `S3ErrorCode.noSuchUpload` where it is completed, given up or expired.
    public func listParts(of uploadID: String, _ key: Key) async throws(S3Error) -> [UploadedPart] {
        var parts: [UploadedPart] = []
        var marker = 0
        while true {
            let query = (marker > 0 ? "part-number-marker=\(marker)&" : "") + "uploadId=" + PercentEncoding.query(uploadID)
            let call = Call(operation: .listParts, method: .get, key: key, query: query, maximumResponseBytes: 16 << 20)
            let (page, next) = try await send(call) { response throws(AnswerFault) in
                let root = try XMLElement(answer: response, root: "ListPartsResult")
                var page: [UploadedPart] = []
                for part in root.children("Part") {
                    guard let number = part.text("PartNumber").flatMap({ Int($0) }), let size = part.text("Size").flatMap({ Int64($0) }),
                        let etag = part.text("ETag"), number > 0, size >= 0
                    else { throw .unreadable(.content("a part lacks its number, size or tag")) }
                    page.append(UploadedPart(number: number, etag: ETag(etag), size: size))
                }
                guard root.text("IsTruncated") == "true" else { return (page, 0) }
                guard let next = root.text("NextPartNumberMarker").flatMap({ Int($0) }) ?? page.last?.number, next > marker else {
                    throw .unreadable(.content("it says that more parts follow, but not how to ask for them (NextPartNumberMarker)"))
                }
                return (page, next)
            }
            parts += page
            if next == 0 { return parts }
            marker = next
        }
    }

    /// The uploads in parts that are under way at exactly this key (Amazon S3 API Reference, ListMultipartUploads).
    public func listMultipartUploads(at key: Key) async throws(S3Error) -> [PendingUpload] {
        var uploads: [PendingUpload] = []
        var markers: (key: String, id: String)?
        while true {
            var query = "encoding-type=url"
            if let markers { query += "&key-marker=" + PercentEncoding.query(markers.key) }
            query += "&prefix=" + PercentEncoding.query(key.string)
            if let markers { query += "&upload-id-marker=" + PercentEncoding.query(markers.id) }
            query += "&uploads="
            let call = Call(operation: .listMultipartUploads, method: .get, query: query, maximumResponseBytes: 16 << 20)
            let (page, next) = try await send(call) { response throws(AnswerFault) in
                try Self.uploads(
                    in: try XMLElement(answer: response, root: "ListMultipartUploadsResult"), at: key,
                    now: response.header("Date").flatMap(HTTPDate.unixSeconds))
            }
            uploads += page
            guard let next, next != markers ?? ("", "") else { return uploads }
            markers = next
        }
    }

    private static func uploads(
        in root: XMLElement, at key: Key, now: Int64?
    ) throws(AnswerFault) -> (page: [PendingUpload], next: (key: String, id: String)?) {
        let isEncoded = root.text("EncodingType") == "url"
        var page: [PendingUpload] = []
        var isPast = false
        for upload in root.children("Upload") {
            guard let name = upload.text("Key"), let id = upload.text("UploadId") else {
                throw .unreadable(.content("an upload lacks its key or id"))
            }
            let found = Key(isEncoded ? PercentEncoding.decoded(name) : name)
            // In order of the keys: behind the first other one, none of this one follows.
            guard found == key else {
                isPast = true
                continue
            }
            let initiated = upload.text("Initiated").flatMap(Timestamp.unixSeconds)
            page.append(
                PendingUpload(
                    key: found, uploadID: id, initiated: initiated, age: initiated.flatMap { then in now.map { $0 - then } },
                    initiator: upload.children("Initiator").first?.text("ID")))
        }
        guard root.text("IsTruncated") == "true", !isPast, let nextKey = root.text("NextKeyMarker") else { return (page, nil) }
        return (page, (isEncoded ? PercentEncoding.decoded(nextKey) : nextKey, root.text("NextUploadIdMarker") ?? ""))
    }
}

extension PercentEncoding {
    /// A name of a listing with `encoding-type=url`; as it stands where it is not validly encoded.
    fileprivate static func decoded(_ text: String) -> String {
        var bytes = [UInt8](text.utf8)
        guard let count = bytes.withUnsafeMutableBufferPointer({ decodeListed($0) }) else { return text }
        return String(decoding: bytes[..<count], as: UTF8.self)
    }
}
