import HTTP
import Testing

@testable import Deploy
@testable import S3

/// `FaultWatch`'s table, row by row.
@Suite struct FaultWatchTests {
    private static func error(_ cause: S3Error.Cause, budgetExhausted: Bool = false) -> S3Error {
        S3Error(operation: .putObject, bucket: "b", endpoint: "e", cause: cause, budgetExhausted: budgetExhausted)
    }

    private static func refusal(_ status: Int, _ code: S3ErrorCode) -> S3Error.Cause {
        .refused(
            S3Refusal(
                status: status, code: code, message: "", requestID: nil, hostID: nil, region: nil, endpoint: nil, clockDifference: nil,
                excerpt: nil))
    }

    @Test(
        arguments: [
            (refusal(403, .invalidAccessKeyID), true), (refusal(400, .expiredToken), true), (refusal(403, .requestTimeTooSkewed), true),
            (refusal(403, .signatureDoesNotMatch), true), (refusal(404, .noSuchBucket), true), (refusal(301, .permanentRedirect), true),
            (refusal(403, .quotaExceeded), true), (.transport(.notConnected("refused")), true), (.transport(.tls("alert")), true),
            (.transport(.unresolved(host: "h", "no")), true), (.transport(.connectionLost("reset", bodySent: true)), false),
            (.transport(.timedOut("stalled", bodySent: false)), false), (.transport(.cancelled), false),
            (refusal(403, .accessDenied), false), (refusal(500, .internalError), false), (refusal(413, .entityTooLarge), false),
            (.unreadable(status: 200, reason: "", excerpt: ""), false),
        ] as [(S3Error.Cause, Bool)]) func endsTheRun(_ cause: S3Error.Cause, _ ends: Bool)
    {
        var watch = FaultWatch()
        watch.note(Self.error(cause))
        #expect((watch.fault != nil) == ends)
        var exhausted = FaultWatch()
        exhausted.note(Self.error(cause, budgetExhausted: true))
        #expect((exhausted.fault != nil) == (ends || Self.error(cause).scope != .cancelled))
    }

    @Test func tenDenialsInARowDo() {
        var watch = FaultWatch()
        for _ in 0..<9 { watch.note(Self.error(Self.refusal(403, .accessDenied))) }
        watch.noteSuccess()
        for _ in 0..<9 { watch.note(Self.error(Self.refusal(403, .accessDenied))) }
        #expect(watch.fault == nil)
        watch.note(Self.error(Self.refusal(403, .accessDenied)))
        #expect(watch.fault?.code == .accessDenied)
    }
}
