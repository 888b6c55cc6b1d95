public import Bucket
internal import HTTP
public import S3
public import Vocabulary

/// Judges the bucket's CORS rules before anything is sent, and sets them where that was asked for. Rules that cannot be read or set are replaced
/// by a trial: what a browser would send is sent, if there is anything to send it for.
struct CORSStep {
    let store: S3Client
    let options: DeployOptions
    let observer: any DeployObserver

    /// Answers the fault where the rules were read and do not suffice, or where the trial says so.
    func run(bucketIsMissing: Bool) async throws(DeployError) -> DeployError? {
        guard options.cors != .off else { return nil }
        if bucketIsMissing { return try await judge([]) }
        let answer: CORSAnswer
        do throws(S3Error) { answer = try await store.getCORS() } catch { throw .store(error) }
        switch answer {
        case .rules(let rules): return try await judge(rules)
        // MinIO answers so and has no rules for buckets at all.
        case .notConfigured where !store.profile.hasCORS && options.cors != .setUp:
            return try await tryOut(CORSAnswer.Reason.unsupported(store.profile.name).words(at: store.profile))
        case .notConfigured: return try await judge([])
        case .unreadable(let reason): return try await tryOut(reason.words(at: store.profile))
        }
    }

    private func judge(_ rules: [CORSRule]) async throws(DeployError) -> DeployError? {
        let matching = CORSMatching(answering: store)
        let verdict = CORSCheck.judge(rules, options.corsNeeds, matching: matching)
        if verdict == .sufficient {
            observer.note(.corsRead(current: rules, expected: rules))
            observer.note(.corsSufficient(rules))
            return nil
        }
        let planned: Result<CORSPlan, CORSPlanError>
        do throws(CORSPlanError) { planned = .success(try CORSMerge.plan(rules, options.corsNeeds, matching: matching)) } catch {
            planned = .failure(error)
        }
        observer.note(.corsRead(current: rules, expected: (try? planned.get().rules) ?? [options.corsNeeds.rule]))
        if options.cors == .warn {
            observer.note(
                .warning(
                    "the bucket's CORS rules do not let browsers read the gallery from pages of another origin; galleria-deploy cors plan shows the remedy."
                ))
            return nil
        }
        let plan: CORSPlan
        do throws(CORSPlanError) { plan = try planned.get() } catch { throw .cors(error) }
        guard options.cors == .setUp else { return .corsInsufficient(verdict) }
        observer.note(.corsPlanned(plan))
        // The deploy that is tried out would set the rules and go on.
        if options.isDryRun { return nil }
        return try await set(plan)
    }

    private func set(_ plan: CORSPlan) async throws(DeployError) -> DeployError? {
        do throws(S3Error) { try await store.putCORS(plan.rules) } catch {
            guard let reason = CORSAnswer.Reason(error) else { throw .store(error) }
            return try await tryOut(reason.wordsOfSetting(at: store.profile))
        }
        let now: CORSAnswer
        do throws(S3Error) { now = try await store.getCORS() } catch { throw .store(error) }
        if case .rules(let rules) = now,
            CORSCheck.judge(rules, options.corsNeeds, matching: CORSMatching(answering: store)) == .sufficient
        {
            observer.note(.corsSet(rules))
        } else {
            observer.note(.warning("the CORS rules were set, but the bucket does not answer them yet; check again with --dry-run."))
        }
        return nil
    }

    /// Sends what a browser would send for some object that is there; `why` says why the rules themselves do not tell.
    private func tryOut(_ why: String) async throws(DeployError) -> DeployError? {
        let goesOn = "The deploy goes on; --no-cors-check skips the question."
        guard let address = options.visitorAddresses.last, let path = try await someObject() else {
            observer.note(.warning("\(why), and there is nothing yet to try it with. \(goesOn)"))
            return nil
        }
        let url = address.url(of: path)
        let result: CORSProbeResult
        do throws(HTTPError) { result = try await CORSProbing(store, options.corsNeeds).run(at: url) } catch {
            observer.note(.warning("\(why), and \(url.escapedForTerminal) does not answer a browser (\(error.words)). \(goesOn)"))
            return nil
        }
        if result.passes {
            observer.note(.warning("\(why). A browser's requests for \(url.escapedForTerminal) are answered as the gallery needs."))
            return nil
        }
        if options.cors == .warn {
            observer.note(.warning("\(why), and a browser's requests for \(url.escapedForTerminal) fail. \(goesOn)"))
            for fault in result.faults { observer.note(.warning(fault.description)) }
            return nil
        }
        return .corsUnproven(why, url: url, result)
    }

    /// Sends what a browser sends to a deployed file, after the rules were set; what fails is a warning.
    func probe(at url: String) async {
        do throws(HTTPError) {
            let result = try await CORSProbing(store, options.corsNeeds).run(at: url)
            if result.passes {
                observer.note(.corsProbed(url: url))
            } else if result.isPrivate {
                observer.note(
                    .warning(
                        "visitors do not see \(url.escapedForTerminal): the bucket is private. \(PublicAccessAdvice.text(for: store.profile, bucket: store.bucket))"
                    ))
            } else {
                observer.note(.warning("the CORS rules are set, but a browser's requests for \(url.escapedForTerminal) fail:"))
                for fault in result.faults { observer.note(.warning(fault.description)) }
            }
        } catch {
            observer.note(.warning("the CORS rules are set, but \(url.escapedForTerminal) does not answer a browser: \(error.words)"))
        }
    }

    /// The first object below the prefix, as a path.
    private func someObject() async throws(DeployError) -> Key? {
        do throws(S3Error) { return try await CORSProbing.someObject(of: store, below: options.prefix) } catch { throw .store(error) }
    }
}

extension CORSProbing {
    /// The path of the first object below `prefix` that is no folder marker; nil where there is none.
    public static func someObject(of store: S3Client, below prefix: Prefix) async throws(S3Error) -> Key? {
        var listing = Listing(store, prefix: prefix)
        while let page = try await listing.next() {
            for row in page where row.key.bytes.last != UInt8(ascii: "/") {
                if let path = prefix.relative(row.key), !path.bytes.isEmpty { return path }
            }
        }
        return nil
    }
}

extension CORSAnswer.Reason {
    /// What could not be read, and why; at a store that is known to have no rules, also where browsers are let in there.
    public func words(at store: ProviderProfile) -> String {
        let rest = "so whether browsers may read the gallery is not known by them"
        return switch self {
        case .denied(let words):
            "these credentials may not read the bucket's CORS rules (\(words.escapedForTerminal); the permission is s3:GetBucketCORS), \(rest)"
        case .unsupported(let words):
            "the server offers no CORS rules for buckets (\(words.escapedForTerminal)\(Self.elsewhere(store))), \(rest)"
        case .notCORSAnswer(let words):
            "the server's answer is no CORS configuration (\(words.escapedForTerminal)\(Self.elsewhere(store))), \(rest)"
        }
    }

    /// What could not be set, and why; at a store that is known to have no rules, also where browsers are let in there.
    public func wordsOfSetting(at store: ProviderProfile) -> String {
        switch self {
        case .denied(let words):
            "these credentials may not set the bucket's CORS rules (\(words.escapedForTerminal); the permission is s3:PutBucketCORS)"
        case .unsupported(let words), .notCORSAnswer(let words):
            "the server does not take CORS rules for buckets (\(words.escapedForTerminal)\(Self.elsewhere(store)))"
        }
    }

    private static func elsewhere(_ store: ProviderProfile) -> String {
        guard !store.hasCORS, let elsewhere = store.corsElsewhere else { return "" }
        return "; at \(store.name) \(elsewhere)"
    }
}

extension CORSMatching {
    /// The way of the server that answered when `store` last read its rules.
    public init(answering store: S3Client) { self = store.picksCORSRulesByOriginAlone ? .firstOrigin : .firstMatch }
}
