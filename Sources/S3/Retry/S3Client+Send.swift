internal import HTTP
internal import Synchronization
internal import Vocabulary

extension S3Client {
    /// Sends a call, as often as the policy allows, and reads its answer. `read` gets every answer with a status of 200...299.
    func send<Answer>(_ call: Call, read: (HTTPResponse) throws(AnswerFault) -> Answer) async throws(S3Error) -> Answer {
        var attempt = 0
        var adopted: Set<RetryPolicy.Adoption> = []
        var redirect: String?
        while true {
            attempt += 1
            let credentials = try await credentials(for: call)
            // Signed once there is a place: a signature is good for a quarter of an hour only.
            await parts.slots.take()
            if attempt == 1, call.isCalledOff?() == true {
                parts.slots.giveBack(.unanswered, bytes: 0)
                throw error(call, .transport(.cancelled))
            }
            let target = currentTarget
            let request: HTTPRequest
            do throws(S3Error) {
                request = try sign(call, target: target, credentials: credentials, redirect: redirect)
            } catch {
                parts.slots.giveBack(.unanswered, bytes: 0)
                throw error
            }
            let cause: S3Error.Cause
            let verdict: RetryPolicy.Verdict
            var response: HTTPResponse?
            do {
                let answer = try await parts.transport.perform(request)
                response = answer
                if !reached.load(ordering: .relaxed) {
                    reached.store(true, ordering: .relaxed)
                    recognize { answer.header($0) }
                }
                switch judge(answer, to: request, call: call, target: target, credentials: credentials, read: read) {
                case .success(let value):
                    parts.slots.giveBack(.answered, bytes: call.body.size + Int64(answer.body.count))
                    parts.observer?.note(.answered, of: call.operation)
                    parts.retry.budget.refund(retried: attempt > 1)
                    return value
                case .failure(let failure): (cause, verdict) = (failure.cause, failure.verdict)
                }
            } catch {
                cause = .transport(error)
                verdict = parts.retry.verdict(on: error, reached: reached.load(ordering: .relaxed))
            }
            if cause.leavesDoubt { call.onDoubt?() }
            let signal = signal(verdict, answered: response != nil)
            parts.slots.giveBack(signal, bytes: call.body.size)
            parts.observer?.note(signal, of: call.operation)

            switch verdict {
            case .final: throw error(call, cause, attempts: attempt)
            case .adopt(let adoption):
                guard adopted.insert(adoption).inserted,
                    await adopt(
                        adoption, from: response, cause: cause, target: target, credentials: credentials, url: request.url,
                        redirect: &redirect)
                else { throw error(call, cause, attempts: attempt) }
            case .again(let limit, _):
                let wait = parts.retry.delay(after: attempt, retryAfter: response.flatMap(retryAfter))
                guard attempt < limit, wait <= max(parts.retry.maximumRetryAfter, parts.retry.maximumDelay) else {
                    throw error(call, cause, attempts: attempt)
                }
                guard parts.retry.budget.take() else { throw error(call, cause, attempts: attempt, budgetExhausted: true) }
                do { try await parts.clock.sleep(wait) } catch { throw self.error(call, .transport(.cancelled), attempts: attempt) }
            }
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

    private struct Failure: Error {
        let cause: S3Error.Cause
        let verdict: RetryPolicy.Verdict
    }

    private func judge<Answer>(
        _ response: HTTPResponse, to request: HTTPRequest, call: Call, target: RequestTarget, credentials: Credentials,
        read: (HTTPResponse) throws(AnswerFault) -> Answer
    ) -> Result<Answer, Failure> {
        let now = parts.clock.now()
        func refused(_ document: ErrorDocument?) -> Result<Answer, Failure> {
            let refusal = S3Refusal(
                response, document: document, operation: call.operation, now: now, hiding: Redaction.secrets(of: request))
            let verdict = parts.retry.verdict(
                on: refusal, region: target.region, isTemporary: credentials.sessionToken != nil, hasCode: document != nil)
            // A status alone tells too little: 404 may be a bucket that is not there, or a setting that it does not have.
            if verdict == .final, document == nil, ErrorDocument.begins(response.body) {
                return .failure(Failure(cause: .refused(refusal), verdict: .again(limit: parts.retry.attempts, throttled: false)))
            }
            return .failure(Failure(cause: .refused(refusal), verdict: verdict))
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
                status: response.status, reason: reason, excerpt: S3Refusal.excerpt(response.body, hiding: Redaction.secrets(of: request)))
            return .failure(Failure(cause: cause, verdict: .again(limit: parts.retry.connectAttempts, throttled: false)))
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

    private func adopt(
        _ adoption: RetryPolicy.Adoption, from response: HTTPResponse?, cause: S3Error.Cause, target: RequestTarget,
        credentials: Credentials,
        url: String,
        redirect: inout String?
    ) async -> Bool {
        guard case .refused(let refusal) = cause, let response else { return false }
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
            guard let location = response.header("Location"), location != url, target.endpoint.mayFollow(location) else { return false }
            redirect = location
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
