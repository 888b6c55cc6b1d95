internal import HTTP
internal import Planning
internal import S3
internal import Vocabulary

/// Gives an object other headers by a copy onto itself on the server; where the server does not do that, or it is in doubt what was copied, the
/// file is sent. An object that was read and found to hold the right bytes stays even where it cannot be given our metadata.
struct HeaderUpdate: Sendable {
    let upload: Upload

    func run(_ planned: PlannedHeaderUpdate, reading: Reading?) async -> Upload.Ended {
        let file = planned.file
        upload.observer.note(.started(file.path, size: 0))
        let outcome: Outcome = planned.isAdoption ? .adopted(path: file.path) : .headersUpdated(path: file.path)
        var isRefused = false
        do throws(S3Error) {
            if let copied = try await copy(planned) {
                upload.recorder?.noteHeaders(
                    planned, etag: copied.etag, headers: upload.headers.digest(for: file, size: planned.object.size), recipe: copied.recipe)
                return Upload.Ended(outcome: outcome, photo: nil, hasUntoldACL: copied.hasUntoldACL)
            }
        } catch {
            if error.isCancelled {
                return Upload.Ended(outcome: .failed(path: file.path.string.escapedForTerminal, .store(error)), photo: nil)
            }
            isRefused = true
        }
        if planned.isAdoption, isRefused {
            upload.recorder?.noteHeaders(planned, etag: planned.object.etag, headers: nil, recipe: nil)
            return Upload.Ended(outcome: outcome, photo: nil)
        }
        return await upload.send(
            PlannedUpload(
                file: file, reason: .headers, deployedSize: planned.object.size, replacedSize: planned.object.size), reading: reading)
    }

    private struct Copied {
        let etag: ETag?
        /// The recipe of the photo that was copied.
        let recipe: String?
        /// True where nobody knows who could read the object before.
        let hasUntoldACL: Bool
    }

    /// Copies the object and makes sure of what was copied; nil where that is in doubt.
    private func copy(_ planned: PlannedHeaderUpdate) async throws(S3Error) -> Copied? {
        let (store, key, object) = (upload.store, planned.object.key, planned.object)
        let head = try await store.head(key)
        guard head.size == object.size, head.etag == object.etag else { return nil }
        let wanted = upload.headers.headers(for: planned.file, size: object.size)
        // Not every store encrypts what it copies (radosgw does not, and says nothing): content under other keys is sent.
        guard !wanted.drift(shown: { head.header($0) }).contains(where: { $0.hasPrefix(HeaderSet.encryptionPrefix) }),
            !head.headers.contains(where: { $0.name.lowercased() == HeaderSet.encryptionPrefix + "-customer-algorithm" })
        else { return nil }
        var headers = wanted.httpHeaders + kept(of: head, beside: wanted)
        headers.append(HTTPHeader(ObjectHead.sha256Header, planned.sha256.hex))
        var hasUntoldACL = false
        if !wanted.fields.contains(where: { $0.name == "x-amz-acl" || $0.name.hasPrefix("x-amz-grant-") }) {
            switch try await store.acl(of: key) {
            case .granting(let grants): headers += grants
            case .unsupported: break
            case .untold: hasUntoldACL = true
            }
        }
        let dropsTags = upload.former.isDropped(HeaderSet.tagging, from: wanted)
        guard let answer = try await upload.copy(key, head, to: planned.file, planned.sha256, headers, dropsTags: dropsTags) else {
            return nil
        }
        return Copied(etag: answer.etag, recipe: head.metadata[PhotoGuard.recipeName], hasUntoldACL: hasUntoldACL)
    }

    /// What the object has besides: other metadata, and what a copy would forget; but not what was configured once and is no more.
    private func kept(of head: ObjectHead, beside wanted: HeaderSet) -> [HTTPHeader] {
        let isEncrypted = wanted.fields.contains { $0.name.hasPrefix(HeaderSet.encryptionPrefix) }
        return head.headers.filter { header in
            let name = header.name.lowercased()
            // One way of encryption stands against another.
            if isEncrypted, name.hasPrefix(HeaderSet.encryptionPrefix) { return false }
            guard wanted[name] == nil, name != ObjectHead.sha256Header, !upload.former.isDropped(name, from: wanted) else { return false }
            return name.hasPrefix(HeaderSet.metadataPrefix) || Self.forgotten.contains(name)
        }
    }

    private static let forgotten: Set<String> = [
        "x-amz-storage-class", HeaderSet.redirect, "x-amz-server-side-encryption", "x-amz-server-side-encryption-aws-kms-key-id",
    ]
}
