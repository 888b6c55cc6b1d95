internal import Digest
internal import HTTP
internal import S3
internal import Synchronization
internal import Vocabulary

/// Fetches what was deployed as visitors do, without credentials, and compares it with what was deployed.
struct VisitorsCheck {
    let store: S3Client
    let addresses: [VisitorAddress]

    /// One fetch for each sample and address, one after the other; where a bucket is private, the other sample would say the same.
    func faults(of samples: [VisitorSample]) async -> [VisitorFault] {
        var faults: [VisitorFault] = []
        for address in addresses {
            for sample in samples where !Task.isCancelled {
                let url = address.url(of: sample.path)
                guard let reason = await look(at: url, expecting: sample.sha256) else { continue }
                faults.append(
                    VisitorFault(sample: sample, url: url, kind: address.kind, reason: reason, store: store.profile, bucket: store.bucket))
                if case .isPrivate = reason { break }
                if case .unreachable = reason { break }
            }
        }
        return faults
    }

    private func look(at url: String, expecting sha256: SHA256) async -> VisitorFault.Reason? {
        let digest = Mutex(SHA256Hasher())
        var request = HTTPRequest(method: .get, url: url)
        request.onReceive = { bytes in digest.withLock { $0.update(bytes) } }
        let response: HTTPResponse
        do throws(HTTPError) { response = try await store.visit(request) } catch { return .unreachable(error.words) }
        switch response.status {
        case 200:
            let found = digest.withLock { $0.finalize() }
            return found == sha256 ? nil : .differs(age: response.header("Age"))
        case 401, 403: return .isPrivate(status: response.status)
        case 404, 410: return .isMissing
        case 300...399: return .redirects(status: response.status, to: response.header("Location"))
        default: return .status(response.status)
        }
    }
}
