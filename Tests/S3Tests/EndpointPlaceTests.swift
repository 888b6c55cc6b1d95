import HTTP
import S3
import Testing
import Vocabulary

/// The order of sources, beyond what botocore knows.
@Suite struct EndpointPlaceTests {
    static let own = [
        "S3_PUBLIC_ENDPOINT": "https://fsn1.your-objectstorage.com", "S3_PUBLIC_ACCESS_KEY": "OWN", "S3_PUBLIC_SECRET_KEY": "own-secret",
        "S3_PUBLIC_BUCKET": "gallery", "S3_PUBLIC_REGION": "fsn1",
    ]
    static let aws = [
        "AWS_ACCESS_KEY_ID": "AWSENV", "AWS_SECRET_ACCESS_KEY": "aws-secret", "AWS_ENDPOINT_URL": "https://aws.example",
        "AWS_ENDPOINT_URL_S3": "https://s3.aws.example", "AWS_REGION": "eu-west-1", "AWS_DEFAULT_REGION": "eu-west-2",
    ]
    static let profile =
        "[p]\naws_access_key_id=PROFILE\naws_secret_access_key=s\nregion=eu-north-1\nendpoint_url=https://profile.example\n"

    static func resolve(
        _ flags: PlaceRequest = PlaceRequest(), target: (name: String, request: PlaceRequest)? = nil, _ environment: [String: String] = [:],
        credentials: String? = nil, mode: UInt32 = 0o600
    ) throws(PlaceError) -> Place {
        var environment = environment
        environment["HOME"] = "/h"
        return try PlaceResolver.resolve(
            flags: flags, target: target, environment: environment,
            files: SettingsFiles { path in
                path == "/h/.aws/credentials" ? credentials.map { .file(Array($0.utf8), mode: mode) } ?? .missing : .missing
            })
    }

    /// Nothing is asked over the network here.
    struct Unreachable: HTTPTransport {
        func perform(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse { throw .notConnected("no network in this test") }
    }

    static let parts = CredentialParts(transport: Unreachable(), local: Unreachable(), environment: [:])

    static func keyID(_ place: Place) async throws -> String { try await place.credentialProvider(parts).credentials().accessKeyID }

    @Test(arguments: ["", "GALLERIA_"]) func ownVariablesAlone(_ front: String) async throws {
        let environment = Dictionary(uniqueKeysWithValues: Self.own.map { (front + $0.key, $0.value) })
        let place = try Self.resolve(environment)
        #expect(place.destination == Sourced(try BucketAddress(bucket: "gallery"), .variable(front + "S3_PUBLIC_BUCKET")))
        #expect(place.endpoint.value.description == "https://fsn1.your-objectstorage.com")
        #expect(place.endpoint.source == .variable(front + "S3_PUBLIC_ENDPOINT"))
        #expect(place.region == Sourced("fsn1", .variable(front + "S3_PUBLIC_REGION")))
        #expect(place.credentialSource == .variable(front + "S3_PUBLIC_ACCESS_KEY"))
        #expect(try await Self.keyID(place) == "OWN")
    }

    static func resolve(_ environment: [String: String]) throws(PlaceError) -> Place { try resolve(PlaceRequest(), environment) }

    @Test func ownVariablesGoBeforeAWSOnes() async throws {
        let place = try Self.resolve(Self.own.merging(Self.aws) { $1 })
        #expect(place.endpoint.value.description == "https://fsn1.your-objectstorage.com")
        #expect(place.region.value == "fsn1")
        #expect(try await Self.keyID(place) == "OWN")
    }

    @Test func flagsGoBeforeAll() throws {
        let flags = PlaceRequest(
            destination: "s3://other/x", endpointURL: "http://localhost:9000", region: "garage", style: .virtualHost)
        let place = try Self.resolve(flags, Self.own.merging(Self.aws) { $1 })
        #expect(place.destination?.value.description == "s3://other/x/")
        #expect(place.endpoint.value.hostHeader(bucket: "other") == "other.localhost:9000")
        #expect(place.endpoint.source == .flag("--endpoint-url"))
        #expect(place.region == Sourced("garage", .flag("--region")))
        #expect(place.styleSource == .flag("--virtual-host-style"))
    }

    @Test func anExplicitProfileGoesBeforeVariablesOfKeys() async throws {
        let place = try Self.resolve(PlaceRequest(profile: "p"), Self.own, credentials: Self.profile)
        #expect(try await Self.keyID(place) == "PROFILE")
        #expect(place.endpoint.value.description == "https://profile.example")
        #expect(place.region.value == "eu-north-1")
        #expect(place.destination?.value.bucket == "gallery")
    }

    @Test func anExplicitProfileOfKeysOnlyLeavesTheOwnEndpoint() async throws {
        let place = try Self.resolve(
            PlaceRequest(profile: "p"), Self.own, credentials: "[p]\naws_access_key_id=PROFILE\naws_secret_access_key=s\n")
        #expect(try await Self.keyID(place) == "PROFILE")
        #expect(place.endpoint.value.description == "https://fsn1.your-objectstorage.com")
        #expect(place.region.value == "fsn1")
    }

    @Test func AWSRegionGoesBeforeAWSDefaultRegion() throws {
        #expect(try Self.resolve(Self.aws).region == Sourced("eu-west-1", .variable("AWS_REGION")))
    }

    // A stray variable never redirects.

    @Test func aTargetWithoutEndpointIsAWS() throws {
        let target = (name: "site", request: PlaceRequest(destination: "s3://site", region: "eu-west-3"))
        let place = try Self.resolve(target: target, Self.own.merging(Self.aws) { $1 })
        #expect(place.endpoint.value.description == "https://s3.eu-west-3.amazonaws.com")
        #expect(place.destination == Sourced(try BucketAddress(bucket: "site"), .target("site")))
        #expect(place.warnings.count == 3)
        #expect(place.warnings.allSatisfy { if case .variableIgnored = $0 { true } else { false } })
    }

    @Test func aTargetsProfileGivesItsEndpointAndAVariablesProfileDoesNot() throws {
        let named = (name: "site", request: PlaceRequest(destination: "s3://site", profile: "p"))
        #expect(
            try Self.resolve(target: named, Self.aws, credentials: Self.profile).endpoint.value.description == "https://profile.example")
        let bare = (name: "site", request: PlaceRequest(destination: "s3://site"))
        let place = try Self.resolve(target: bare, ["AWS_PROFILE": "p"], credentials: Self.profile)
        #expect(place.endpoint.value.isAWS)
    }

    @Test func aTargetsPrefixIsNotMixedWithTheEnvironmentsBucket() throws {
        let place = try Self.resolve(
            PlaceRequest(destination: "s3://other"), ["GALLERIA_DESTINATION": "s3://gallery/photos", "S3_PUBLIC_BUCKET": "gallery"])
        #expect(place.destination?.value.description == "s3://other/")
    }

    @Test func theDestinationVariableCarriesThePrefix() throws {
        let place = try Self.resolve(["GALLERIA_DESTINATION": "s3://gallery/photos", "S3_PUBLIC_BUCKET": "gallery"])
        #expect(place.destination == Sourced(try BucketAddress(bucket: "gallery", prefix: "photos"), .variable("GALLERIA_DESTINATION")))
    }

    @Test(arguments: [
        (["S3_PUBLIC_ENDPOINT": "https://a.example", "GALLERIA_S3_PUBLIC_ENDPOINT": "https://b.example"], "S3_PUBLIC_ENDPOINT"),
        (["S3_PUBLIC_BUCKET": "one-bucket", "GALLERIA_S3_PUBLIC_BUCKET": "two-buckets"], "S3_PUBLIC_BUCKET"),
        (["S3_PUBLIC_BUCKET": "one-bucket", "GALLERIA_DESTINATION": "s3://two-buckets"], "GALLERIA_DESTINATION"),
        (["S3_BUCKET_NAME": "one-bucket", "AWS_S3_BUCKET_NAME": "two-buckets"], "S3_BUCKET_NAME"),
        (["S3_PUBLIC_REGION": "a", "GALLERIA_S3_PUBLIC_REGION": "b"], "S3_PUBLIC_REGION"),
        (["AWS_PROFILE": "a", "AWS_DEFAULT_PROFILE": "b"], "AWS_PROFILE"),
        (
            [
                "S3_PUBLIC_ACCESS_KEY": "a", "S3_PUBLIC_SECRET_KEY": "b", "GALLERIA_S3_PUBLIC_ACCESS_KEY": "a",
                "GALLERIA_S3_PUBLIC_SECRET_KEY": "c",
            ], "S3_PUBLIC_SECRET_KEY"
        ),
        (
            ["AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b", "AWS_SESSION_TOKEN": "c", "AWS_SECURITY_TOKEN": "d"],
            "AWS_SESSION_TOKEN"
        ),
    ])
    func aliasesThatDisagreeAreAnError(_ environment: [String: String], _ name: String) {
        let error = #expect(throws: PlaceError.self) { try Self.resolve(environment) }
        switch error {
        case .conflict(let one, let other), .credentials(.conflict(let one, let other)): #expect([one, other].contains(name))
        default: Issue.record("\(String(describing: error))")
        }
        for secret in ["b", "c", "d"] { #expect(error?.description.contains(" \(secret) ") == false) }
    }

    @Test func aliasesThatAgreeAreFine() throws {
        let place = try Self.resolve(["S3_BUCKET_NAME": "gallery", "AWS_S3_BUCKET_NAME": " gallery\n"])
        #expect(place.destination?.value.bucket == "gallery")
    }

    @Test(arguments: [
        (["S3_PUBLIC_ACCESS_KEY": "a", "AWS_SECRET_ACCESS_KEY": "b"], "S3_PUBLIC_ACCESS_KEY", "S3_PUBLIC_SECRET_KEY"),
        (
            ["S3_PUBLIC_ACCESS_KEY": "a", "GALLERIA_S3_PUBLIC_SECRET_KEY": "b"], "GALLERIA_S3_PUBLIC_SECRET_KEY",
            "GALLERIA_S3_PUBLIC_ACCESS_KEY"
        ),
        (["AWS_ACCESS_KEY_ID": "a"], "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"),
        (["AWS_SECRET_ACCESS_KEY": "a", "AWS_ACCESS_KEY_ID": " "], "AWS_SECRET_ACCESS_KEY", "AWS_ACCESS_KEY_ID"),
        (["AWS_ACCESS_KEY": "a"], "AWS_ACCESS_KEY", "AWS_ACCESS_SECRET"),
    ])
    func halvesAreAnErrorAndNeverMixed(_ environment: [String: String], _ present: String, _ absent: String) {
        #expect(throws: PlaceError.credentials(.half(present: present, absent: absent))) { try Self.resolve(environment) }
    }

    @Test func aSecretAloneInAFileIsHalf() {
        let error = #expect(throws: PlaceError.self) { try Self.resolve(credentials: "[default]\naws_secret_access_key = hush\n") }
        #expect(error?.description.contains("hush") == false)
        #expect(error?.description.contains("/h/.aws/credentials") == true)
    }

    @Test func aliasesAreLast() async throws {
        let aliases = [
            "AWS_ACCESS_KEY": "ALIAS", "AWS_ACCESS_SECRET": "s", "S3_REGION": "alias-1", "AWS_S3_ENDPOINT_URL": "https://alias.example",
            "S3_BUCKET_NAME": "alias",
        ]
        let alone = try Self.resolve(aliases)
        #expect(try await Self.keyID(alone) == "ALIAS")
        #expect(alone.endpoint.value.description == "https://alias.example")
        #expect(alone.region.value == "alias-1")
        #expect(alone.destination?.value.bucket == "alias")

        let beside = try Self.resolve(
            PlaceRequest(), aliases.merging(["AWS_PROFILE": "p", "S3_PUBLIC_BUCKET": "own"]) { $1 }, credentials: Self.profile)
        #expect(try await Self.keyID(beside) == "PROFILE")
        #expect(beside.endpoint.value.description == "https://profile.example")
        #expect(beside.region.value == "eu-north-1")
        #expect(beside.destination?.value.bucket == "own")
    }

    @Test func whenNothingIsFoundEachPlaceIsNamed() async throws {
        let place = try Self.resolve(["AWS_EC2_METADATA_DISABLED": "true"])
        let error = await #expect(throws: CredentialError.self) { try await place.credentialProvider(Self.parts).credentials() }
        let message = error?.description ?? ""
        for expected in [
            "S3_PUBLIC_ACCESS_KEY", "AWS_ACCESS_KEY_ID", "/h/.aws/credentials: no such file", "/h/.aws/config: no such file",
            "AWS_ACCESS_KEY and",
        ] {
            #expect(message.contains(expected), "\(message)")
        }
    }

    @Test(
        arguments: [
            (0o600, false), (0o400, false), (0o640, true), (0o604, true), (0o644, true), (0o660, true), (0o610, false),
        ] as [(UInt32, Bool)])
    func warnsOfSecretsThatOthersCanRead(_ mode: UInt32, _ warns: Bool) throws {
        let place = try Self.resolve(PlaceRequest(profile: "p"), credentials: Self.profile, mode: mode)
        #expect(place.warnings == (warns ? [.readableByOthers(path: "/h/.aws/credentials", mode: mode)] : []))
        #expect(try Self.resolve(credentials: "[default]\nregion = x\n", mode: mode).warnings.isEmpty)
    }

    @Test(arguments: [
        ("https://s3.us-west-004.backblazeb2.com", "us-west-004"), ("https://s3.fr-par.scw.cloud", "fr-par"),
        ("https://s3.eu-central-1.wasabisys.com", "eu-central-1"), ("https://s3.dualstack.eu-west-1.amazonaws.com", "eu-west-1"),
        ("https://s3.amazonaws.com", "us-east-1"), ("https://fsn1.your-objectstorage.com", "us-east-1"),
        ("http://localhost:9000", "us-east-1"),
    ])
    func theHostTellsTheRegionOfProvidersThatCheckIt(_ url: String, _ region: String) throws {
        #expect(try Self.resolve(["S3_PUBLIC_ENDPOINT": url]).region.value == region)
        #expect(try Self.resolve(PlaceRequest(endpointURL: url, region: "mine"), ["AWS_REGION": "a-1"]).region.value == "mine")
    }

    @Test func anAmbientRegionDoesNotOutrankAnEndpointsOwn() throws {
        let ambient = ["AWS_REGION": "eu-north-1"]
        #expect(
            try Self.resolve(PlaceRequest(endpointURL: "https://s3.us-west-004.backblazeb2.com"), ambient).region.value == "us-west-004")
        #expect(try Self.resolve(PlaceRequest(endpointURL: "http://localhost:9000"), ambient).region.value == "eu-north-1")
    }

    @Test func faultsNameTheirSource() {
        #expect(throws: PlaceError.endpoint(.scheme("ftp", in: "ftp://x"), .variable("AWS_ENDPOINT_URL"))) {
            try Self.resolve(["AWS_ENDPOINT_URL": "ftp://x"])
        }
        #expect(throws: PlaceError.destination(.bucketName("ab", .length), .variable("S3_PUBLIC_BUCKET"))) {
            try Self.resolve(["S3_PUBLIC_BUCKET": "ab"])
        }
        #expect(throws: PlaceError.region("eu west", .flag("--region"))) { try Self.resolve(PlaceRequest(region: "eu west")) }
        #expect(throws: PlaceError.region("x/y", .variable("AWS_REGION"))) { try Self.resolve(["AWS_REGION": "x/y"]) }
        #expect(throws: PlaceError.endpoint(.region("Garage"), .flag("--region"))) { try Self.resolve(PlaceRequest(region: "Garage")) }
        #expect(throws: PlaceError.style("both", .profile("p", setting: "s3", path: "/h/.aws/credentials"))) {
            try Self.resolve(PlaceRequest(profile: "p"), credentials: "[p]\ns3 =\n  addressing_style = both\n")
        }
        #expect(throws: PlaceError.credentials(.unreadable(path: "/h/.aws/config", reason: "Permission denied"))) {
            try PlaceResolver.resolve(
                environment: ["HOME": "/h"], files: SettingsFiles { _ in .unreadable("Permission denied") })
        }
        #expect(
            throws: PlaceError.credentials(
                .malformedFile(path: "/h/.aws/credentials", line: 2, reason: "there is neither “=” nor “:” in this line"))
        ) {
            try Self.resolve(credentials: "[default]\nsecret-in-a-wrong-line\n")
        }
    }
}
