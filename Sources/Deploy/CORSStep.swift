public import Bucket
public import S3
internal import Vocabulary

/// Judges the bucket's CORS rules before anything is sent, and sets them where that was asked for.
struct CORSStep {
    let store: S3Client
    let options: DeployOptions
    let observer: any DeployObserver

    /// Answers the fault where the rules were read and do not suffice.
    func run() async throws(DeployError) -> DeployError? {
        guard options.cors != .off else { return nil }
        let rules: [CORSRule]
        switch try await read() {
        case .rules(let found): rules = found
        case .notConfigured: rules = []
        case .unreadable(let reason):
            observer.note(.warning(reason.words))
            return nil
        }
        let verdict = judge(rules)
        if verdict == .sufficient {
            observer.note(.corsSufficient(rules))
            return nil
        }
        if options.cors == .warn {
            observer.note(
                .warning(
                    "the bucket's CORS rules do not let browsers read the gallery from pages of another origin; galleria-deploy cors plan shows the remedy."
                ))
            return nil
        }
        let plan: CORSPlan
        do throws(CORSPlanError) { plan = try CORSMerge.plan(rules, options.corsNeeds, matching: matching) } catch { throw .cors(error) }
        guard options.cors == .setUp else { return .corsInsufficient(verdict) }
        observer.note(.corsPlanned(plan))
        // The deploy that is tried out would set the rules and go on.
        if options.isDryRun { return nil }
        do throws(S3Error) { try await store.putCORS(plan.rules) } catch { throw .store(error) }
        guard case .rules(let now) = try await read(), judge(now) == .sufficient else {
            observer.note(.warning("the CORS rules were set, but the bucket does not answer them yet; check again with --dry-run."))
            return nil
        }
        observer.note(.corsSet(now))
        return nil
    }

    private func judge(_ rules: [CORSRule]) -> CORSVerdict { CORSCheck.judge(rules, options.corsNeeds, matching: matching) }

    private var matching: CORSMatching { CORSMatching(answering: store) }

    private func read() async throws(DeployError) -> CORSAnswer {
        do throws(S3Error) { return try await store.getCORS() } catch { throw .store(error) }
    }
}

extension CORSAnswer.Reason {
    /// What could not be read, why, and what to do next.
    var words: String {
        let rest = "so whether browsers may read the gallery is not known. The deploy goes on; --no-cors-check skips the question."
        return switch self {
        case .denied(let words):
            "these credentials may not read the bucket's CORS rules (\(words.escapedForTerminal)), \(rest) The permission is s3:GetBucketCORS."
        case .unsupported(let words): "the server offers no CORS rules (\(words.escapedForTerminal)), \(rest)"
        case .notCORSAnswer(let words): "the server's answer is no CORS configuration (\(words.escapedForTerminal)), \(rest)"
        }
    }
}

extension CORSMatching {
    /// The way of the server that answered when `store` last read its rules.
    public init(answering store: S3Client) { self = store.picksCORSRulesByOriginAlone ? .firstOrigin : .firstMatch }
}
