internal import Bucket
internal import Configuration
internal import Deploy
internal import Foundation
internal import S3
internal import Vocabulary

/// One run over all settings that are declared of a bucket. What becomes of one does not stop the others.
struct BucketSettingsRun {
    /// What is asked for.
    enum Purpose {
        case check
        case plan
        case apply
    }

    private let session: BucketSession
    private let purpose: Purpose

    static func run(_ arguments: BucketSettingsArguments, _ purpose: Purpose) async -> Never {
        let console = Console(environment: ProcessInfo.processInfo.environment, printsText: arguments.format == .text)
        await CommandRun.exit(console) {
            try await BucketSession.run(arguments.bucket, arguments.destination, console, jobs: 1) { session in
                let run = BucketSettingsRun(session: session, purpose: purpose)
                var entries: [SettingEntry] = []
                for declared in try DeclaredSetting.all(of: session) {
                    let entry = try await run.entry(declared)
                    for line in entry.lines(showingKept: purpose == .plan) { console.print(line) }
                    entries.append(entry)
                }
                if entries.isEmpty { console.print("nothing is declared of the bucket: write a group `bucket:` into the configuration.") }
                if arguments.format == .json {
                    console.answer(try JSONText.document(BucketDocument(bucket: session.address.description, settings: entries)))
                }
                return entries.reduce(.done) { $0.combined(with: $1.status(of: purpose)) }
            }
        }
    }

    private func entry(_ declared: DeclaredSetting) async throws -> SettingEntry {
        let store = session.store
        let (name, folder) = (declared.name, session.address.prefix)
        switch declared {
        case .cors(let needs): return try await cors(needs)
        case .lifecycle(let rules):
            return try await step(
                name, { () throws(S3Error) in try await store.lifecycle() },
                { current throws(SettingConflict) in try LifecyclePlan.plan(current, rules, in: folder) },
                { value throws(S3Error) in try await store.setLifecycle(value ?? LifecycleConfiguration(rules: [])) },
                harmed: { before, now in LifecyclePlan.harmed(before, now, in: folder).map(\.line) })
        case .versioning(let wanted):
            return try await step(
                name, { () throws(S3Error) in try await store.versioning() },
                { current throws(SettingConflict) in SimplePlans.versioning(current, wanted) },
                { value throws(S3Error) in try await store.setVersioning(value ?? wanted) })
        case .encryption(let algorithm, let key):
            return try await step(
                name, { () throws(S3Error) in try await store.bucketEncryption() },
                { current throws(SettingConflict) in SimplePlans.encryption(current, algorithm: algorithm, keyID: key) },
                { value throws(S3Error) in
                    try await store.setBucketEncryption(value ?? BucketEncryption(algorithm: algorithm, keyID: key))
                },
                harmed: { before, now in before?.besides == now?.besides ? [] : ["what the rule says besides"] })
        case .policy(let wish):
            let isPlain = store.endpoint.scheme == .http
            return try await step(
                name, { () throws(S3Error) in try await store.bucketPolicy() },
                { current throws(SettingConflict) in
                    if wish.tlsOnly == true, isPlain { throw .shutsOutItself }
                    return try PolicyPlan.plan(current, wish, bucket: store.bucket, partition: store.partition, in: folder)
                },
                { value throws(S3Error) in
                    guard let value else { return try await store.removeBucketPolicy() }
                    return try await store.setBucketPolicy(value.document)
                },
                harmed: { before, now in (try? PolicyPlan.harmed(before, now, in: folder)) ?? ["the whole policy"] })
        case .website(let index, let error):
            return try await step(
                name, { () throws(S3Error) in try await store.website() },
                { current throws(SettingConflict) in try SimplePlans.website(current, index: index, error: error) },
                { value throws(S3Error) in try await store.setWebsite(value ?? BucketWebsite(index: index, error: error)) },
                harmed: { before, now in (before?.besides ?? []) == (now?.besides ?? []) ? [] : ["routing rules and the like"] })
        case .tags(let tags):
            return try await step(
                name, { () throws(S3Error) in try await store.bucketTags() },
                { current throws(SettingConflict) in try SimplePlans.tags(current ?? [], tags) },
                { value throws(S3Error) in try await store.setBucketTags(value ?? tags) },
                harmed: { before, now in (before ?? []).filter { tag in now?.contains { $0.name == tag.name } != true }.map(\.name) })
        }
    }

    /// Reads, plans, writes where that is asked for, and reads back.
    private func step<Read: Sendable, Written: Sendable>(
        _ name: DeclaredSetting.Name, _ read: () async throws(S3Error) -> SettingAnswer<Read>,
        _ plan: (Read?) throws(SettingConflict) -> SettingPlan<Written>, _ write: (Written?) async throws(S3Error) -> SettingReason?,
        harmed: (_ before: Read?, _ now: Read?) -> [String] = { _, _ in [] }
    ) async throws -> SettingEntry {
        func value(_ answer: SettingAnswer<Read>) throws(SettingReason) -> Read? {
            switch answer {
            case .configured(let value): return value
            case .notConfigured: return nil
            case .unreadable(let reason): throw reason
            }
        }
        let answer: SettingAnswer<Read>
        do throws(S3Error) { answer = try await read() } catch { throw Fault(error) }
        do {
            let before = try value(answer)
            let planned = try plan(before)
            if planned.isEmpty { return SettingEntry(name, .asDeclared, planned.changes) }
            guard purpose == .apply else { return SettingEntry(name, .differs, planned.changes) }
            if let reason = try await write(planned.value) { throw reason }
            // Amazon's own take a while until they answer what was set.
            var problem = ""
            for attempt in 0..<8 {
                if attempt > 0 { try await Task.sleep(for: .milliseconds(250 * attempt)) }
                let now = try value(try await read())
                let lost = harmed(before, now)
                if try plan(now).isEmpty, lost.isEmpty { return SettingEntry(name, .applied, planned.changes) }
                problem =
                    lost.isEmpty
                    ? "it was set, but the store answers another value. Some stores take a while: run galleria-deploy bucket check."
                    : "it was set, and the store no longer answers what others have configured: \(lost.joined(separator: "; ")). Set it again by hand."
            }
            return SettingEntry(name, .failed, planned.changes, problem)
        } catch let reason as SettingReason {
            return SettingEntry(name, reason.isDenial ? .denied : .unsupported, [], reason.description)
        } catch let conflict as SettingConflict {
            return SettingEntry(name, .conflict, [], conflict.description)
        } catch let error as S3Error {
            return SettingEntry(name, .failed, [], error.description)
        }
    }

    /// The rules for browsers, judged by what they grant.
    private func cors(_ needs: CORSNeeds) async throws -> SettingEntry {
        let store = session.store
        let matching = CORSMatching(answering: store)
        func changes(_ plan: CORSPlan) -> [SettingChange] {
            func line(_ rule: CORSRule) -> String { String(CORSText.render([rule]).dropLast()) }
            return plan.changes.map { change in
                switch change {
                case .kept(let rule): SettingChange(.kept, line(rule))
                case .added(let rule): SettingChange(.added, line(rule))
                case .removed(let rule): SettingChange(.removed, line(rule))
                case .changed(let from, let to): SettingChange(.changed, line(to), before: line(from))
                }
            }
        }
        func rules() async throws -> [CORSRule] {
            switch try await store.getCORS() {
            case .rules(let rules): return rules
            case .notConfigured where store.profile.hasCORS: return []
            case .notConfigured: throw SettingReason.unsupported(store.profile.name)
            case .unreadable(let reason): throw SettingReason(reason)
            }
        }
        do {
            let plan = try CORSMerge.plan(try await rules(), needs, matching: matching)
            if plan.isEmpty { return SettingEntry(.cors, .asDeclared, changes(plan)) }
            guard purpose == .apply else { return SettingEntry(.cors, .differs, changes(plan)) }
            try await store.putCORS(plan.rules)
            guard CORSCheck.judge(try await rules(), needs, matching: matching) == .sufficient else {
                return SettingEntry(
                    .cors, .failed, changes(plan),
                    "the rules were set, but the bucket answers others. Some stores take a while: run galleria-deploy cors check.")
            }
            return SettingEntry(.cors, .applied, changes(plan))
        } catch let reason as SettingReason {
            return SettingEntry(.cors, reason.isDenial ? .denied : .unsupported, [], reason.description)
        } catch let error as CORSPlanError {
            return SettingEntry(.cors, .conflict, [], error.description)
        } catch let error as S3Error {
            guard let reason = CORSAnswer.Reason(error).map(SettingReason.init) else { throw Fault(error) }
            return SettingEntry(.cors, reason.isDenial ? .denied : .unsupported, [], reason.description)
        }
    }
}

extension SettingReason {
    fileprivate init(_ reason: CORSAnswer.Reason) {
        switch reason {
        case .denied(let words): self = .denied(words, permission: "s3:GetBucketCORS and s3:PutBucketCORS")
        case .unsupported(let words), .notCORSAnswer(let words): self = .unsupported(words)
        }
    }

    fileprivate var isDenial: Bool {
        if case .denied = self { true } else { false }
    }
}
