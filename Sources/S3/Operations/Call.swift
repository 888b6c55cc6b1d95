internal import HTTP
internal import Vocabulary

/// One request as an operation describes it, before it is signed.
struct Call: Sendable {
    /// The operation.
    let operation: S3Operation
    /// The method.
    let method: HTTPMethod
    /// The object, or nil for the bucket.
    var key: Key?
    /// The query, encoded, without a question mark.
    var query = ""
    /// Header fields; what signing adds is not among them.
    var headers: [HTTPHeader] = []
    /// What is signed of the content.
    var payload = SigV4.Payload.sha256(.empty)
    /// The content.
    var body = HTTPBody.none
    /// The most bytes of an answer that are kept.
    var maximumResponseBytes = 1 << 20
    /// Makes, for each try, what is given the content of a successful answer piece by piece instead of its being kept.
    var receiver: (@Sendable () -> @Sendable (UnsafeRawBufferPointer) -> Void)?
    /// Told how many further bytes of the content went out.
    var onSend: (@Sendable (Int64) -> Void)?
    /// Asked when there is a place for the request: where it answers true, nothing is sent, as if the task had been cancelled. Tries again are
    /// made all the same.
    var isCalledOff: (@Sendable () -> Bool)?
    /// Told where a try failed and the server may have carried it out all the same.
    var onDoubt: (@Sendable () -> Void)?
}

extension XMLElement {
    /// The document of an answer; `root`, where given, must be its root element's name.
    init(answer response: HTTPResponse, root: String? = nil) throws(AnswerFault) {
        do throws(XMLFault) { try self.init(document: response.body, root: root) } catch { throw .unreadable(error) }
    }
}

/// Why a successful answer is not what was asked for.
enum AnswerFault: Error {
    /// It is not the document that was expected.
    case unreadable(XMLFault)
    /// It holds an error, as CopyObject's may.
    case error(ErrorDocument)
    /// A header that must be there is not, or makes no sense.
    case header(String)
}
