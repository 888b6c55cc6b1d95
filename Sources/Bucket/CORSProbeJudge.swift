internal import Vocabulary

/// An answer to a probe's question: its status and its header fields.
public struct CORSProbeAnswer: Sendable {
    /// The status code.
    public let status: Int
    private let fields: [(name: String, value: String)]

    /// Creates an answer.
    public init(status: Int, headers: [(name: String, value: String)]) {
        self.status = status
        fields = headers.map { ($0.name.lowercased(), $0.value) }
    }

    /// The values of all fields of a name (in lower case).
    func values(_ name: String) -> [String] { fields.filter { $0.name == name }.map(\.value) }

    /// The members of a field that is a list, in lower case.
    func list(_ name: String) -> Set<String> {
        Set(values(name).flatMap { $0.split(separator: ",") }.map { $0.trimmed.lowercased() }.filter { !$0.isEmpty })
    }
}

extension CORSProbe {
    /// Judges the answer to one question.
    public func judge(_ question: Question, _ answer: CORSProbeAnswer) -> [CORSProbeFinding] {
        var judge = Judge(probe: self, question: question, answer: answer)
        switch question.kind {
        case .plain: judge.status()
        case .preflight(let method, let headers): judge.preflight(method, headers)
        case .request: judge.request()
        case .fresh: judge.fresh()
        }
        return judge.findings
    }

    private struct Judge {
        let probe: CORSProbe
        let question: Question
        let answer: CORSProbeAnswer
        var findings: [CORSProbeFinding] = []

        private mutating func note(_ grade: CORSProbeFinding.Grade, _ text: String) {
            findings.append(CORSProbeFinding(question: question, grade: grade, text: text.escapedForTerminal))
        }

        private var isServed: Bool { (200...299).contains(answer.status) || answer.status == 304 }

        mutating func status() {
            switch answer.status {
            case _ where isServed: note(.fine, "\(answer.status)")
            case 401, 403: note(.fault, "\(answer.status): nobody reads this without credentials; the object or the bucket is private")
            case 404: note(.fault, "404: there is nothing at this address")
            case 300...399: note(.fault, "\(answer.status): leads on to \(answer.values("location").first ?? "nowhere")")
            default: note(.fault, "\(answer.status)")
            }
        }

        mutating func request() {
            // The status of a request without Origin was judged before; what only pages get refused is news.
            if !isServed { note(.fault, "answered with status \(answer.status)") }
            guard let origin = question.origin, probe.mustAllow(origin) else {
                note(.fine, "not one of the gallery's origins")
                return
            }
            guard allowOrigin(origin) else { return }
            let exposed = answer.list("access-control-expose-headers")
            let hidden = probe.needs.exposed.filter { !exposed.contains("*") && !exposed.contains($0.lowercased()) }
            if hidden.isEmpty {
                if !probe.needs.exposed.isEmpty {
                    note(.fine, "Access-Control-Expose-Headers names \(probe.needs.exposed.joined(separator: ", "))")
                }
            } else {
                note(.fault, "Access-Control-Expose-Headers does not name \(hidden.joined(separator: ", ")): scripts cannot read it")
            }
        }

        mutating func fresh() {
            guard let origin = question.origin else { return }
            if answer.values("access-control-allow-origin").contains(where: { $0 == "*" || $0 == origin }) {
                note(
                    .fault,
                    "here the answer is right, so a cache before the bucket hands out what it kept of requests from elsewhere: let it vary by Origin (forward the header, make it part of the cache key), then purge it"
                )
            } else {
                note(.remark, "no better: it is the server that answers so, no cache")
            }
        }

        mutating func preflight(_ method: String, _ headers: [String]) {
            guard (200...299).contains(answer.status) else {
                note(.fault, "refused with status \(answer.status)")
                return
            }
            guard let origin = question.origin, allowOrigin(origin) else { return }
            let methods = answer.list("access-control-allow-methods")
            // GET, HEAD and POST need not be named (Fetch Standard, "CORS-safelisted method").
            if methods.contains(method.lowercased()) || methods.contains("*") || ["GET", "HEAD", "POST"].contains(method) {
                note(.fine, "Access-Control-Allow-Methods lets \(method) pass")
            } else {
                note(.fault, "Access-Control-Allow-Methods does not name \(method)")
            }
            let allowed = answer.list("access-control-allow-headers")
            let refused = headers.filter { !allowed.contains("*") && !allowed.contains($0) }
            if refused.isEmpty {
                note(.fine, "Access-Control-Allow-Headers lets \(headers.joined(separator: ", ")) pass")
            } else {
                note(.fault, "Access-Control-Allow-Headers does not name \(refused.joined(separator: ", "))")
            }
            // Without the field browsers keep the answer for five seconds (Fetch Standard, "CORS-preflight cache").
            let age = answer.values("access-control-max-age").first.flatMap { Int($0) } ?? 5
            if age >= probe.needs.maxAgeSeconds {
                note(.fine, "Access-Control-Max-Age is \(age) s")
            } else {
                note(.remark, "Access-Control-Max-Age is \(age) s: browsers ask again sooner than after \(probe.needs.maxAgeSeconds) s")
            }
        }

        /// Judges Access-Control-Allow-Origin, and Vary beside it; false where a browser refuses.
        private mutating func allowOrigin(_ origin: String) -> Bool {
            let values = answer.values("access-control-allow-origin")
            guard let value = values.first else {
                note(.fault, "Access-Control-Allow-Origin is missing")
                return false
            }
            guard values.count == 1, !value.contains(",") else {
                note(.fault, "Access-Control-Allow-Origin is “\(values.joined(separator: ", "))”: browsers refuse more than one value")
                return false
            }
            if value == "*" {
                note(.fine, "Access-Control-Allow-Origin is *")
                return true
            }
            guard value == origin else {
                let other = [probe.origins.first, probe.origins.second].contains(value)
                note(
                    .fault,
                    "Access-Control-Allow-Origin is “\(value)”"
                        + (other
                            ? ", which is what another page was answered: a cache does not vary by Origin" : ", which is another origin"))
                return false
            }
            note(.fine, "Access-Control-Allow-Origin is \(origin)")
            if case .request = question.kind, !answer.list("vary").contains("origin"), !answer.list("vary").contains("*") {
                note(.remark, "Vary does not name Origin: a cache may hand this answer to pages of another origin")
            }
            return true
        }
    }
}

extension Substring {
    /// Without blanks at its ends.
    fileprivate var trimmed: Substring {
        var rest = self
        while rest.first == " " || rest.first == "\t" { rest.removeFirst() }
        while rest.last == " " || rest.last == "\t" { rest.removeLast() }
        return rest
    }
}
