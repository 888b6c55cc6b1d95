public import HTTP
internal import Vocabulary

extension S3Error: CustomStringConvertible {
    /// What failed, on what, why, and what to do next. No secret and no signature is ever part of it.
    public var description: String {
        var text = "cannot \(operation.intent) \(place): \(reason)"
        if attempts > 1 { text += " (tried \(attempts) times)" }
        text += "."
        if budgetExhausted { text += " It was not tried again: too much of this run failed." }
        if let remedy { text += " " + remedy }
        if let numbers { text += " [" + numbers + "]" }
        return text
    }

    private var place: String {
        let object = key.map { "/" + $0.string.escapedForTerminal } ?? ""
        return "s3://\(bucket.escapedForTerminal)\(object) at \(endpoint.escapedForTerminal)"
    }

    private var reason: String {
        switch cause {
        case .refused(let refusal):
            let words =
                refusal.message.isEmpty ? refusal.excerpt.map { "the answer is not S3's: “\($0)”" } : refusal.message.escapedForTerminal
            let status = refusal.status == 200 ? "" : "\(refusal.status) "
            return "the server answers \(status)\(refusal.code.name.escapedForTerminal)" + (words.map { " – " + trimmed($0) } ?? "")
        case .unreadable(let status, let reason, let excerpt):
            return "the answer (status \(status)) cannot be understood, \(reason)" + (excerpt.isEmpty ? "" : ": “\(excerpt)”")
        case .transport(let error): return trimmed(error.words)
        case .credentials(let error): return trimmed(error.description)
        case .ignored(let request): return "the server has done it without \(request.words)"
        case .unsendable(let reason): return trimmed(reason.escapedForTerminal)
        }
    }

    private func trimmed(_ text: String) -> String { text.hasSuffix(".") ? String(text.dropLast()) : text }

    private var numbers: String? {
        guard let refusal else { return nil }
        let parts = [refusal.requestID.map { "request id " + $0 }, refusal.hostID.map { "host id " + $0 }].compactMap { $0 }
        return parts.isEmpty ? nil : parts.joined(separator: ", ").escapedForTerminal
    }

    private var remedy: String? {
        switch cause {
        case .refused(let refusal):
            WriteRequest.remedy(for: refusal, asked: asked, provider) ?? refusal.remedy(operation: operation, bucket: bucket)
        case .ignored(let request): "What is stored is not encrypted as asked: delete it where that matters. " + request.advice(provider)
        case .unreadable: "Check that the endpoint is an S3 server and that no proxy answers in its place."
        case .transport(let error): error.remedy
        case .credentials, .unsendable: nil
        }
    }
}

extension S3Refusal {
    /// What to do next.
    fileprivate func remedy(operation: S3Operation, bucket: String) -> String? {
        switch code {
        case .accessDenied:
            "The access key needs the permission \(operation.permission) on this bucket"
                + (operation == .headObject || operation == .getObject
                    ? ", and s3:ListBucket to be told that an object does not exist." : ".")
        case .noSuchBucket:
            "Check the name “\(bucket.escapedForTerminal)” and the endpoint, or create the bucket (--create-bucket)."
        case .signatureDoesNotMatch:
            "Usually the secret access key is wrong or was copied with a blank, the region is not the bucket's,"
                + " or a proxy changes the request on its way."
        case .invalidAccessKeyID: "The access key ID is unknown to this endpoint: check that key and endpoint belong together."
        case .expiredToken, .invalidToken: "Renew the session credentials and run again."
        case .requestTimeTooSkewed:
            "The clock here is "
                + (clockDifference.map { "\($0.magnitude) seconds \($0 > 0 ? "behind" : "ahead of") the server's" }
                    ?? "more than 15 minutes off")
                + ": set it."
        case .permanentRedirect, .temporaryRedirect, .authorizationHeaderMalformed, .illegalLocationConstraint:
            if let region {
                "The bucket is in the region \(region.escapedForTerminal): use --region \(region.escapedForTerminal) and that region's endpoint."
            } else if let endpoint {
                "The server wants to be asked at \(endpoint.escapedForTerminal): set --endpoint-url and --region accordingly."
            } else {
                "Check --region and --endpoint-url: the bucket is elsewhere."
            }
        case .slowDown, .serviceUnavailable, .internalError:
            "The server is overloaded or in trouble: try again later, or with fewer --jobs."
        case .quotaExceeded: "Free space in the account, or have its quota raised."
        case .badDigest: "The content changed while it was sent, or was damaged on the way: run again."
        case .invalidBucketName: "A bucket's name has 3 to 63 lower-case letters, digits, dots and hyphens."
        case .bucketAlreadyExists: "The name belongs to someone else: choose another."
        case .invalidLocationConstraint: "The server does not know this region: check --region."
        case .entityTooLarge: "The server takes no object this large in one request."
        case .methodNotAllowed, .notImplemented: "This server does not offer \(operation.rawValue)."
        default: nil
        }
    }
}

extension HTTPError {
    /// The cause in words that complete a sentence, escaped for a terminal.
    public var words: String {
        switch self {
        case .invalidRequest(let reason): "the request cannot be made, \(reason.escapedForTerminal)"
        case .unresolved(let host, let reason): "the host name \(host.escapedForTerminal) is not known, \(reason.escapedForTerminal)"
        case .notConnected(let reason): "no connection, \(reason.escapedForTerminal)"
        case .tls(let reason): "no secure connection, \(reason.escapedForTerminal)"
        case .connectionLost(let reason, _): "the connection broke, \(reason.escapedForTerminal)"
        case .timedOut(let reason, _): "it took too long, \(reason.escapedForTerminal)"
        case .bodyUnreadable(let error): "the content could not be read, \(String(describing: error).escapedForTerminal)"
        case .bodyShort(let expected, let got): "the content ended after \(got) of \(expected) bytes"
        case .responseTooLarge(let limit): "the answer is larger than \(limit) bytes"
        case .sinkFailed(let error): "the answer could not be stored, \(String(describing: error).escapedForTerminal)"
        case .malformedResponse(let reason): "the answer is not HTTP, \(reason.escapedForTerminal)"
        case .cancelled: "it was cancelled"
        case .other(let code, let reason): "\(reason.escapedForTerminal) (libcurl error \(code))"
        }
    }

    /// What to do next.
    fileprivate var remedy: String? {
        switch self {
        case .unresolved: "Check --endpoint-url and the network."
        case .notConnected: "Check that the server runs, the port in --endpoint-url, and any firewall or proxy between."
        case .tls: "Check the server's certificate; a private authority is trusted through AWS_CA_BUNDLE."
        case .malformedResponse: "Check that --endpoint-url names an S3 server, and http or https rightly."
        case .bodyShort, .bodyUnreadable: "The file changed or went away while it was read: run again."
        case .connectionLost, .timedOut: "Check the network and try again."
        case .invalidRequest, .responseTooLarge, .sinkFailed, .cancelled, .other: nil
        }
    }
}
