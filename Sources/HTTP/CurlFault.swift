internal import CCurl

/// What libcurl says of a transfer that failed, and what that is in our terms.
struct CurlFault {
    let code: CURLcode
    let text: String
    let url: String
    let isConnected: Bool
    let bodySent: Bool

    /// The error that callers see (libcurl-errors(3)).
    var error: HTTPError {
        switch code {
        case CURLE_URL_MALFORMAT:
            .invalidRequest("\(url): \(text)")
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY:
            .unresolved(host: host, text)
        case CURLE_COULDNT_CONNECT, CURLE_PROXY, CURLE_INTERFACE_FAILED:
            .notConnected(text)
        case CURLE_OPERATION_TIMEDOUT:
            // The only limit that is libcurl's own is that on connecting; the others are the loop's.
            isConnected ? .timedOut(text, bodySent: bodySent) : .notConnected(text)
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CIPHER, CURLE_SSL_CERTPROBLEM, CURLE_SSL_ENGINE_NOTFOUND,
            CURLE_SSL_ENGINE_SETFAILED, CURLE_SSL_ENGINE_INITFAILED, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CRL_BADFILE,
            CURLE_SSL_ISSUER_ERROR, CURLE_SSL_PINNEDPUBKEYNOTMATCH, CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_CLIENTCERT,
            CURLE_USE_SSL_FAILED:
            .tls(text)
        case CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_GOT_NOTHING, CURLE_PARTIAL_FILE, CURLE_SSL_SHUTDOWN_FAILED, CURLE_SEND_FAIL_REWIND:
            .connectionLost(text, bodySent: bodySent)
        case CURLE_WEIRD_SERVER_REPLY, CURLE_UNSUPPORTED_PROTOCOL, CURLE_BAD_CONTENT_ENCODING:
            // The URL's scheme has been checked, so "unsupported protocol" is an answer that is not HTTP/1: libcurl takes it for HTTP/0.9.
            .malformedResponse(text)
        default:
            .other(code: Int(code.rawValue), text)
        }
    }

    private var host: String {
        let authority = url.drop { $0 != ":" }.dropFirst(3).prefix { $0 != "/" && $0 != "?" }
        return String(authority.last == "]" ? authority : authority.prefix { $0 != ":" || authority.first == "[" })
    }
}
