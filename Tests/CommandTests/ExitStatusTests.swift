import Testing

@testable import galleria_deploy

@Suite struct ExitStatusTests {
    @Test(arguments: [
        (ExitStatus.done, ExitStatus.done, ExitStatus.done), (.done, .someFailed, .someFailed), (.changesPending, .someFailed, .someFailed),
        (.corsInsufficient, .refused, .refused), (.bucket, .configuration, .configuration), (.usage, .interrupted, .interrupted),
        (.someFailed, .corsInsufficient, .corsInsufficient), (.refused, .bucket, .bucket),
    ])
    func theGraverStatusStands(a: ExitStatus, b: ExitStatus, expected: ExitStatus) {
        #expect(a.combined(with: b) == expected)
        #expect(b.combined(with: a) == expected)
    }
}
