/// What one header, or the status, of one answer means to a browser.
public struct CORSProbeFinding: Sendable, Hashable, CustomStringConvertible {
    /// How grave it is.
    public enum Grade: String, Sendable, Hashable {
        /// As it should be.
        case fine = "ok"
        /// The gallery works, though not as well as it could.
        case remark = "note"
        /// A browser refuses, or a visitor gets nothing.
        case fault = "FAIL"
    }

    /// The question that was answered.
    public let question: CORSProbe.Question
    /// How grave it is.
    public let grade: Grade
    /// What was found.
    public let text: String

    /// One line: grade, request, what was found.
    public var description: String {
        let kind =
            switch question.kind {
            case .plain: "GET without Origin"
            case .request: "GET from \(question.origin ?? "")"
            case .preflight(let method, _): "preflight for \(method) from \(question.origin ?? "")"
            case .fresh: "GET of a fresh address from \(question.origin ?? "")"
            }
        return "\(grade.rawValue)  \(kind): \(text)"
    }
}

/// What a probe found.
public struct CORSProbeResult: Sendable, Hashable {
    /// Everything that was looked at, in order.
    public var findings: [CORSProbeFinding] = []

    /// Creates a result without findings.
    public init() {}

    /// True where a browser reads what it should.
    public var passes: Bool { !findings.contains { $0.grade == .fault } }

    /// The faults.
    public var faults: [CORSProbeFinding] { findings.filter { $0.grade == .fault } }

    /// True where nobody gets the object without credentials, whatever CORS says.
    public var isPrivate: Bool {
        findings.contains { $0.question.kind == .plain && $0.grade == .fault && ($0.text.hasPrefix("403") || $0.text.hasPrefix("401")) }
    }

    /// True where a request with Origin was refused, so that the fresh question is worth asking.
    public var wantsFreshQuestion: Bool {
        !isPrivate && findings.contains { $0.question.kind == .request && $0.grade == .fault }
    }
}
