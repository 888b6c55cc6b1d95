import Testing

@testable import galleria_deploy

@Suite struct ShellTextTests {
    @Test(arguments: [
        (["galleria-deploy", "./my photos", "s3://b/p"], "galleria-deploy './my photos' s3://b/p"),
        (["it's"], "'it'\\''s'"), ([""], "''"), (["é+%.jpg"], "é+%.jpg"), (["$HOME;ls"], "'$HOME;ls'"),
        (["--clock-shift=-4h"], "--clock-shift=-4h"),
    ])
    func quotesWhatTheShellWouldChange(words: [String], expected: String) {
        #expect(ShellText.command(words) == expected)
    }
}
