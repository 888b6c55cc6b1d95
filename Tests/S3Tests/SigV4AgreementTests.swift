import HTTP
import Testing
import TestSupport
import Vocabulary

@testable import S3

/// The project's own S3 vectors, and random requests: botocore signs the same and every stage must agree.
@Suite struct SigV4AgreementTests {
    /// One request with what botocore computed for it.
    struct Vector: Sendable, CustomTestStringConvertible {
        let name: String
        let method: HTTPMethod
        let base: String
        let key: String
        let query: [(String, String)]
        let headers: [(String, String)]
        let payload: String
        let token: String?
        let expires: Int?
        let stages: SigV4.Stages
        var testDescription: String { name }

        init(
            _ name: String, _ method: HTTPMethod, _ base: String, key: String, query: [(String, String)], headers: [(String, String)],
            payload: String, token: String?, expires: Int?, canonicalRequest: String, stringToSign: String, signature: String
        ) {
            self.name = name
            self.method = method
            self.base = base
            self.key = key
            self.query = query
            self.headers = headers
            self.payload = payload
            self.token = token
            self.expires = expires
            stages = SigV4.Stages(canonicalRequest: canonicalRequest, stringToSign: stringToSign, signature: signature)
        }
    }

    @Test(arguments: vectors) func everyStageAgrees(_ vector: Vector) throws {
        let signed = try Self.sign(
            vector.method, base: vector.base, key: vector.key, query: vector.query, headers: vector.headers, payload: vector.payload,
            credentials: Credentials(
                accessKeyID: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", sessionToken: vector.token),
            time: 1_440_938_160, region: "eu-west-1", expires: vector.expires)
        #expect(signed.stages == vector.stages)
    }

    /// What botocore answers for one request.
    struct Judgement: Decodable, Sendable {
        let url: String
        let canonical: String
        let toSign: String
        let signature: String
        let authorization: String
    }

    @Test func randomRequestsAgree() async throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SplitMix64(seed)
        let oracle = try LineProcess("signer.py")
        for _ in 0..<8 {
            let requests = (0..<250).map { _ in RandomRequest(&random) }
            let judgements: [Judgement] = try await oracle.ask("sign", ["requests": .array(requests.map(\.json))])
            for (request, judgement) in zip(requests, judgements) {
                let ours = try Self.sign(
                    request.method, base: request.base, key: request.key, query: request.query, headers: request.headers,
                    payload: request.payload,
                    credentials: request.credentials, time: request.time, region: request.region, expires: request.expires)
                let theirs = SigV4.Stages(
                    canonicalRequest: judgement.canonical, stringToSign: judgement.toSign, signature: judgement.signature)
                #expect(ours.stages == theirs, "seed \(seed)")
                if request.expires == nil {
                    #expect(ours.url == judgement.url, "seed \(seed)")
                    #expect(ours.authorization == judgement.authorization, "seed \(seed)")
                }
                if ours.stages != theirs { return }
            }
        }
    }

    struct Signed {
        let url: String
        let stages: SigV4.Stages
        let authorization: String?
    }

    static func sign(
        _ method: HTTPMethod, base: String, key: String, query: [(String, String)], headers: [(String, String)], payload: String,
        credentials: Credentials, time: Int64, region: String, expires: Int?
    ) throws -> Signed {
        var url = base + PercentEncoding.path([UInt8](key.utf8))
        if !query.isEmpty {
            url += "?" + query.map { PercentEncoding.query($0.0) + "=" + PercentEncoding.query($0.1) }.joined(separator: "&")
        }
        let payload: SigV4.Payload = SHA256(hex: payload).map { .sha256($0) } ?? .unsigned
        let headers = headers.map { HTTPHeader($0.0, $0.1) }
        if let expires {
            let made = try SigV4.s3(region: region).presign(
                method: method, url: url, headers: headers, payload: payload, expires: expires, credentials: credentials, at: time)
            return Signed(url: made.url, stages: made.parts.stages, authorization: nil)
        }
        var request = HTTPRequest(method: method, url: url, headers: headers)
        let parts = try SigV4.s3(region: region).sign(&request, payload: payload, credentials: credentials, at: time)
        return Signed(url: url, stages: parts.stages, authorization: request.headers.last?.value)
    }
}
