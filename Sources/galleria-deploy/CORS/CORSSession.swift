internal import Bucket
internal import Configuration
internal import Deploy
internal import Foundation
internal import HTTP
internal import S3
internal import Vocabulary

/// A connection to a bucket for questions of CORS, with the means to judge, set and try its rules.
struct CORSSession {
    let needs: CORSNeeds
    private let session: BucketSession

    /// Connects and calls `body`; the connection is closed on every way out.
    static func run(
        _ options: CORSOptions, _ word: String?, _ console: Console, _ body: (CORSSession) async throws -> ExitStatus
    ) async throws -> ExitStatus {
        var flags = SettingValues()
        flags.corsOrigins = options.origins.isEmpty ? nil : options.origins
        return try await BucketSession.run(options.bucket, word, console, flags: flags, jobs: 1) { session in
            try await body(CORSSession(needs: try session.settings.corsNeeds(), session: session))
        }
    }

    /// Speaks with the bucket.
    var store: S3Client { session.store }

    private var matching: CORSMatching { CORSMatching(answering: store) }

    /// What the bucket answers when it is asked for its rules. MinIO's “none” is no answer: it has no rules for buckets.
    func read() async throws -> CORSAnswer {
        do throws(S3Error) {
            let answer = try await store.getCORS()
            return answer == .notConfigured && !store.profile.hasCORS ? .unreadable(.unsupported(store.profile.name)) : answer
        } catch {
            throw Fault(error)
        }
    }

    /// The rules; a fault where they cannot be read.
    func rules() async throws -> [CORSRule] {
        switch try await read() {
        case .rules(let rules): return rules
        case .notConfigured: return []
        case .unreadable(let reason):
            throw Fault(
                .bucket,
                "\(reason.words(at: store.profile)). galleria-deploy cors probe tries what a browser gets; deploy with --no-cors-check.")
        }
    }

    /// The judgement of rules.
    func judge(_ rules: [CORSRule]) -> CORSVerdict { CORSCheck.judge(rules, needs, matching: matching) }

    /// The plan that makes the rules suffice.
    func plan(_ rules: [CORSRule], replacingAll: Bool) throws -> CORSPlan {
        do throws(CORSPlanError) { return try CORSMerge.plan(rules, needs, replaceAll: replacingAll, matching: matching) } catch {
            throw Fault(.corsInsufficient, error.description)
        }
    }

    /// Sets `rules` and reads them back.
    func put(_ rules: [CORSRule]) async throws -> [CORSRule] {
        do throws(S3Error) { try await store.putCORS(rules) } catch {
            guard let reason = CORSAnswer.Reason(error) else { throw Fault(error) }
            throw Fault(.bucket, "\(reason.wordsOfSetting(at: store.profile)). galleria-deploy cors probe tries what a browser gets.")
        }
        return try await self.rules()
    }

    /// The address to try: that of `key` below the folder, else of some object that is there.
    func probeAddress(_ key: String?) async throws -> String {
        guard let address = session.visitorAddresses.last else {
            throw Fault(
                .configuration, "the store answers nobody without credentials; name the address that visitors use in public-url or cdn-url."
            )
        }
        if let key { return address.url(of: Key(key)) }
        do throws(S3Error) {
            if let path = try await CORSProbing.someObject(of: store, below: session.address.prefix) { return address.url(of: path) }
        } catch {
            throw Fault(.bucket, "\(error.description) Say which key to try: galleria-deploy cors probe \(session.address) KEY.")
        }
        throw Fault(
            .bucket,
            "there is nothing in the bucket to try. Deploy first, or say which key: galleria-deploy cors probe \(session.address) KEY.")
    }

    /// Sends what a browser sends.
    func probe(at url: String, origin: String?) async throws -> CORSProbeResult {
        do throws(HTTPError) { return try await CORSProbing(store, needs, origin: origin).run(at: url) } catch {
            throw Fault(
                .bucket,
                "\(url.escapedForTerminal) does not answer: \(error.words). Check the address; public-url and cdn-url name another.")
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
