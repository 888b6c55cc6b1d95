import Testing

@testable import S3

/// The names that the replaced programs were configured with.
@Suite struct AliasTests {
    static let all = ["AWS_ACCESS_KEY": "OLD", "AWS_ACCESS_SECRET": "old-secret", "S3_BUCKET_NAME": "old-bucket", "S3_REGION": "old-1"]

    @Test func theySufficeAlone() async throws {
        let place = try EndpointPlaceTests.resolve(PlaceRequest(), Self.all.merging(["AWS_S3_ENDPOINT_URL": "https://old.example"]) { $1 })
        #expect(place.destination?.value.description == "s3://old-bucket/")
        #expect(place.endpoint == Sourced(try Endpoint(parsing: "https://old.example"), .variable("AWS_S3_ENDPOINT_URL")))
        #expect(place.region == Sourced("old-1", .variable("S3_REGION")))
        #expect(try await EndpointPlaceTests.keyID(place) == "OLD")
    }

    @Test func theyRankBelowEverythingElse() async throws {
        let place = try EndpointPlaceTests.resolve(
            PlaceRequest(), Self.all.merging(EndpointPlaceTests.own) { $1 }.merging(["AWS_S3_ENDPOINT_URL": "https://old.example"]) { $1 })
        #expect(place.destination?.value.bucket == "gallery")
        #expect(place.endpoint.value.description == "https://fsn1.your-objectstorage.com")
        #expect(place.region.value == "fsn1")
        #expect(try await EndpointPlaceTests.keyID(place) == "OWN")
        let file = try EndpointPlaceTests.resolve(
            PlaceRequest(), Self.all, credentials: "[default]\naws_access_key_id=FILE\naws_secret_access_key=s\nregion=file-1\n")
        #expect(file.region.value == "file-1")
        #expect(try await EndpointPlaceTests.keyID(file) == "FILE")
    }

    @Test(arguments: ["AWS_S3_BUCKET_NAME", "AWS_USER_FILES_BUCKET", "AWS_USER_IMAGES_BUCKET", "AWS_OUTFIT_BUCKET"])
    func eachBucketNameCountsAndTwoThatDifferAreAConflict(_ name: String) throws {
        #expect(
            try EndpointPlaceTests.resolve(PlaceRequest(), [name: "one-bucket"]).destination
                == Sourced(try BucketAddress(bucket: "one-bucket"), .variable(name)))
        #expect(throws: PlaceError.conflict("S3_BUCKET_NAME", name)) {
            try EndpointPlaceTests.resolve(PlaceRequest(), [name: "one-bucket", "S3_BUCKET_NAME": "another-bucket"])
        }
    }

    @Test(arguments: VariableNames.unused.map(\.name)) func whatHasNoMeaningHereIsSaid(_ name: String) throws {
        let warnings = try EndpointPlaceTests.resolve(PlaceRequest(), [name: "3600"]).warnings
        #expect(warnings.count == 1 && warnings[0].description.hasPrefix("\(name) is set but not used"))
        #expect(try EndpointPlaceTests.resolve(PlaceRequest(), [name: "false"]).warnings.isEmpty)
    }
}
