import Digest
import HTTP
import Testing
import Vocabulary

@testable import S3

/// What is tried again, how often and after how long: `RetryPolicy`'s table, row by row.
@Suite struct RetryTests {
    static let ok = ScriptedTransport.Step.answer(200, [HTTPHeader("ETag", "\"e\"")])

    static func put(_ stage: Stage) async throws(S3Error) -> PutAnswer {
        try await stage.client.put(Key("a"), body: PutBody([1], sha256: .digest(of: [1])))
    }

    @Test(
        arguments: [
            (.answer(429), .throttled), (.answer(503), .throttled), (.error(503, "SlowDown"), .throttled),
            (.error(503, "ServiceUnavailable"), .throttled),
            (.error(400, "SlowDown"), .throttled), (.error(429, "TooManyRequests"), .throttled),
            (.error(400, "ThrottlingException"), .throttled),
            (.error(503, "Busy"), .throttled), (.error(503, "Whatever"), .throttled), (.answer(500), .answered),
            (.answer(502, [], "<html>"), .answered),
            (.answer(504), .answered), (.error(500, "InternalError"), .answered), (.error(500, "Unheard"), .answered),
            (.answer(408), .answered),
            (.error(400, "RequestTimeout"), .answered), (.error(409, "OperationAborted"), .answered),
            (.error(409, "ConditionalRequestConflict"), .answered),
            (.fail(.connectionLost("reset", bodySent: false)), .unanswered), (.fail(.connectionLost("reset", bodySent: true)), .unanswered),
            (.fail(.timedOut("stalled", bodySent: false)), .unanswered), (.fail(.malformedResponse("garbage")), .unanswered),
            (.fail(.notConnected("refused")), .unanswered), (.fail(.unresolved(host: "h", "no")), .unanswered),
            (.fail(.tls("alert")), .unanswered),
            (.fail(.other(code: 16, "framing")), .unanswered),
        ] as [(ScriptedTransport.Step, TrafficSignal)]) func isTriedAgain(
            _ step: ScriptedTransport.Step, _ signal: TrafficSignal
        ) async throws
    {
        let stage = try Stage([step, step, Self.ok])
        #expect(try await Self.put(stage).etag == ETag("e"))
        #expect(stage.transport.requests.count == 3)
        #expect(stage.waits == [.milliseconds(50), .milliseconds(100)])
        #expect(stage.signals == [signal, signal, .answered])
    }

    @Test(
        arguments: [
            .answer(400), .answer(401), .answer(403), .answer(404), .answer(405), .answer(409), .answer(412), .answer(416), .answer(501),
            .answer(505),
            .answer(304), .answer(399), .error(403, "AccessDenied"), .error(403, "SignatureDoesNotMatch"),
            .error(403, "InvalidAccessKeyId"),
            .error(404, "NoSuchBucket"), .error(409, "BucketAlreadyExists"), .error(412, "PreconditionFailed"), .error(400, "BadDigest"),
            .error(400, "EntityTooLarge"), .error(400, "InvalidRequest"), .error(501, "NotImplemented"), .error(403, "QuotaExceeded"),
            .fail(.bodyUnreadable(HTTPError.cancelled)), .fail(.bodyShort(expected: 2, got: 1)), .fail(.responseTooLarge(limit: 1)),
            .fail(.invalidRequest("x")), .fail(.cancelled),
        ] as [ScriptedTransport.Step]) func isFinal(_ step: ScriptedTransport.Step) async throws
    {
        let stage = try Stage([step, Self.ok])
        await #expect { try await Self.put(stage) } throws: { ($0 as? S3Error)?.attempts == 1 }
        #expect(stage.transport.requests.count == 1)
        #expect(stage.waits.isEmpty)
    }

    @Test(
        arguments: [
            (.answer(503), 10), (.fail(.timedOut("stalled", bodySent: true)), 10), (.fail(.notConnected("refused")), 4),
            (.fail(.unresolved(host: "h", "no")), 4), (.fail(.tls("unknown issuer")), 4),
        ] as [(ScriptedTransport.Step, Int)]) func endsAfterSoManyTries(_ step: ScriptedTransport.Step, _ attempts: Int) async throws
    {
        let stage = try Stage([], then: step)
        await #expect { try await Self.put(stage) } throws: { ($0 as? S3Error)?.attempts == attempts }
        #expect(stage.transport.requests.count == attempts)
        #expect(stage.waits.count == attempts - 1)
    }

    /// A server that was there restarts; a wrong address never answered.
    @Test func aServerThatAnsweredBeforeIsWaitedForLonger() async throws {
        let stage = try Stage([Self.ok], then: .fail(.notConnected("refused")))
        _ = try await Self.put(stage)
        await #expect { try await Self.put(stage) } throws: { ($0 as? S3Error)?.attempts == 10 }
    }

    @Test func waitsDoubleUpToALimit() {
        var policy = RetryPolicy(random: { 0.999999 })
        policy.baseDelay = .seconds(1)
        let waits = (1...30).map { policy.delay(after: $0, retryAfter: nil) }
        for (wait, bound) in zip(waits, [1, 2, 4, 8, 16, 20, 20, 20]) {
            #expect(wait > .seconds(bound) - .milliseconds(1) && wait < .seconds(bound))
        }
        #expect(waits.allSatisfy { $0 < .seconds(20) })
        policy.random = { 0 }
        #expect((1...30).allSatisfy { policy.delay(after: $0, retryAfter: nil) == .zero })
        #expect(policy.delay(after: 1, retryAfter: .seconds(7)) == .seconds(7))
    }

    @Test(
        arguments: [
            ("3", .seconds(3)), ("0", .milliseconds(50)), ("120", .seconds(120)), ("121", nil), ("99999999999", nil),
            ("Sat, 15 Jun 2024 10:30:55 GMT", .seconds(10)), ("Sat, 15 Jun 2024 10:30:40 GMT", .milliseconds(50)),
            ("soon", .milliseconds(50)),
            ("-1", .milliseconds(50)),
        ] as [(String, Duration?)]) func honoursRetryAfter(_ value: String, _ wait: Duration?) async throws
    {
        let stage = try Stage([.answer(503, [HTTPHeader("Retry-After", value)]), Self.ok])
        if let wait {
            _ = try await Self.put(stage)
            #expect(stage.waits == [wait])
        } else {
            await #expect(throws: S3Error.self) { try await Self.put(stage) }
            #expect(stage.waits.isEmpty)
        }
    }

    @Test func aRunsBudgetEndsRetrying() async throws {
        let budget = RetryBudget(capacity: 12)
        let stage = try Stage([], then: .answer(500), budget: budget)
        await #expect { try await Self.put(stage) } throws: { ($0 as? S3Error)?.budgetExhausted == true }
        #expect(stage.transport.requests.count == 3)
        await #expect { try await Self.put(stage) } throws: { ($0 as? S3Error)?.budgetExhausted == true }
        #expect(stage.transport.requests.count == 4)
        // Three successes refill what one retry costs; one that needed a retry gives back that retry.
        let better = try Stage([Self.ok, Self.ok, Self.ok, .answer(500), Self.ok, .answer(500), Self.ok], budget: budget)
        for _ in 0..<5 { _ = try await Self.put(better) }
        #expect(better.transport.requests.count == 7)
        #expect(budget.left == 5)
    }

    /// A server that restarts fails every try of all that is in flight but the last, before anything succeeds; one that does not come back ends the run.
    @Test(arguments: [1, 16, 64, 256]) func aRunsBudgetGrowsWithItsJobs(_ jobs: Int) {
        let budget = RetryBudget(jobs: jobs)
        let retries = (RetryPolicy(budget: budget).attempts - 1) * jobs
        var taken = 0
        while budget.take() { taken += 1 }
        #expect(taken >= retries && taken <= max(1000, 2 * retries), "\(taken)")
        // The scope in which it is spent is the run: nothing is left for the next request, until something succeeds.
        #expect(!budget.take())
        budget.refund(retried: true)
        #expect(budget.take())
    }

    @Test func eachTryIsSignedAnew() async throws {
        let stage = try Stage([.answer(500), Self.ok], credentials: Stage.Renewable(renews: false))
        _ = try await Self.put(stage)
        for request in stage.transport.requests {
            #expect(request.headers.filter { $0.name == "Authorization" }.count == 1)
            #expect(request.headers.filter { $0.name == "X-Amz-Security-Token" }.count == 1)
            #expect(request.header("x-amz-meta-sha256") == SHA256.digest(of: [1]).hex)
        }
    }

    @Test func cancellationEndsAWait() async throws {
        let transport = ScriptedTransport([], then: .answer(503))
        let client = S3Client(
            bucket: "photos", endpoint: try Endpoint(parsing: "http://127.0.0.1:9000"), region: "us-east-1",
            parts: .init(
                transport: transport, credentials: StaticCredentials(Credentials(accessKeyID: "A", secretAccessKey: "S")),
                clock: S3Clock(now: { Stage.now }, sleep: { _ in throw CancellationError() })))
        await #expect { try await client.head(Key("a")) } throws: { ($0 as? S3Error)?.scope == .cancelled }
        #expect(transport.requests.count == 1)
    }

    /// An error document that was cut off on the way is asked for again: its status alone would make of a setting that is not there a bucket that is not.
    @Test(arguments: [
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>NoSuchCORSConfiguration</Code><Message></Mess",
        "<Error><Code>NoSuchCORSConf",
        "<?xml version=\"1.0\"?>", "<?xml ver", "<?xml version=\"1.0\"?>\n<Err",
    ])
    func aDocumentThatIsCutOffIsAskedForAgain(_ text: String) async throws {
        let stage = try Stage([.answer(404, [], text), .error(404, "NoSuchCORSConfiguration")])
        #expect(try await stage.client.getCORS() == .notConfigured)
        #expect(stage.transport.requests.count == 2)
    }

    /// A proxy's page is no such document.
    @Test(arguments: ["<html><body>Not found</body></html>", "", "<", "<?xml version=\"1.0\"?><html/>", "not found"])
    func aPageIsFinal(_ text: String) async throws {
        let stage = try Stage([.answer(404, [], text)], then: Self.ok)
        await #expect(throws: S3Error.self) { try await Self.put(stage) }
        #expect(stage.transport.requests.count == 1)
    }

    /// An answer that cannot be understood may be a proxy's: it is asked for again, a few times.
    @Test func whatCannotBeUnderstoodIsAskedForAgain() async throws {
        let empty = "<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>"
        let stage = try Stage([.answer(200, [], String(empty.dropLast())), .answer(200, [], ""), .answer(200, [], empty)])
        #expect(try await stage.client.listPage(ListRequest(prefix: Prefix(""))).isEmpty)
        let hopeless = try Stage([], then: .answer(200, [], "<html><body>Log in,\nplease\u{1b}[2J</body></html>"))
        await #expect { try await hopeless.client.listPage(ListRequest(prefix: Prefix(""))) } throws: { error in
            guard let error = error as? S3Error, case .unreadable(200, let reason, let excerpt) = error.cause else { return false }
            return error.attempts == 4 && reason == "it is not valid UTF-8 text at byte 26"
                && excerpt == "<html><body>Log in, please\\u{1b}[2J</body></html>"
        }
    }

    @Test func anErrorWithinSuccessIsAnError() async throws {
        let done = ScriptedTransport.Step.answer(200, [], "<CopyObjectResult><ETag>&quot;x&quot;</ETag></CopyObjectResult>")
        let stage = try Stage([.error(200, "InternalError"), .error(200, "SlowDown"), done])
        #expect(try await stage.client.copy(Key("a"), to: Key("b"), headers: []).etag == ETag("x"))
        #expect(stage.signals == [.answered, .throttled, .answered])
        let denied = try Stage([.error(200, "AccessDenied"), done])
        await #expect { try await denied.client.copy(Key("a"), to: Key("b"), headers: []) } throws: {
            ($0 as? S3Error)?.code == .accessDenied
        }
    }
}
