import Testing

@testable import galleria_deploy

@Suite struct ExitStatusTests {
    @Test(arguments: [
        (galleria_deploy.ExitStatus.done, galleria_deploy.ExitStatus.done, galleria_deploy.ExitStatus.done),
        (.done, .someFailed, .someFailed), (.changesPending, .someFailed, .someFailed),
        (.corsInsufficient, .refused, .refused), (.bucket, .configuration, .configuration), (.usage, .interrupted, .interrupted),
        (.someFailed, .corsInsufficient, .corsInsufficient), (.refused, .bucket, .bucket),
    ])
    func theGraverStatusStands(a: galleria_deploy.ExitStatus, b: galleria_deploy.ExitStatus, expected: galleria_deploy.ExitStatus) {
        #expect(a.combined(with: b) == expected)
        #expect(b.combined(with: a) == expected)
    }
}
