import Testing

@testable import galleria_deploy

@Suite struct CommandLineWordsTests {
    static let commands = ["deploy", "verify", "stats", "exif"]

    @Test(
        arguments: [
            ([], .parse(["deploy"])),
            (["--help"], .rootHelp), (["-h"], .rootHelp), (["help"], .rootHelp),
            (["help", "exif"], .parse(["help", "exif"])),
            (["deploy", "a", "s3://b"], .parse(["deploy", "a", "s3://b"])),
            (["a", "s3://b"], .parse(["deploy", "a", "s3://b"])),
            (["stats"], .parse(["stats"])),
            (["./stats", "s3://b"], .parse(["deploy", "./stats", "s3://b"])),
            (["--dry-run", "a", "s3://b"], .parse(["deploy", "--dry-run", "a", "s3://b"])),
            (["--clock-shift", "-4h", "a", "s3://b"], .parse(["deploy", "--clock-shift", "-4h", "a", "s3://b"])),
            (["--version"], .parse(["--version"])),
            (["--generate-completion-script", "bash"], .parse(["--generate-completion-script", "bash"])),
        ] as [([String], CommandLineWords.Request)])
    func namesTheCommand(words: [String], expected: CommandLineWords.Request) {
        #expect(CommandLineWords.request(words, commands: Self.commands) == expected)
    }

    @Test(arguments: [("verfy", "verify"), ("deplyo", "deploy"), ("stat", "stats"), ("photos", nil), ("x", nil)] as [(String, String?)])
    func suggestsTheNearest(word: String, expected: String?) {
        #expect(CommandLineWords.nearest(to: word, among: Self.commands) == expected)
    }
}
