import HTTP
import Testing
import Vocabulary

@testable import S3

/// Where the bucket is, when nobody said so.
@Suite struct RegionDiscoveryTests {
    static func location(_ inside: String) -> ScriptedTransport.Step {
        .answer(200, [], "<LocationConstraint xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">\(inside)</LocationConstraint>")
    }

    static func told(_ status: Int, _ region: String) -> ScriptedTransport.Step {
        .answer(status, [HTTPHeader("x-amz-bucket-region", region)])
    }

    @Test(
        arguments: [
            ([told(200, "eu-west-1")], "eu-west-1", 1), ([told(301, "eu-west-1"), told(200, "eu-west-1")], "eu-west-1", 2),
            // Who may do nothing is told the region all the same.
            ([told(403, "eu-west-1"), told(403, "eu-west-1"), location("eu-west-1")], "eu-west-1", 3),
            ([.answer(200), location("")], "us-east-1", 2), ([.answer(200), location("EU")], "eu-west-1", 2),
            ([.answer(200), location("garage")], "garage", 2),
            // Servers that tell nothing, deny it, or answer something else.
            ([.answer(200), location("no region/")], nil, 2), ([.answer(200), .answer(200, [], "<ListBucketResult/>")], nil, 2),
            ([.answer(200), .error(403, "AccessDenied")], nil, 2), ([.answer(404), .error(404, "NoSuchBucket")], nil, 2),
        ] as [([ScriptedTransport.Step], String?, Int)])
    func isAskedFor(_ steps: [ScriptedTransport.Step], _ region: String?, _ count: Int) async throws {
        let stage = try Stage(steps)
        #expect(await stage.client.discoverRegion() == region)
        #expect(stage.client.region == region ?? "us-east-1")
        #expect(stage.transport.requests.count == count)
        #expect(stage.transport.requests.allSatisfy { $0.method == .head || ($0.method == .get && $0.url.hasSuffix("?location")) })
    }

    @Test func whereNobodyAnswersNothingFurtherIsAsked() async throws {
        let stage = try Stage([], then: .fail(.notConnected("refused")))
        #expect(await stage.client.discoverRegion() == nil)
        #expect(stage.transport.requests.allSatisfy { $0.method == .head })
    }
}
