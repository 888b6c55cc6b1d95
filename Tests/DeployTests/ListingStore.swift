import HTTP
import S3
import Synchronization

/// A bucket that can only be listed: ListObjectsV2 over keys in memory. No real server takes its pages' size from a test.
final class ListingStore: HTTPTransport {
    enum Habit: Sendable {
        /// As Amazon S3 answers.
        case sound
        /// Answers from the first key on, whatever `start-after` says.
        case ignoresStart
        /// Puts capitals behind small letters, which is not byte order.
        case otherOrder
    }

    private let keys: [String]
    private let pageSize: Int
    private let habit: Habit
    private let count = Mutex(0)

    init(_ keys: Set<String>, pageSize: Int, habit: Habit = .sound) {
        self.keys = keys.sorted {
            habit == .otherOrder ? $0.swappingCase < $1.swappingCase : Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8))
        }
        self.pageSize = pageSize
        self.habit = habit
    }

    var requestCount: Int { count.withLock { $0 } }

    func perform(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        count.withLock { $0 += 1 }
        var query: [String: String] = [:]
        for pair in request.url.split(separator: "?").last?.split(separator: "&") ?? [] {
            let parts = pair.split(separator: "=", maxSplits: 1)
            query[String(parts[0])] = parts.count > 1 ? String(parts[1]).replacing("%2F", with: "/") : ""
        }
        var start = 0
        if let token = query["continuation-token"] {
            start = Int(token) ?? 0
        } else if let after = query["start-after"], habit != .ignoresStart {
            start = keys.firstIndex { isAfter($0, after) } ?? keys.count
        }
        let end = min(start + pageSize, keys.count)
        var body = "<ListBucketResult><IsTruncated>\(end < keys.count)</IsTruncated>"
        if end < keys.count { body += "<NextContinuationToken>\(end)</NextContinuationToken>" }
        for key in keys[start..<end] {
            body +=
                "<Contents><Key>\(key)</Key><LastModified>2024-06-15T10:30:45.000Z</LastModified><ETag>x</ETag><Size>1</Size></Contents>"
        }
        return HTTPResponse(status: 200, headers: [], body: [UInt8]((body + "</ListBucketResult>").utf8))
    }

    private func isAfter(_ key: String, _ other: String) -> Bool {
        habit == .otherOrder ? other.swappingCase < key.swappingCase : Array(other.utf8).lexicographicallyPrecedes(Array(key.utf8))
    }

    func client() throws -> S3Client {
        S3Client(
            bucket: "photos", endpoint: try Endpoint(parsing: "http://127.0.0.1:9000"), region: "us-east-1",
            parts: .init(
                transport: self, credentials: StaticCredentials(Credentials(accessKeyID: "AKID", secretAccessKey: "SECRET")), clock: .system
            ))
    }
}

extension String {
    fileprivate var swappingCase: String { String(map { $0.isUppercase ? Character($0.lowercased()) : Character($0.uppercased()) }) }
}
