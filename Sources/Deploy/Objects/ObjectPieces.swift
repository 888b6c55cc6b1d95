internal import HTTP
public import S3
public import Vocabulary

/// Reads an object piece by piece, a few at once, and hands them over in order. Each piece must be of the same object: its tag is asked for as a condition
/// (If-Match, RFC 9110 §13.1.1) and compared in each answer, because not every server heeds the condition.
public struct ObjectPieces: Sendable {
    /// How much is read by one request, in bytes: held in memory, and all that is asked for again after a fault.
    public static let pieceSize: Int64 = 8 << 20
    /// The most pieces of one object on their way.
    public static let window = 4

    private let store: S3Client
    private let key: Key
    private let size: Int64
    private let etag: ETag?

    /// Reads the object at `key`, which has so many bytes and this tag; nil where the tag is not known.
    public init(_ store: S3Client, _ key: Key, size: Int64, etag: ETag?) {
        self.store = store
        self.key = key
        self.size = size
        self.etag = etag.flatMap { $0.value.isEmpty ? nil : $0 }
    }

    /// Reads `range` and gives it to `take` in order, on the task that calls; the head that came with the first piece. Nothing is asked where the range
    /// is empty, and nil answered.
    @discardableResult
    public func read(
        _ range: Range<Int64>, _ take: (Int64, [UInt8]) async throws(OutputFault) -> Void
    ) async throws(OutputFault) -> ObjectHead? {
        let result: Result<ObjectHead?, OutputFault> = await withTaskGroup(of: (Int64, Result<ObjectContent, S3Error>).self) { group in
            var (asked, taken) = (range.lowerBound, range.lowerBound)
            var waiting: [Int64: ObjectContent] = [:]
            var head: ObjectHead?
            while taken < range.upperBound {
                while asked < range.upperBound, asked - taken < Int64(min(Self.window, store.requestLimit)) * Self.pieceSize,
                    !Task.isCancelled
                {
                    let piece = asked..<min(asked + Self.pieceSize, range.upperBound)
                    group.addTask { (piece.lowerBound, await self.piece(piece)) }
                    asked = piece.upperBound
                }
                guard let (offset, result) = await group.next() else { return .failure(.interrupted) }
                do throws(OutputFault) {
                    waiting[offset] = try sound(result)
                    while let content = waiting.removeValue(forKey: taken) {
                        let end = min(taken + Self.pieceSize, range.upperBound)
                        guard content.bytes.count == Int(end - taken) else { throw .changed }
                        if head == nil { head = content.head }
                        try await take(taken, content.bytes)
                        taken = end
                    }
                } catch {
                    group.cancelAll()
                    return .failure(error)
                }
            }
            return .success(head)
        }
        return try result.get()
    }

    private func sound(_ result: Result<ObjectContent, S3Error>) throws(OutputFault) -> ObjectContent {
        let content: ObjectContent
        do throws(S3Error) { content = try result.get() } catch {
            if error.isCancelled { throw .interrupted }
            throw error.refusal?.status == 412 ? .changed : .store(error)
        }
        guard content.head.size == size, etag == nil || content.head.etag == etag else { throw .changed }
        return content
    }

    private func piece(_ range: Range<Int64>) async -> Result<ObjectContent, S3Error> {
        do throws(S3Error) {
            // A whole object is asked for as such: some servers refuse the range of an empty one, or know none.
            let isWhole = range == 0..<size
            return .success(
                try await store.getObject(key, range: isWhole ? nil : range, ifMatch: etag, maximumBytes: Int(Self.pieceSize) + (1 << 16)))
        } catch { return .failure(error) }
    }
}
