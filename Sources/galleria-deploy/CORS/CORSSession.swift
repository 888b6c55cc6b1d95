internal import Bucket
internal import Deploy
internal import S3
internal import Vocabulary

/// A bucket's CORS rules, read once, with the means to judge and set them.
struct CORSSession {
    let bucket: String
    let needs: CORSNeeds
    let matching: CORSMatching
    let rules: [CORSRule]
    private let store: S3Client

    /// Connects, reads the rules and calls `body`; the connection is closed on every way out.
    static func run(
        _ arguments: CORSArguments, _ console: Console, _ body: (CORSSession) async throws -> ExitStatus
    ) async throws -> ExitStatus {
        let environment = try arguments.connection.environment(console)
        let place = try Connection.place(arguments.connection, destination: arguments.destination, environment: environment)
        guard let address = place.destination?.value else {
            throw Fault(.usage, "no bucket: say s3://BUCKET, or set GALLERIA_DESTINATION.")
        }
        let connection = try Connection(
            to: address, at: place, jobs: 1, environment: environment,
            skipsVerification: arguments.connection.skipsVerification, timeouts: arguments.connection.timeouts)
        defer { connection.close() }
        let needs = arguments.origins.isEmpty ? CORSNeeds() : CORSNeeds(origins: arguments.origins)
        return try await body(try await CORSSession(connection.store, needs: needs))
    }

    private init(_ store: S3Client, needs: CORSNeeds) async throws {
        self.store = store
        self.needs = needs
        bucket = store.bucket
        rules = try await Self.read(store)
        matching = CORSMatching(answering: store)
    }

    /// The judgement of `rules`.
    var verdict: CORSVerdict { judge(rules) }

    /// The judgement of other rules.
    func judge(_ rules: [CORSRule]) -> CORSVerdict { CORSCheck.judge(rules, needs, matching: matching) }

    /// The plan that makes the rules suffice.
    func plan(replacingAll: Bool) throws -> CORSPlan {
        do throws(CORSPlanError) { return try CORSMerge.plan(rules, needs, replaceAll: replacingAll, matching: matching) } catch {
            throw Fault(.corsInsufficient, error.description)
        }
    }

    /// Sets `rules` and reads them back.
    func put(_ rules: [CORSRule]) async throws -> [CORSRule] {
        do throws(S3Error) { try await store.putCORS(rules) } catch { throw Fault(error) }
        return try await Self.read(store)
    }

    private static func read(_ store: S3Client) async throws -> [CORSRule] {
        let answer: CORSAnswer
        do throws(S3Error) { answer = try await store.getCORS() } catch { throw Fault(error) }
        switch answer {
        case .rules(let rules): return rules
        case .notConfigured: return []
        case .unreadable(.denied(let words)):
            throw Fault(
                .bucket,
                "these credentials may not read the CORS rules of \(store.bucket): \(words.escapedForTerminal). The permission is s3:GetBucketCORS."
            )
        case .unreadable(.unsupported(let words)):
            throw Fault(
                .bucket,
                "\(store.endpoint) offers no CORS rules: \(words.escapedForTerminal). Deploy with --no-cors-check; the server's own settings decide."
            )
        case .unreadable(.notCORSAnswer(let words)):
            throw Fault(
                .bucket,
                "\(store.endpoint) does not answer with CORS rules: \(words.escapedForTerminal). Deploy with --no-cors-check.")
        }
    }
}

extension CORSVerdict {
    /// The verdict in the words that a deploy uses, with each shortfall.
    var lines: [String] {
        switch self {
        case .sufficient: ["CORS: configured"]
        case .notConfigured: ["CORS: not configured"]
        case .insufficient(let shortfalls): ["CORS: configured but rules need updating"] + shortfalls.map { "  \($0)" }
        }
    }
}
