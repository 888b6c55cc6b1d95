import Planning
import S3
import Testing

@testable import Deploy

/// What is known of a store decides how much one request carries, and what is said of its CORS rules.
@Suite struct StoreWaysTests {
    private static func profile(_ host: String) throws -> ProviderProfile { .guessed(from: try Endpoint(parsing: "https://\(host)")) }

    @Test(
        arguments: [
            ("s3.eu-west-1.amazonaws.com", 10_000, 5 << 30), ("s3.fr-par.scw.cloud", 1000, 5 << 30),
            ("fsn1.your-objectstorage.com", 10_000, .max),
        ] as [(String, Int, Int64)])
    func boundsAreTheStores(_ host: String, _ parts: Int, _ copy: Int64) throws {
        let known = try Self.profile(host).multipart
        #expect(PartBounds(known).maximumCount == parts)
        #expect(PartBounds(known).sizes == (5 << 20)...(5 << 30))
        #expect(known.largestCopy == copy)
        let layout = try #require(PartLayout(size: 64 << 30, within: PartBounds(known)))
        #expect(layout.count <= parts && layout.count > parts / 3)
    }

    @Test func aStoreWithoutRulesIsToldWithItsOwnWay() throws {
        let google = try Self.profile("storage.googleapis.com")
        #expect(CORSAnswer.Reason.unsupported("m").words(at: google).contains("(m; at Google Cloud Storage gcloud storage buckets"))
        #expect(CORSAnswer.Reason.notCORSAnswer("m").words(at: google).contains("(m; at Google Cloud Storage gcloud storage buckets"))
        #expect(CORSAnswer.Reason.unsupported("m").wordsOfSetting(at: google).contains("(m; at Google Cloud Storage gcloud"))
        // What is denied is not missing.
        #expect(!CORSAnswer.Reason.denied("m").words(at: google).contains("gcloud"))
        let amazon = try Self.profile("s3.eu-west-1.amazonaws.com")
        #expect(CORSAnswer.Reason.unsupported("m").words(at: amazon).contains("(m),"))
        #expect(CORSAnswer.Reason.unsupported("m").wordsOfSetting(at: amazon).hasSuffix("(m)"))
    }
}
