import Digest
import Foundation
import HTTP
import Testing
import Vocabulary

@testable import S3

/// AWS's own signing test suite, every vector and every stage, where the folder `sigv4` lies beside the package or under `GALLERIA_SHARED`.
@Suite struct SigV4SuiteTests {
    struct Vector: CustomTestStringConvertible, Sendable {
        let folder: URL
        var testDescription: String { folder.lastPathComponent }

        func text(_ name: String) throws -> String {
            try String(contentsOf: folder.appending(path: name), encoding: .utf8)
        }
    }

    static let vectors: [Vector] = {
        let shared =
            ProcessInfo.processInfo.environment["GALLERIA_SHARED"].map { URL(filePath: $0) }
            ?? URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../shared").standardized
        let folders = try? FileManager.default.contentsOfDirectory(at: shared.appending(path: "sigv4"), includingPropertiesForKeys: nil)
        return (folders ?? []).filter { FileManager.default.fileExists(atPath: $0.appending(path: "context.json").path) }
            .sorted { $0.path < $1.path }.map(Vector.init)
    }()

    struct Context: Decodable {
        struct Keys: Decodable {
            let access_key_id: String
            let secret_access_key: String
            let token: String?
        }
        let credentials: Keys
        let expiration_in_seconds: Int
        let normalize: Bool
        let region: String
        let service: String
        let sign_body: Bool
        let timestamp: String
        let omit_session_token: Bool?
    }

    @Test(.enabled(if: !vectors.isEmpty), arguments: vectors) func everyStageAgrees(_ vector: Vector) throws {
        let context = try JSONDecoder().decode(Context.self, from: Data(vector.text("context.json").utf8))
        let now = Int64(try Date(context.timestamp, strategy: .iso8601).timeIntervalSince1970)
        let credentials = Credentials(
            accessKeyID: context.credentials.access_key_id, secretAccessKey: context.credentials.secret_access_key,
            sessionToken: context.credentials.token)
        var signer = SigV4.generic(
            region: context.region, service: context.service, normalized: context.normalize, sendsContentHash: context.sign_body)
        signer.signsSessionToken = context.omit_session_token != true
        let (request, target, body) = try parse(vector.text("request.txt"))
        let payload = SigV4.Payload.sha256(.digest(of: [UInt8](body.utf8)))

        var signed = request
        let stages = try signer.sign(&signed, payload: payload, credentials: credentials, at: now).stages
        #expect(stages.canonicalRequest == (try vector.text("header-canonical-request.txt")))
        #expect(stages.stringToSign == (try vector.text("header-string-to-sign.txt")))
        #expect(stages.signature == (try vector.text("header-signature.txt")))
        #expect(text(signed, target, body) == trimmed(try vector.text("header-signed-request.txt")))

        let presigned = try signer.presign(
            method: request.method, url: request.url, headers: request.headers, payload: payload, expires: context.expiration_in_seconds,
            credentials: credentials, at: now)
        #expect(presigned.parts.stages.canonicalRequest == (try vector.text("query-canonical-request.txt")))
        #expect(presigned.parts.stages.stringToSign == (try vector.text("query-string-to-sign.txt")))
        #expect(presigned.parts.signature == (try vector.text("query-signature.txt")))
        let presignedTarget = String(presigned.url.dropFirst("https://example.amazonaws.com".count))
        #expect(text(request, presignedTarget, body) == trimmed(try vector.text("query-signed-request.txt")))
    }

    @Test(.enabled(if: !vectors.isEmpty)) func suiteIsComplete() {
        #expect(Self.vectors.count >= 38)
    }

    /// The request of `request.txt`, its target as written, and its body.
    private func parse(_ text: String) throws -> (HTTPRequest, String, String) {
        let halves = text.components(separatedBy: "\n\n")
        var lines = halves[0].components(separatedBy: "\n").filter { !$0.isEmpty }
        let start = lines.removeFirst()
        let method = try #require(HTTPMethod(rawValue: String(start.prefix { $0 != " " })))
        let target = String(start.dropFirst(method.rawValue.count + 1).dropLast(" HTTP/1.1".count))
        var headers: [HTTPHeader] = []
        for line in lines {
            if line.hasPrefix(" "), let last = headers.popLast() {
                headers.append(HTTPHeader(last.name, last.value + "\n" + line))
            } else {
                let colon = try #require(line.firstIndex(of: ":"))
                headers.append(HTTPHeader(String(line[..<colon]), String(line[line.index(after: colon)...])))
            }
        }
        return (
            HTTPRequest(method: method, url: "https://example.amazonaws.com" + target, headers: headers), target,
            halves.count > 1 ? halves[1] : ""
        )
    }

    private func text(_ request: HTTPRequest, _ target: String, _ body: String) -> String {
        let headers = request.headers.map { $0.name + ":" + $0.value + "\n" }.joined()
        return trimmed("\(request.method.rawValue) \(target) HTTP/1.1\n\(headers)\n\(body)")
    }

    private func trimmed(_ text: String) -> String { text.trimmingCharacters(in: .newlines) }
}
