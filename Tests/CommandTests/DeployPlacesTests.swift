import ArgumentParser
import Testing

@testable import galleria_deploy

@Suite struct DeployPlacesTests {
    @Test(
        arguments: [
            ([], .init()),
            (["/tmp", "s3://b"], .init(source: "/tmp", destination: "s3://b")),
            (["/tmp/"], .init(source: "/tmp/")),
            (["./verify"], .init(source: "./verify")),
            (["photos"], .init(targets: ["photos"])),
            (["photos", "site"], .init(targets: ["photos", "site"])),
            (["photos", "s3://b"], .init(source: "photos", destination: "s3://b")),
            (["./photos", "s3://b"], .init(source: "./photos", destination: "s3://b")),
        ] as [([String], DeployPlaces.Words)])
    func accepts(words: [String], expected: DeployPlaces.Words) throws {
        let found = try DeployPlaces.resolve(try DeployArguments.parse(words), targets: ["site", "photos"], commands: ["verify"])
        #expect(found == expected)
    }

    @Test(arguments: [
        (["s3://b", "/tmp"], "swapped"),
        (["s3://b"], "SOURCE comes first"),
        (["/tmp", "/srv"], "no destination"),
        (["verfy"], "Did you mean galleria-deploy verify?"),
        (["photso"], "Did you mean galleria-deploy photos?"),
        (["nothing-like-it"], "neither a command, nor a target, nor a folder"),
    ])
    func refusesWithStatus64(words: [String], message: String) throws {
        let arguments = try DeployArguments.parse(words)
        #expect {
            try DeployPlaces.resolve(arguments, targets: ["site", "photos"], commands: ["verify"])
        } throws: { error in
            guard let fault = error as? Fault else { return false }
            return fault.status == .usage && fault.message.contains(message)
        }
    }

    @Test(arguments: [
        ["a", "s3://b", "--clock-shift", "-4h", "--time-zone", "-05:00"], ["a", "s3://b", "--clock-shift=-4h", "--time-zone=-05:00"],
        ["--clock-shift", "-4h", "a", "--time-zone", "-05:00", "s3://b"],
    ])
    func takesValuesThatStartWithAMinus(words: [String]) throws {
        let arguments = try DeployArguments.parse(words)
        #expect(arguments.photos.clockShift == "-4h")
        #expect(arguments.photos.timeZone == "-05:00")
        #expect(arguments.source == "a")
        #expect(arguments.destination == "s3://b")
    }

    @Test(arguments: [
        ["--jobs", "0"], ["--jobs", "257"], ["--setup-cors", "--no-cors-check"], ["--exit-code"],
        ["--delete", "--max-delete", "x"], ["-q", "-v"],
    ])
    func refusesWhatContradicts(words: [String]) {
        #expect(throws: (any Error).self) { try DeployArguments.parse(["a", "s3://b"] + words) }
    }
}
