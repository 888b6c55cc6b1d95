import Configuration
import Photo
import Planning
import S3
import Testing
import Vocabulary

/// Flag > environment > file > default, and which targets are chosen.
@Suite struct PrecedenceTests {
    static let targets = """
        jobs: 4
        endpoint-url: https://store.example
        targets:
          site:
            source: public
            destination: s3://my-site
          photos:
            source: /photos
            destination: s3://my-photos/2024
            jobs: 8
            clock-shift: -4h
        """

    @Test(
        arguments: [
            (nil, nil, nil, nil, "default"), ("4", nil, nil, 4, "conf/galleria-deploy.yml:1"), ("4", "5", nil, 5, "GALLERIA_JOBS"),
            ("4", "5", 6, 6, "--jobs"), (nil, "5", nil, 5, "GALLERIA_JOBS"), (nil, "", nil, nil, "default"), (nil, nil, 6, 6, "--jobs"),
            ("4", " ", nil, 4, "conf/galleria-deploy.yml:1"),
        ] as [(String?, String?, Int?, Int?, String)])
    func theFirstThatSpeaksWins(file: String?, variable: String?, flag: Int?, jobs: Int?, origin: String) throws {
        var flags = SettingValues()
        flags.jobs = flag.map { .fixed($0) }
        let read = try settings(
            file.map { "jobs: \($0)" } ?? "", flags: flags, environment: variable.map { ["GALLERIA_JOBS": $0] } ?? [:])
        #expect(read.jobs == jobs.map { .fixed($0) } ?? .automatic)
        #expect(read.origin(of: "jobs").description == origin)
    }

    @Test func aFlagMayTakeBackWhatTheFileSays() throws {
        var flags = SettingValues()
        flags.delete = false
        #expect(try !settings("delete: true", flags: flags).deletes)
        #expect(try !settings("delete: true", environment: ["GALLERIA_DELETE": "false"]).deletes)
    }

    @Test func withoutAFileThereIsOneTarget() throws {
        var flags = SettingValues()
        flags.source = "a"
        let all = try TargetSelection.resolve(.empty, flags: flags, environment: ["GALLERIA_DESTINATION": "s3://bkt"])
        #expect(all.count == 1 && all[0].target == nil && all[0].file == nil && all[0].placeTarget == nil)
        #expect(all[0].values.source == "a" && all[0].origin(of: "source") == .flag("SOURCE"))
        #expect(all[0].origin(of: "destination") == .variable("GALLERIA_DESTINATION"))
        // The resolver reads the variable itself, and knows what else it goes with.
        #expect(all[0].placeFlags.destination == nil)
        #expect(all[0].deletes == false && all[0].cors == .require && all[0].deleteLimit == .standard)
    }

    @Test func everyTargetTakesWhatTheTopLevelSays() throws {
        let all = try TargetSelection.resolve(try load(Self.targets), environment: [:])
        #expect(all.map(\.target) == ["site", "photos"])
        #expect(all.map(\.jobs) == [4, 8])
        #expect(all.map(\.values.source) == ["conf/public", "/photos"])
        #expect(all[1].origin(of: "jobs").description == "conf/galleria-deploy.yml:10")
        #expect(all[0].origin(of: "jobs").description == "conf/galleria-deploy.yml:1")
        #expect(all[0].values.clockShift == nil && all[1].values.clockShift?.description == "-4h")
        let place = try #require(all[1].placeTarget)
        #expect(place.name == "photos")
        #expect(place.request == PlaceRequest(destination: "s3://my-photos/2024", endpointURL: "https://store.example"))
    }

    @Test func targetsAreChosenByName() throws {
        let document = try load(Self.targets)
        #expect(try TargetSelection.resolve(document, names: ["photos"], environment: [:]).map(\.target) == ["photos"])
        #expect(try TargetSelection.resolve(document, names: ["photos", "site"], environment: [:]).map(\.target) == ["site", "photos"])
        #expect(throws: ConfigurationError.noTarget("photo", known: ["site", "photos"], nearest: "photos")) {
            try TargetSelection.resolve(document, names: ["photo"], environment: [:])
        }
        #expect(throws: ConfigurationError.noTarget("x", known: [], nearest: nil)) {
            try TargetSelection.resolve(try load("jobs: 4"), names: ["x"], environment: [:])
        }
        #expect(ConfigurationError.noTarget("photo", known: ["site", "photos"], nearest: "photos").isUsage)
    }

    @Test func aDestinationOnTheCommandLineLeavesTheTargetsAside() throws {
        var flags = SettingValues()
        flags.source = "x"
        flags.destination = "s3://other"
        let all = try TargetSelection.resolve(try load(Self.targets), flags: flags, environment: [:])
        #expect(all.map(\.target) == [nil])
        #expect(all[0].jobs == 4 && all[0].values.clockShift == nil)
        #expect(all[0].placeFlags.destination == "s3://other")
        #expect(all[0].placeTarget?.request == PlaceRequest(endpointURL: "https://store.example"))
    }

    @Test func oneSourceCannotServeSeveralTargets() throws {
        let document = try load(Self.targets)
        var flags = SettingValues()
        flags.source = "x"
        #expect(throws: ConfigurationError.self) { try TargetSelection.resolve(document, flags: flags, environment: [:]) }
        for name in ["GALLERIA_SOURCE", "GALLERIA_DESTINATION"] {
            let environment = [name: "s3://bkt/x"]
            #expect(throws: ConfigurationError.variableForSeveralTargets(name: name, targets: ["site", "photos"])) {
                try TargetSelection.resolve(document, environment: environment)
            }
            let one = try TargetSelection.resolve(document, names: ["photos"], environment: environment)
            #expect(one[0].origin(of: name == "GALLERIA_SOURCE" ? "source" : "destination") == .variable(name))
        }
    }

    @Test func thePlaceOfTheFileGoesToTheResolverUnderTheTargetsName() throws {
        let text = "destination: s3://bkt/x\nregion: fsn1\nprofile: gallery\npath-style: true\n"
        let place = try #require(try settings(text).placeTarget)
        #expect(place.name == "galleria-deploy.yml")
        #expect(place.request == PlaceRequest(destination: "s3://bkt/x", region: "fsn1", profile: "gallery", style: .path))
        #expect(try settings("path-style: false").placeTarget?.request.style == .virtualHost)
        var flags = SettingValues()
        flags.region = "nbg1"
        let read = try settings(text, flags: flags)
        #expect(read.placeFlags == PlaceRequest(region: "nbg1"))
        #expect(read.placeTarget?.request.region == nil)
    }

    @Test func theVariableForTheDestinationStandsAboveTheFile() throws {
        let environment = ["GALLERIA_DESTINATION": "s3://env-bucket"]
        let read = try settings("destination: s3://file-bucket\nendpoint-url: https://store.example", environment: environment)
        let place = try PlaceResolver.resolve(
            flags: read.placeFlags, target: read.placeTarget,
            environment: environment.merging(["HOME": "/nonexistent"]) { a, _ in a }
                .merging(["AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b"]) { a, _ in a })
        #expect(place.destination?.value.bucket == "env-bucket")
        #expect(place.endpoint.value.host == "store.example")
    }

    // MARK: The environment.

    @Test(arguments: [
        ("GALLERIA_TIMESTAMP_OFFSET_HOURS", "-4", "-4h"), ("GALLERIA_TIMESTAMP_OFFSET_HOURS", "+30", "+1d6h"),
        ("GALLERIA_TIMESTAMP_OFFSET_HOURS", "0", "0"), ("GALLERIA_CLOCK_SHIFT", "-90m", "-1h30m"),
    ]) func clockShifts(_ name: String, _ text: String, _ shift: String) throws {
        let read = try settings("", environment: [name: text])
        #expect(read.values.clockShift?.description == shift)
        #expect(read.origin(of: "clock-shift") == .variable(name))
    }

    @Test(arguments: [("13", "keep"), ("2", "+02:00"), ("-5", "-05:00"), ("0", "+00:00"), ("14", "+14:00"), ("-12", "-12:00")])
    func zonesInWholeHours(_ text: String, _ zone: String) throws {
        #expect(try settings("", environment: ["GALLERIA_TARGET_TIMEZONE_OFFSET_HOURS": text]).values.timeZone?.description == zone)
    }

    @Test(arguments: [
        ("GALLERIA_TIMESTAMP_OFFSET_HOURS", "4.5"), ("GALLERIA_TIMESTAMP_OFFSET_HOURS", "-4h"),
        ("GALLERIA_TIMESTAMP_OFFSET_HOURS", "99999"),
        ("GALLERIA_TARGET_TIMEZONE_OFFSET_HOURS", "15"), ("GALLERIA_TARGET_TIMEZONE_OFFSET_HOURS", "-13"), ("GALLERIA_JOBS", "0"),
        ("GALLERIA_DELETE", "yes"), ("GALLERIA_TIME_ZONE", "EST"), ("GALLERIA_PRIVACY", "gps,faces"), ("GALLERIA_DESTINATION", "bucket"),
        ("GALLERIA_CORS", "on"),
    ]) func variablesAreJudgedByName(_ name: String, _ text: String) throws {
        let error = #expect(throws: ConfigurationError.self) { try settings("", environment: [name: text]) }
        guard case .variable(name, _) = error else { return #expect(Bool(false), "\(String(describing: error))") }
        #expect(error?.isUsage == false)
    }

    @Test func listsOfTheEnvironmentHaveCommas() throws {
        let read = try settings("privacy: thumbnail", environment: ["GALLERIA_PRIVACY": "gps, owner"])
        #expect(read.privacy == [.gps, .owner])
    }

    @Test func variablesOfOneMeaningMustAgree() throws {
        let both = ["GALLERIA_CLOCK_SHIFT": "-240m", "GALLERIA_TIMESTAMP_OFFSET_HOURS": "-4"]
        #expect(try settings("", environment: both).values.clockShift?.description == "-4h")
        #expect(throws: ConfigurationError.conflictingVariables("GALLERIA_CLOCK_SHIFT", "GALLERIA_TIMESTAMP_OFFSET_HOURS")) {
            try settings("", environment: both.merging(["GALLERIA_CLOCK_SHIFT": "-3h"]) { _, new in new })
        }
    }
}
