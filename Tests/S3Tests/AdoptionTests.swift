import HTTP
import Testing
import Vocabulary

@testable import S3

/// What is taken over from a server's answer, once: its clock, the bucket's region, a redirect, the end of credentials.
@Suite struct AdoptionTests {
    static let ok = ScriptedTransport.Step.answer(200, [HTTPHeader("ETag", "\"e\""), HTTPHeader("Content-Length", "1")])
    static let hourAhead = HTTPHeader("Date", "Sat, 15 Jun 2024 11:30:45 GMT")

    // MARK: Clock

    @Test func theServersClockIsAdoptedForAllFurtherRequests() async throws {
        let stage = try Stage([.error(403, "RequestTimeTooSkewed", [Self.hourAhead]), Self.ok, Self.ok])
        _ = try await stage.client.head(Key("a"))
        _ = try await stage.client.head(Key("b"))
        #expect(stage.transport.requests.map { $0.header("X-Amz-Date") } == ["20240615T103045Z", "20240615T113045Z", "20240615T113045Z"])
        #expect(stage.client.clockDifference == 3600)
        #expect(stage.waits.isEmpty)
    }

    /// A HEAD has no body that says why; the date does.
    @Test(arguments: [403, 400]) func headsAreCorrectedByTheirDate(_ status: Int) async throws {
        let stage = try Stage([.answer(status, [Self.hourAhead]), Self.ok])
        _ = try await stage.client.head(Key("a"))
        #expect(stage.client.clockDifference == 3600)
    }

    /// rclone does not call it by its name.
    @Test func aDenialWithAWrongClockIsTriedWithTheServers() async throws {
        let stage = try Stage([.error(400, "AccessDenied", [Self.hourAhead]), Self.ok])
        _ = try await stage.client.head(Key("a"))
        #expect(stage.client.clockDifference == 3600)
    }

    @Test func theClockIsAdoptedOnce() async throws {
        let stage = try Stage([], then: .error(403, "RequestTimeTooSkewed", [Self.hourAhead]))
        await #expect { try await stage.client.head(Key("a")) } throws: { ($0 as? S3Error)?.code == .requestTimeTooSkewed }
        #expect(stage.transport.requests.count == 2)
    }

    @Test func aRefusalWithARightClockIsFinal() async throws {
        let rightTime = HTTPHeader("Date", "Sat, 15 Jun 2024 10:31:00 GMT")
        let stage = try Stage([], then: .answer(403, [rightTime]))
        await #expect { try await stage.client.head(Key("a")) } throws: { ($0 as? S3Error)?.code == .accessDenied }
        #expect(stage.transport.requests.count == 1)
    }

    // MARK: Region

    @Test(
        arguments: [
            // Amazon's endpoints follow the region, whatever tells it.
            (
                "https://s3.us-east-1.amazonaws.com", .error(301, "PermanentRedirect", [HTTPHeader("x-amz-bucket-region", "eu-west-1")]),
                "https://photos.s3.eu-west-1.amazonaws.com/a"
            ),
            (
                "https://s3.us-east-1.amazonaws.com", .answer(301, [HTTPHeader("x-amz-bucket-region", "eu-west-1")]),
                "https://photos.s3.eu-west-1.amazonaws.com/a"
            ),
            (
                "https://s3.us-east-1.amazonaws.com", .answer(400, [HTTPHeader("x-amz-bucket-region", "eu-west-1")]),
                "https://photos.s3.eu-west-1.amazonaws.com/a"
            ),
            (
                "https://s3.us-east-1.amazonaws.com", .error(400, "AuthorizationHeaderMalformed", inside: "<Region>eu-west-1</Region>"),
                "https://photos.s3.eu-west-1.amazonaws.com/a"
            ),
            (
                "https://s3.dualstack.us-east-1.amazonaws.com", .error(301, "PermanentRedirect", inside: "<Region>eu-west-1</Region>"),
                "https://photos.s3.dualstack.eu-west-1.amazonaws.com/a"
            ),
            (
                "https://s3.amazonaws.com", .error(301, "PermanentRedirect", inside: "<Region>eu-west-1</Region>"),
                "https://photos.s3.eu-west-1.amazonaws.com/a"
            ),
            // Others stay where they are and are only signed for another region.
            (
                "http://127.0.0.1:9000", .error(400, "AuthorizationHeaderMalformed", inside: "<Region>eu-west-1</Region>"),
                "http://127.0.0.1:9000/photos/a"
            ),
            ("https://s3.example.com", .answer(403, [HTTPHeader("x-amz-bucket-region", "eu-west-1")]), "https://s3.example.com/photos/a"),
            ("https://vpce-1.s3.us-east-1.vpce.amazonaws.com", .answer(301, [HTTPHeader("x-amz-bucket-region", "eu-west-1")]), nil),
        ] as [(String, ScriptedTransport.Step, String?)])
    func theRegionIsAdoptedForAllFurtherRequests(_ endpoint: String, _ step: ScriptedTransport.Step, _ url: String?) async throws {
        let stage = try Stage([step, Self.ok, Self.ok], endpoint: endpoint)
        _ = try await stage.client.head(Key("a"))
        _ = try await stage.client.head(Key("a"))
        let requests = stage.transport.requests
        #expect(requests.map(\.url) == [requests[0].url, url ?? requests[0].url, url ?? requests[0].url])
        #expect(requests.map { $0.header("Authorization")?.contains("/20240615/us-east-1/s3/") } == [true, false, false])
        #expect(requests.map { $0.header("Authorization")?.contains("/20240615/eu-west-1/s3/") } == [false, true, true])
        #expect(stage.client.region == "eu-west-1")
        #expect(stage.waits.isEmpty)
    }

    /// A region becomes part of a host name: nothing but a region's own characters passes, and no partition is left.
    @Test(arguments: ["evil.example/", "eu-west-1.evil", "EU", "a@b", "", "us-east-1", "cn-north-1"])
    func aRegionThatIsNoneChangesNoHost(_ region: String) async throws {
        let stage = try Stage(
            [], then: .error(301, "PermanentRedirect", [HTTPHeader("x-amz-bucket-region", region)]),
            endpoint: "https://s3.us-east-1.amazonaws.com")
        await #expect { try await stage.client.head(Key("a")) } throws: { ($0 as? S3Error)?.scope == .bucket }
        #expect(stage.transport.requests.allSatisfy { $0.url == "https://photos.s3.us-east-1.amazonaws.com/a" })
        #expect(stage.transport.requests.count <= 2)
    }

    // MARK: Redirects

    @Test(arguments: [
        ("https://s3.us-east-1.amazonaws.com", "https://photos.s3-us-west-2.amazonaws.com/a", true),
        ("https://s3.us-east-1.amazonaws.com", "https://photos.s3.amazonaws.com.evil.example/a", false),
        ("https://s3.us-east-1.amazonaws.com", "https://evilamazonaws.com/a", false),
        ("https://s3.us-east-1.amazonaws.com", "http://photos.s3-us-west-2.amazonaws.com/a", false),
        ("https://s3.us-east-1.amazonaws.com", "https://photos.s3.amazonaws.com@evil.example/a", false),
        ("https://s3.us-east-1.amazonaws.com", "https://evil.example/.amazonaws.com", false),
        ("https://s3.us-east-1.amazonaws.com", "https://evil.example?.amazonaws.com", false),
        ("https://s3.us-east-1.amazonaws.com", "https://evil.example#.amazonaws.com", false),
        ("https://s3.us-east-1.amazonaws.com", "https://evil.example\\.amazonaws.com/a", false),
        ("https://s3.us-east-1.amazonaws.com", "/a", false),
        ("https://s3.us-east-1.amazonaws.com", "", false),
        ("https://s3.example.com", "https://node7.s3.example.com/photos/a", true),
        ("https://s3.example.com", "https://s3.example.com/photos/a?x=1", true),
        ("https://s3.example.com", "https://s3.example.com:444/photos/a", false),
        ("https://s3.example.com", "https://other.example.com/photos/a", false),
        ("https://s3.example.com", "https://xs3.example.com/photos/a", false),
        ("http://127.0.0.1:9000", "http://127.0.0.1:9001/photos/a", false),
    ]) func redirectsAreFollowedOnlyWithinTheDomain(_ endpoint: String, _ location: String, _ isFollowed: Bool) async throws {
        let step = ScriptedTransport.Step.error(307, "TemporaryRedirect", [HTTPHeader("Location", location)])
        let stage = try Stage([step, Self.ok, Self.ok], endpoint: endpoint)
        if isFollowed {
            _ = try await stage.client.head(Key("a"))
            #expect(stage.transport.requests.map(\.url).last == location)
            #expect(stage.transport.requests[0].header("Authorization") != stage.transport.requests[1].header("Authorization"))
            // It is temporary: the next request asks the endpoint again.
            _ = try await stage.client.head(Key("a"))
            #expect(stage.transport.requests[2].url == stage.transport.requests[0].url)
        } else {
            await #expect { try await stage.client.head(Key("a")) } throws: { ($0 as? S3Error)?.code == .temporaryRedirect }
            #expect(stage.transport.requests.count == 1)
        }
    }

    @Test func aRedirectIsFollowedOnce() async throws {
        let stage = try Stage(
            [
                .error(307, "TemporaryRedirect", [HTTPHeader("Location", "https://b.s3.example.com/photos/a")]),
                .error(307, "TemporaryRedirect", [HTTPHeader("Location", "https://c.s3.example.com/photos/a")]), Self.ok,
            ], endpoint: "https://s3.example.com")
        await #expect { try await stage.client.head(Key("a")) } throws: { ($0 as? S3Error)?.code == .temporaryRedirect }
        #expect(stage.transport.requests.count == 2)
    }

    // MARK: Credentials

    @Test func expiredCredentialsAreRenewedOnce() async throws {
        let stage = try Stage([.error(400, "ExpiredToken"), Self.ok], credentials: Stage.Renewable(renews: true))
        _ = try await stage.client.head(Key("a"))
        #expect(stage.transport.requests.map { $0.header("Authorization")?.contains("Credential=AKID0/") } == [true, false])
        let hopeless = try Stage([], then: .error(400, "ExpiredToken"), credentials: Stage.Renewable(renews: true))
        await #expect { try await hopeless.client.head(Key("a")) } throws: { ($0 as? S3Error)?.scope == .credentials }
        #expect(hopeless.transport.requests.count == 2)
    }

    @Test func credentialsThatCannotBeRenewedAreFinal() async throws {
        let stage = try Stage([], then: .error(400, "ExpiredToken"), credentials: Stage.Renewable(renews: false))
        await #expect { try await stage.client.head(Key("a")) } throws: { ($0 as? S3Error)?.code == .expiredToken }
        #expect(stage.transport.requests.count == 1)
    }

    /// A HEAD with an expired token is answered 400 without a word.
    @Test func aHeadWithExpiredCredentialsIsTriedWithNewOnes() async throws {
        let stage = try Stage([.answer(400), Self.ok], credentials: Stage.Renewable(renews: true))
        _ = try await stage.client.head(Key("a"))
        #expect(stage.transport.requests.count == 2)
    }

    @Test func missingCredentialsSendNothing() async throws {
        struct None: CredentialProvider {
            func credentials() async throws(CredentialError) -> Credentials { throw .missing(looked: ["the environment"]) }
        }
        let stage = try Stage([Self.ok], credentials: None())
        await #expect { try await stage.client.head(Key("a")) } throws: { ($0 as? S3Error)?.scope == .credentials }
        #expect(stage.transport.requests.isEmpty)
    }
}
