internal import Planning
internal import S3
internal import Vocabulary

// What a run publishes and keeps besides the files, and how it looks at what it deployed.
extension DeployRun {
    /// The trash, made ready for what a plan changes; nil where none is kept or nothing is changed.
    func trash(for plan: Plan) async throws(DeployError) -> Trash? {
        guard let place = options.trash, !plan.isEmpty else { return nil }
        let trash = Trash(
            place: place, store: settling.store, prefix: options.prefix, began: options.began, stop: options.stop)
        let address: String?
        do throws(S3Error) {
            address = try await TrashPrivacy(trash: trash, addresses: options.visitorAddresses).publicAddress(token: options.locks.token)
        } catch { throw .store(error) }
        if let address { throw .publicTrash(address) }
        let created = plan.uploads.filter { $0.replacedSize == nil }.map(\.file.path)
        do throws(S3Error) { try await trash.begin(creating: created + (options.manifest.map { [$0.path] } ?? [])) } catch {
            throw .store(error)
        }
        return trash
    }

    /// Deletes what was kept for long enough.
    func empty(_ trash: Trash?) async {
        guard let trash, !options.isStopping, let now = options.state?.now() ?? (options.began > 0 ? options.began : nil) else { return }
        do throws(S3Error) { _ = try await trash.purge(now: now) } catch {
            observer.note(.warning("what was kept for longer than trash-keep is still there: \(error.description)"))
        }
    }

    /// Publishes the manifest, where one is asked for and everything is as it should be.
    func publish(_ state: StateSession, _ trash: Trash?, _ report: inout DeployReport) async {
        guard let setting = options.manifest, let rows = report.deployed else { return }
        report.deployed = nil
        guard report.failures.isEmpty, report.leftCount == 0, report.deletionsSkipped == 0, report.fault == nil, !options.isStopping else {
            observer.note(
                .warning("the manifest \(setting.path.string.escapedForTerminal) was not written, because not everything is deployed."))
            return
        }
        let step = ManifestStep(
            setting: setting, settling: settling, prefix: options.prefix, state: state, disk: disk, observer: observer, trash: trash)
        let options = options
        guard let outcome = await step.run(rows, isStopping: { options.isStopping }) else { return }
        report.fold(outcome)
        observer.note(.finished(outcome))
    }

    /// Looks at what was deployed as visitors and their browsers do.
    func look(afterwards surveyed: Surveyed, _ report: inout DeployReport) async {
        guard !options.isStopping, report.leftCount == 0 else { return }
        var samples = surveyed.samples
        samples.merge(report.samples)
        let isNamed = options.visitorAddresses.contains { $0.kind != .bucket }
        if options.checksPublic || (isNamed && !report.samples.all.isEmpty) {
            report.visitorFaults = await VisitorsCheck(store: settling.store, addresses: options.visitorAddresses).faults(of: samples.all)
            for fault in report.visitorFaults { observer.note(.warning(fault.description)) }
        }
        guard options.cors == .setUp, let sample = samples.probed else { return }
        guard let address = options.visitorAddresses.last else {
            observer.note(
                .warning(
                    "no browser's request was tried, because the store answers nobody without credentials; name the address that visitors use in public-url or cdn-url."
                ))
            return
        }
        // A private bucket was told of, and no probe gets past that.
        guard report.visitorFaults.isEmpty else { return }
        await CORSStep(store: settling.store, options: options, observer: observer).probe(at: address.url(of: sample.path))
    }
}
