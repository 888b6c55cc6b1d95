internal import HTTP
internal import Synchronization
internal import Vocabulary

extension S3Client {
    /// Sends a call, as often as the policy allows, and reads its answer. `read` gets every answer with a status of 200...299.
    ///
    /// What is only needed where something failed is kept out of here: this function's frame is set up for every request.
    func send<Answer>(_ call: Call, read: (HTTPResponse) throws(AnswerFault) -> Answer) async throws(S3Error) -> Answer {
        let course = Course()
        // What need not be waited for costs no change of tasks.
        let unchanging = parts.credentials.unchanging
        while true {
            course.attempts += 1
            let credentials = if let unchanging { unchanging } else { try await credentials(for: call) }
            // Signed once there is a place: a signature is good for a quarter of an hour only.
            if !parts.slots.takeFree() { await parts.slots.take() }
            let attempt = try begin(call, course, credentials)
            let failure: Failure
            do {
                switch conclude(try await parts.transport.perform(attempt.request), of: attempt, course, read) {
                case .success(let value): return value
                case .failure(let found): failure = found
                }
            } catch {
                failure = Failure(
                    .transport(error), parts.retry.verdict(on: error, reached: reached.load(ordering: .relaxed)), answered: nil)
            }
            try await recover(from: failure, of: attempt, course)
        }
    }

    /// How the sending of one call goes on from try to try.
    private final class Course {
        var attempts = 0
        var adopted: Set<RetryPolicy.Adoption> = []
        var redirect: String?
    }

    /// One try: the request as it is signed, and what it is signed with.
    private final class Attempt {
        let call: Call
        let target: RequestTarget
        let credentials: Credentials
        let request: HTTPRequest

        init(_ call: Call, _ target: RequestTarget, _ credentials: Credentials, _ request: HTTPRequest) {
            self.call = call
            self.target = target
            self.credentials = credentials
            self.request = request
        }
    }

    /// Why a try failed, and what the policy says to that.
    private final class Failure: Error {
        let cause: S3Error.Cause
        let verdict: RetryPolicy.Verdict
        let response: HTTPResponse?

        init(_ cause: S3Error.Cause, _ verdict: RetryPolicy.Verdict, answered response: HTTPResponse?) {
            self.cause = cause
            self.verdict = verdict
            self.response = response
        }
    }

    // MARK: A try

    /// Signs the request, for which a place was taken.
    @inline(never)
    private func begin(_ call: Call, _ course: Course, _ credentials: Credentials) throws(S3Error) -> Attempt {
        do throws(S3Error) {
            if course.attempts == 1, call.isCalledOff?() == true { throw error(call, .transport(.cancelled)) }
            let target = currentTarget
            let request = try sign(call, target: target, credentials: credentials, redirect: course.redirect)
            return Attempt(call, target, credentials, request)
        } catch {
            parts.slots.giveBack(.unanswered, bytes: 0)
            throw error
        }
    }

    /// Reads an answer, and where it is the one that was asked for, gives the place back.
    @inline(never)
    private func conclude<Answer>(
        _ answer: HTTPResponse, of attempt: Attempt, _ course: Course, _ read: (HTTPResponse) throws(AnswerFault) -> Answer
    ) -> Result<Answer, Failure> {
        if !reached.load(ordering: .relaxed) {
            reached.store(true, ordering: .relaxed)
            recognize { answer.header($0) }
        }
        let result = judge(answer, to: attempt, read: read)
        if case .success = result {
            parts.slots.giveBack(.answered, bytes: attempt.call.body.size + Int64(answer.body.count))
            parts.observer?.note(.answered, of: attempt.call.operation)
            parts.retry.budget.refund(retried: course.attempts > 1)
        }
        return result
    }

    /// Gives the place of a failed try back and waits until the next may be made; throws where there is none.
    private func recover(from failure: Failure, of attempt: Attempt, _ course: Course) async throws(S3Error) {
        let (call, cause) = (attempt.call, failure.cause)
        if cause.leavesDoubt { call.onDoubt?() }
        let signal = signal(failure.verdict, answered: failure.response != nil)
        parts.slots.giveBack(signal, bytes: call.body.size)
        parts.observer?.note(signal, of: call.operation)

        switch failure.verdict {
        case .final: throw error(call, cause, attempts: course.attempts)
        case .adopt(let adoption):
            guard course.adopted.insert(adoption).inserted, await adopt(adoption, from: failure, of: attempt, course) else {
                throw error(call, cause, attempts: course.attempts)
            }
        case .again(let limit, _):
            let wait = parts.retry.delay(after: course.attempts, retryAfter: failure.response.flatMap(retryAfter))
            guard course.attempts < limit, wait <= max(parts.retry.maximumRetryAfter, parts.retry.maximumDelay) else {
                throw error(call, cause, attempts: course.attempts)
            }
            guard parts.retry.budget.take() else { throw error(call, cause, attempts: course.attempts, budgetExhausted: true) }
            do { try await parts.clock.sleep(wait) } catch { throw self.error(call, .transport(.cancelled), attempts: course.attempts) }
        }
    }

    // MARK: Before

    private func credentials(for call: Call) async throws(S3Error) -> Credentials {
        do { return try await parts.credentials.credentials() } catch { throw self.error(call, .credentials(error)) }
    }

    private func sign(_ call: Call, target: RequestTarget, credentials: Credentials, redirect: String?) throws(S3Error) -> HTTPRequest {
        var url = call.key == nil ? target.bucketURL : target.objectURL
        if let key = call.key { url += PercentEncoding.path(key.bytes) }
        if !call.query.isEmpty { url += "?" + call.query }
        var request = HTTPRequest(
            method: call.method, url: redirect ?? url, headers: call.headers, body: call.body,
            maximumResponseBytes: call.maximumResponseBytes,
            onSend: call.onSend)
        if let receiver = call.receiver { request.onReceive = receiver() }
        do {
            try target.signer.sign(
                &request, payload: call.payload, credentials: credentials, at: parts.clock.now() + target.clockDifference)
        } catch {
            throw self.error(call, .unsendable("the URL \(url) is not one that can be signed"))
        }
        return request
    }

    // MARK: After

    private func judge<Answer>(
        _ response: HTTPResponse, to attempt: Attempt, read: (HTTPResponse) throws(AnswerFault) -> Answer
    ) -> Result<Answer, Failure> {
        func failure(_ cause: S3Error.Cause, _ verdict: RetryPolicy.Verdict) -> Result<Answer, Failure> {
            .failure(Failure(cause, verdict, answered: response))
        }
        func refused(_ document: ErrorDocument?) -> Result<Answer, Failure> {
            let refusal = S3Refusal(
                response, document: document, operation: attempt.call.operation, now: parts.clock.now(),
                hiding: Redaction.secrets(of: attempt.request))
            let verdict = parts.retry.verdict(
                on: refusal, region: attempt.target.region, isTemporary: attempt.credentials.sessionToken != nil, hasCode: document != nil)
            // A status alone tells too little: 404 may be a bucket that is not there, or a setting that it does not have.
            if verdict == .final, document == nil, ErrorDocument.begins(response.body) {
                return failure(.refused(refusal), .again(limit: parts.retry.attempts, throttled: false))
            }
            return failure(.refused(refusal), verdict)
        }
        guard (200...299).contains(response.status) else {
            return refused(response.body.isEmpty ? nil : ErrorDocument(response.body))
        }
        do throws(AnswerFault) {
            return .success(try read(response))
        } catch {
            let reason: String
            switch error {
            case .error(let document): return refused(document)
            case .unreadable(let fault): reason = String(describing: fault)
            case .header(let what): reason = what
            }
            let cause = S3Error.Cause.unreadable(
                status: response.status, reason: reason,
                excerpt: S3Refusal.excerpt(response.body, hiding: Redaction.secrets(of: attempt.request)))
            return failure(cause, .again(limit: parts.retry.connectAttempts, throttled: false))
        }
    }

    private func signal(_ verdict: RetryPolicy.Verdict, answered: Bool) -> TrafficSignal {
        if case .again(_, throttled: true) = verdict { return .throttled }
        return answered ? .answered : .unanswered
    }

    /// `Retry-After` in seconds or as a date (RFC 9110 §10.2.3).
    private func retryAfter(_ response: HTTPResponse) -> Duration? {
        guard let text = response.header("Retry-After") else { return nil }
        if let seconds = Int64(text), seconds >= 0 { return .seconds(min(seconds, 1_000_000)) }
        return HTTPDate.unixSeconds(text).map { .seconds(max(0, $0 - parts.clock.now())) }
    }

    // MARK: Adopting

    private func adopt(_ adoption: RetryPolicy.Adoption, from failure: Failure, of attempt: Attempt, _ course: Course) async -> Bool {
        guard case .refused(let refusal) = failure.cause, let response = failure.response else { return false }
        let (target, credentials) = (attempt.target, attempt.credentials)
        switch adoption {
        case .clock:
            guard let difference = refusal.clockDifference else { return false }
            return adopt(clockDifference: difference, used: target.clockDifference)
        case .credentials:
            await parts.credentials.invalidate(credentials)
            guard let other = try? await parts.credentials.credentials() else { return false }
            return other != credentials
        case .address:
            if let region = refusal.region, region != target.region { return adopt(region: region, used: target.region) }
            guard let location = response.header("Location"), location != attempt.request.url, target.endpoint.mayFollow(location) else {
                return false
            }
            course.redirect = location
            return true
        }
    }
}

extension HTTPBody {
    /// The number of bytes.
    fileprivate var size: Int64 {
        switch self {
        case .none: 0
        case .bytes(let bytes): Int64(bytes.count)
        case .source(let source): source.size
        }
    }
}
