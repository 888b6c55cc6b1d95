internal import Digest
internal import HTTP
public import Vocabulary

extension S3Client {
    /// The most keys that one DeleteObjects request names.
    public static let deleteBatchSize = 1000

    /// Deletes one object (Amazon S3 API Reference, DeleteObject). That there is none is no error. Where `isCalledOff` answers true when the
    /// request's turn has come, nothing is sent, as if the task had been cancelled.
    public func deleteObject(_ key: Key, isCalledOff: (@Sendable () -> Bool)? = nil) async throws(S3Error) {
        do {
            try await send(Call(operation: .deleteObject, method: .delete, key: key, isCalledOff: isCalledOff)) {
                response throws(AnswerFault) in
                // The answer is empty by definition; one with a document is a proxy's page.
                if !response.body.isEmpty { throw AnswerFault.header("it holds a document") }
            }
        } catch {
            if !error.isNotFound { throw error }
        }
    }

    /// Deletes objects in batches of 1,000 (Amazon S3 API Reference, DeleteObjects) and answers, for each key in order, what came of it.
    ///
    /// Each key must be confirmed by the answer. Keys that XML cannot carry unchanged are deleted singly, and so are all where the server does
    /// not offer DeleteObjects. Requests whose turn comes when `isCalledOff` answers true are not sent, as if the task had been cancelled.
    public func delete(_ keys: [Key], isCalledOff: (@Sendable () -> Bool)? = nil) async -> [Result<Void, S3Error>] {
        var results: [Result<Void, S3Error>] = []
        results.reserveCapacity(keys.count)
        var start = 0
        while start < keys.count {
            let end = min(start + Self.deleteBatchSize, keys.count)
            results += await deleteBatch(keys[start..<end], isCalledOff)
            start = end
        }
        return results
    }

    private func deleteBatch(_ keys: ArraySlice<Key>, _ isCalledOff: (@Sendable () -> Bool)?) async -> [Result<Void, S3Error>] {
        let batch = keys.filter { XMLWriter.canCarry($0.bytes) }
        var outcomes: [Key: Result<Void, S3Error>] = [:]
        do {
            if batch.count > 1, profile.batchDeletion != .none { outcomes = try await deleteTogether(batch, isCalledOff) }
        } catch {
            // Nothing was deleted where the server does not know the request; all else concerns every key of the batch.
            if error.code == .notImplemented || error.code == .methodNotAllowed {
                correct { $0.batchDeletion = .none }
            } else {
                for key in batch { outcomes[key] = .failure(error.naming(key)) }
            }
        }
        var results: [Result<Void, S3Error>] = []
        for key in keys {
            if let outcome = outcomes[key] {
                results.append(outcome)
                continue
            }
            do {
                try await deleteObject(key, isCalledOff: isCalledOff)
                results.append(.success(()))
            } catch {
                results.append(.failure(error))
            }
        }
        return results
    }

    private func deleteTogether(
        _ keys: [Key], _ isCalledOff: (@Sendable () -> Bool)?
    ) async throws(S3Error) -> [Key: Result<Void, S3Error>] {
        var document = XMLWriter(root: "Delete")
        for key in keys {
            document.open("Object")
            document.element("Key", key.bytes)
            document.close("Object")
        }
        document.close("Delete")
        var call = Call.document(document.bytes, operation: .deleteObjects, method: .post, query: "delete")
        call.isCalledOff = isCalledOff
        let (deleted, failed, response) = try await send(call) { response throws(AnswerFault) in
            let root = try XMLElement(answer: response, root: "DeleteResult")
            return (Set(root.children("Deleted").compactMap { $0.text("Key").map { Key($0) } }), root.children("Error"), response)
        }
        var outcomes: [Key: Result<Void, S3Error>] = [:]
        for entry in failed {
            guard let name = entry.text("Key") else { continue }
            let refusal = S3Refusal(response, code: entry.text("Code") ?? "", message: entry.text("Message") ?? "")
            if refusal.code == .noSuchKey { continue }
            outcomes[Key(name)] = .failure(error(call, .refused(refusal)).naming(Key(name)))
        }
        let absent = Set(failed.filter { $0.text("Code") == "NoSuchKey" }.compactMap { $0.text("Key").map { Key($0) } })
        for key in keys where outcomes[key] == nil {
            if deleted.contains(key) || absent.contains(key) {
                outcomes[key] = .success(())
            } else {
                let reason = "it does not mention the key"
                outcomes[key] = .failure(error(call, .unreadable(status: 200, reason: reason, excerpt: "")).naming(key))
            }
        }
        return outcomes
    }
}

extension S3Error {
    /// The same error, of one key of a batch.
    func naming(_ key: Key) -> S3Error {
        S3Error(
            operation: operation, bucket: bucket, key: key, endpoint: endpoint, cause: cause, attempts: attempts,
            budgetExhausted: budgetExhausted, provider: provider)
    }
}

extension Call {
    /// A call that sends a document, with its Content-MD5 where servers want one.
    static func document(_ bytes: [UInt8], operation: S3Operation, method: HTTPMethod, query: String) -> Call {
        Call(
            operation: operation, method: method, query: query,
            headers: [HTTPHeader("Content-Type", "application/xml"), HTTPHeader("Content-MD5", base64(MD5.digest(of: bytes).bytes))],
            payload: .sha256(.digest(of: bytes)), body: .bytes(bytes), maximumResponseBytes: 4 << 20)
    }
}
