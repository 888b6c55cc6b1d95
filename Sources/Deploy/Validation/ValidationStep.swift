internal import Planning
internal import Source
internal import Vocabulary

/// Holds what is about to be sent against the rules, before the first byte travels. A file that may not be sent leaves the plan and is a failed
/// one: the others go, and nothing is deleted.
struct ValidationStep {
    let settling: Settling
    let options: DeployOptions
    let disk: DiskExecutor
    let observer: any DeployObserver

    private var rules: UploadRules { options.uploadRules }

    func run(_ surveyed: inout Surveyed) async {
        if !rules.asksNothingOfFiles { await checkFiles(&surveyed) }
        if rules.duplicates != .ignore, !options.isStopping { await checkDuplicates(&surveyed) }
    }

    private func checkFiles(_ surveyed: inout Surveyed) async {
        let check = FileCheck(rules: rules, folder: settling.reader.folder)
        var failures: [Key: FailureCause] = [:]
        _ = await runBounded(
            surveyed.plan.uploads.map(\.file).filter { $0.derivative == nil }, limit: PoolLimit(count: { 8 }, weight: .max),
            weight: { _ in 0 }, on: disk,
            isOpen: { [stop = options.stop] in !stop.isRequested }
        ) { [disk] file in
            let cause = await disk.reading { mark -> FailureCause? in
                do throws(FailureCause) { try check.check(file, mark) } catch { return error }
                return nil
            }
            return (file.path, cause ?? .source(.stalled(disk.stallLimit)))
        } each: { path, cause in
            if let cause { failures[path] = cause }
        }
        surveyed.refuse(failures)
    }

    /// Names pictures whose bytes are under two keys. Those that are to be sent are read for it; of those that are there, what the survey knows counts.
    private func checkDuplicates(_ surveyed: inout Surveyed) async {
        await UploadHashing(settling: settling, options: options, disk: disk).run(&surveyed) { $0.isOwnPicture }
        var owners = surveyed.pictures
        var failures: [Key: FailureCause] = [:]
        var pairs: [(first: Key, second: Key)] = surveyed.picturePairs
        for upload in surveyed.plan.uploads where upload.file.isOwnPicture {
            guard let sha256 = surveyed.readings[upload.file.path]?.fingerprint.sha256 else { continue }
            guard let owner = owners[sha256], owner != upload.file.path else {
                owners[sha256] = upload.file.path
                continue
            }
            if rules.duplicates == .refuse { failures[upload.file.path] = .rules(.duplicate(of: owner)) }
            pairs.append((owner, upload.file.path))
        }
        if rules.duplicates == .warn || pairs.count > failures.count, let warning = DuplicateWords.warning(pairs) {
            observer.note(.warning(warning))
        }
        surveyed.refuse(failures)
    }
}

/// What is said of pictures that are there twice.
enum DuplicateWords {
    /// One warning for all; nil where there are none.
    static func warning(_ pairs: [(first: Key, second: Key)]) -> String? {
        guard !pairs.isEmpty else { return nil }
        let shown = pairs.prefix(5).map { "\($0.first.string.escapedForTerminal) and \($0.second.string.escapedForTerminal)" }
        return "\(pairs.count == 1 ? "a picture is" : "\(pairs.count) pictures are") there twice: " + shown.joined(separator: "; ")
            + (pairs.count > shown.count ? "; …" : "") + ". Remove what is not meant."
    }
}

extension Surveyed {
    /// Takes files out of the plan that may not be sent.
    mutating func refuse(_ failures: [Key: FailureCause]) {
        guard !failures.isEmpty else { return }
        for upload in plan.uploads where failures[upload.file.path] != nil { derived.noteFailure(upload.file) }
        plan.uploads.removeAll { failures[$0.file.path] != nil }
        for (path, cause) in failures.sorted(by: { $0.key < $1.key }) {
            outcomes.append(.failed(path: path.string.escapedForTerminal, cause))
        }
    }

    /// Notes what an unchanged picture holds.
    mutating func note(picture file: LocalFile, _ sha256: SHA256?) {
        guard let sha256, file.isOwnPicture else { return }
        if let first = pictures[sha256] { picturePairs.append((first, file.path)) } else { pictures[sha256] = file.path }
    }
}

extension LocalFile {
    /// True for a picture of the source by its name; what is made of one is another picture in any case.
    fileprivate var isOwnPicture: Bool { derivative == nil && ContentType.namesImage(sourcePath) }
}
