import Digest
import HTTP
import Testing
import TestSupport
import Vocabulary

@testable import S3

/// Listings and addresses on real servers.
@Suite struct ServerListingTests {
    /// The bucket's name in the host, and in the signature with it.
    @Test func bucketsAreReachedByHostName() async throws {
        let bucket = try await RealBucket(on: .radosgw)
        let http = try HTTPClient()
        defer { http.shutdown() }
        let place = bucket.place
        let endpoint = try Endpoint(parsing: place.endpoint.replacing("127.0.0.1", with: "localhost")).with(style: .virtualHost)
        let client = S3Client(
            bucket: bucket.name, endpoint: endpoint, region: "us-east-1",
            parts: .init(
                transport: http, credentials: StaticCredentials(Credentials(accessKeyID: place.access, secretAccessKey: place.secret)),
                clock: .system))
        for name in ["a b+c", "//x", "é"] {
            _ = try await client.put(Key(name), body: PutBody([1], sha256: .digest(of: [1])))
            #expect(try await bucket.body(name) == [1])
        }
        #expect(try await client.listPage(ListRequest(prefix: Prefix(""))).map(\.key.string) == ["//x", "a b+c", "é"])
        for result in await client.delete(["a b+c", "//x", "é"].map { Key($0) }) { try result.get() }
        #expect(try await bucket.listing().isEmpty)
    }

    /// More rows than a server puts on a page: all of them come, each once, in order.
    @Test(arguments: ServerContractTests.Server.allCases) func listingsOfManyPages(_ server: ServerContractTests.Server) async throws {
        let bucket = try await RealBucket(on: server.server)
        let http = try HTTPClient()
        defer { http.shutdown() }
        let client = try ServerContractTests.client(bucket.place, bucket: bucket.name, http: http)
        let names = (0..<1203).map { "many/\($0 % 7)/\($0)" } + ["many-not", "manz"]
        let body = PutBody([], sha256: .empty)
        await withTaskGroup(of: Void.self) { group in
            for lane in 0..<16 {
                group.addTask {
                    for i in stride(from: lane, to: names.count, by: 16) { _ = try? await client.put(Key(names[i]), body: body) }
                }
            }
        }
        var listing = Listing(client, prefix: Prefix("many"))
        var keys: [Key] = []
        while let page = try await listing.next() {
            #expect(page.disorder.isSound)
            keys += page.map(\.key)
        }
        #expect(keys == names.filter { $0.hasPrefix("many/") }.map { Key($0) }.sorted())

        var rest = Listing(client, prefix: Prefix("many"), startAfter: Key("many/5/5"))
        var later: [Key] = []
        while let page = try await rest.next() { later += page.map(\.key) }
        #expect(later == keys.filter { Key("many/5/5") < $0 })

        for result in await client.delete(names.map { Key($0) }) { try result.get() }
        #expect(try await bucket.listing().isEmpty)
    }
}
