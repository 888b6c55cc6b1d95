internal import HTTP
internal import Vocabulary

/// A server's answer that says no.
public struct S3Refusal: Sendable, Hashable {
    /// The HTTP status; 200 where the error came within a successful answer, as CopyObject's may.
    public let status: Int
    /// The code, taken from the status where the answer names none.
    public let code: S3ErrorCode
    /// The server's own words; empty where there are none.
    public let message: String
    /// The server's number for the request, for its operator (`x-amz-request-id`).
    public let requestID: String?
    /// The server's number for the host that answered (`x-amz-id-2`).
    public let hostID: String?
    /// The region that the bucket is in, where the answer tells.
    public let region: String?
    /// The host that the server wants to be asked instead, where the answer tells.
    public let endpoint: String?
    /// How many seconds the server's clock is ahead of ours, where the answer has a date.
    public let clockDifference: Int64?
    /// The start of an answer that is not S3's XML: a proxy's page, say; escaped and cut.
    public let excerpt: String?
}

extension S3Refusal {
    /// The most that is shown of an answer that is not understood, in bytes.
    static let excerptLength = 200

    /// Reads a refusal out of an answer whose status is not a success.
    init(_ response: HTTPResponse, operation: S3Operation, now: Int64, hiding secrets: [String] = []) {
        let document = response.body.isEmpty ? nil : ErrorDocument(response.body)
        self.init(response, document: document, operation: operation, now: now, hiding: secrets)
    }

    /// The same where the body was read already.
    init(_ response: HTTPResponse, document: ErrorDocument?, operation: S3Operation, now: Int64, hiding secrets: [String] = []) {
        status = response.status
        code = document.map { S3ErrorCode(wire: $0.code) } ?? S3ErrorCode(status: response.status, operation: operation)
        message = document?.message ?? ""
        requestID = document?.requestID ?? response.header("x-amz-request-id")
        hostID = document?.hostID ?? response.header("x-amz-id-2")
        region = (document?.region ?? response.header("x-amz-bucket-region")).flatMap { $0.isEmpty ? nil : $0 }
        endpoint = document?.endpoint
        clockDifference = response.header("Date").flatMap(HTTPDate.unixSeconds).map { $0 - now }
        excerpt = document == nil && !response.body.isEmpty ? Self.excerpt(response.body, hiding: secrets) : nil
    }

    /// The refusal of one key within the answer to a batch.
    init(_ response: HTTPResponse, code: String, message: String) {
        status = response.status
        self.code = S3ErrorCode(wire: code)
        self.message = message
        requestID = response.header("x-amz-request-id")
        hostID = response.header("x-amz-id-2")
        region = nil
        endpoint = nil
        clockDifference = nil
        excerpt = nil
    }

    /// The start of `bytes` as text that is safe to show. `secrets` are cut out first: there are servers that answer with the request.
    static func excerpt(_ bytes: [UInt8], hiding secrets: [String] = []) -> String {
        var text = String(decoding: bytes.prefix(excerptLength + (secrets.map(\.utf8.count).max() ?? 0)), as: UTF8.self)
        for secret in secrets.sorted(by: { $0.utf8.count > $1.utf8.count }) { text.replace(secret, with: Redaction.mark) }
        let start = String(decoding: text.utf8.prefix(excerptLength), as: UTF8.self)
        let line = start.split(whereSeparator: \.isWhitespace).joined(separator: " ").escapedForTerminal
        return bytes.count > excerptLength ? line + "…" : line
    }
}

/// The body of an error answer (Amazon S3 API Reference, "REST error responses").
struct ErrorDocument: Sendable, Hashable {
    let code: String
    let message: String
    let requestID: String?
    let hostID: String?
    let region: String?
    let endpoint: String?

    /// True where the bytes begin as a document of the kind: where they are none, they were cut off on the way, and a proxy's page they are not.
    static func begins(_ bytes: [UInt8]) -> Bool {
        var rest = bytes.drop { $0 == 0x20 || (0x09...0x0d).contains($0) }
        if rest.starts(with: "<?xml".utf8) {
            guard let end = rest.firstIndex(of: UInt8(ascii: ">")) else { return true }
            rest = rest[(end + 1)...].drop { $0 == 0x20 || (0x09...0x0d).contains($0) }
        }
        let start = "<Error".utf8
        return rest.count < start.count ? start.starts(with: rest) && bytes.count >= 5 : rest.starts(with: start)
    }

    /// Reads an error document; nil where the bytes are none. STS and some emulators wrap it in `ErrorResponse`.
    init?(_ bytes: [UInt8]) {
        guard let root = try? XMLElement(document: bytes, maximumBytes: 1 << 20),
            let error = root.name == "Error" ? root : root.name == "ErrorResponse" ? root.child("Error") : nil,
            let code = error.text("Code"), !code.isEmpty
        else { return nil }
        self.code = code
        message = error.text("Message") ?? ""
        requestID = error.text("RequestId") ?? root.text("RequestId")
        hostID = error.text("HostId")
        region = error.text("Region")
        endpoint = error.text("Endpoint")
    }
}
