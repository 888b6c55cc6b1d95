public import Bucket
public import HTTP
public import S3

/// Asks a probe's questions of a real address, as a browser would.
public struct CORSProbing: Sendable {
    private let store: S3Client
    private let probe: CORSProbe

    /// Prepares a probe over the transport of `store`; its credentials are not used.
    public init(_ store: S3Client, _ needs: CORSNeeds, origin: String? = nil) {
        self.store = store
        probe = CORSProbe(needs, origin: origin)
    }

    /// Asks at `url`, one question after the other. Throws where no answer comes.
    public func run(at url: String) async throws(HTTPError) -> CORSProbeResult {
        var result = CORSProbeResult()
        for question in probe.questions {
            result.findings += probe.judge(question, try await ask(question, url))
            if result.isPrivate { return result }
        }
        if result.wantsFreshQuestion {
            let fresh = url + (url.contains("?") ? "&" : "?") + "galleria-probe=\(store.now)"
            result.findings += probe.judge(probe.freshQuestion, try await ask(probe.freshQuestion, fresh))
        }
        return result
    }

    private func ask(_ question: CORSProbe.Question, _ url: String) async throws(HTTPError) -> CORSProbeAnswer {
        var request = HTTPRequest(
            method: question.method == "OPTIONS" ? .options : .get, url: url,
            headers: question.headers.map { HTTPHeader($0.name, $0.value) })
        // Only the header fields are of interest; a photo passes by.
        request.onReceive = { _ in }
        let response = try await store.visit(request)
        return CORSProbeAnswer(status: response.status, headers: response.headers.map { ($0.name, $0.value) })
    }
}
