public import HTTP
internal import Synchronization
internal import Vocabulary

/// A transport that shows what goes over the wire, for `-vv`: requests and answers with everything cut out that lets anyone act for the user.
public struct LoggedTransport: HTTPTransport {
    /// What is shown of answers' contents.
    public enum Bodies: Sendable, Hashable {
        /// The beginning, of documents and errors.
        case excerpts
        /// Only how long they are: they hold credentials.
        case hidden
    }

    private let base: any HTTPTransport
    private let bodies: Bodies
    private let numbers: Numbers
    private let write: @Sendable (String) -> Void

    /// Numbers requests and answers across all transports of a run.
    public final class Numbers: Sendable {
        private let last = Mutex(0)

        /// Begins at 1.
        public init() {}

        func next() -> Int {
            last.withLock {
                $0 += 1
                return $0
            }
        }
    }

    /// Shows what `base` sends and receives; `write` gets several lines at once, on any thread.
    public init(_ base: any HTTPTransport, bodies: Bodies, numbers: Numbers, write: @escaping @Sendable (String) -> Void) {
        self.base = base
        self.bodies = bodies
        self.numbers = numbers
        self.write = write
    }

    /// Sends `request` through the transport beneath.
    public func perform(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        let number = numbers.next()
        write(Self.text(of: request, number: number))
        do throws(HTTPError) {
            let response = try await base.perform(request)
            write(text(of: response, to: request, number: number))
            return response
        } catch {
            write("#\(number) < no answer: \("\(error)".escapedForTerminal)")
            throw error
        }
    }

    private static func text(of request: HTTPRequest, number: Int) -> String {
        var lines = ["#\(number) > \(request.method.rawValue) \(Redaction.url(request.url).escapedForTerminal)"]
        lines += request.headers.map { "#\(number) > " + field($0) }
        switch request.body {
        case .none: break
        case .bytes(let bytes): lines.append("#\(number) > (\(bytes.count) bytes)")
        case .source(let source): lines.append("#\(number) > (\(source.size) bytes)")
        }
        return lines.joined(separator: "\n")
    }

    private func text(of response: HTTPResponse, to request: HTTPRequest, number: Int) -> String {
        var lines = ["#\(number) < \(response.status)"] + response.headers.map { "#\(number) < " + Self.field($0) }
        guard !response.body.isEmpty else { return lines.joined(separator: "\n") }
        // An object's own content is nobody's business here; what explains an error is.
        let isDocument = response.status >= 300 || response.header("Content-Type")?.lowercased().contains("xml") == true
        if bodies == .excerpts, isDocument {
            // An error document may quote what was signed; its code and message say enough.
            let error = response.status >= 300 ? ErrorDocument(response.body) : nil
            let words = error.map { "\($0.code): \($0.message)".escapedForTerminal }
            lines.append("#\(number) < " + (words ?? S3Refusal.excerpt(response.body, hiding: Redaction.secrets(of: request))))
        }
        lines.append("#\(number) < (\(response.body.count) bytes)")
        return lines.joined(separator: "\n")
    }

    private static func field(_ header: HTTPHeader) -> String {
        (header.name + ": " + Redaction.value(of: header.name, header.value)).escapedForTerminal
    }
}
