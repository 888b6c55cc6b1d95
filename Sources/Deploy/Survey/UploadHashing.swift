internal import Photo
internal import Planning
internal import S3
internal import Source
internal import Vocabulary

/// Hashes what a plan is going to send and the survey had no reason to read: a plan that is saved, or compared with a saved one, names every content.
struct UploadHashing {
    let settling: Settling
    let options: DeployOptions
    let disk: DiskExecutor

    private enum Found: Sendable {
        case reading(Reading)
        case failure(FailureCause)
    }

    /// Adds readings of the files that are wanted; a file that cannot be read becomes a failure and leaves the plan.
    func run(_ surveyed: inout Surveyed, isWanted: (LocalFile) -> Bool = { _ in true }) async {
        let unread = surveyed.plan.uploads.map(\.file).filter { surveyed.readings[$0.path] == nil && isWanted($0) }
        var readings: [Key: Reading] = [:]
        var failures: [Key: FailureCause] = [:]
        _ = await runBounded(
            unread, limit: PoolLimit(count: { 8 }, weight: options.bufferMemory),
            weight: { [reader = settling.reader] in reader.memory(of: $0) },
            on: disk, isOpen: { [stop = options.stop] in !stop.isRequested }
        ) { [settling, disk] file in
            let found = await disk.reading { mark in Self.read(file, settling, mark) }
            return (file.path, found ?? .failure(.source(.stalled(disk.stallLimit))))
        } each: { path, found in
            switch found {
            case .reading(let reading): readings[path] = reading
            case .failure(let cause): failures[path] = cause
            }
        }
        surveyed.readings.merge(readings) { $1 }
        surveyed.refuse(failures)
    }

    private static func read(_ file: LocalFile, _ settling: Settling, _ mark: ReadMark) -> Found {
        let began = settling.now()
        do throws(FailureCause) {
            let content = try FailureCause.wrap { () throws(SourceError) in try settling.reader.open(file, mark: mark) }
            if let cause = FailureCause.forbidding(content.rewrite, strictExif: settling.strictExif) { throw cause }
            let fingerprint = try FailureCause.wrap { () throws(SourceError) in try content.fingerprint(withMD5: false) }
            return .reading(
                Reading(
                    fingerprint: fingerprint, status: content.file.status, began: began,
                    recipe: settling.reader.recipe(for: file), isRefused: content.photo?.refusal != nil,
                    sourceSHA256: content.derived?.sourceSHA256))
        } catch {
            return .failure(error)
        }
    }
}
