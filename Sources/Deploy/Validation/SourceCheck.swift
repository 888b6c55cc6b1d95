internal import Photo
public import Planning
public import Source
public import Vocabulary

/// Holds all files of a source against the rules of what may be sent, without a bucket.
public struct SourceCheck {
    /// What was found.
    public struct Findings: Sendable {
        /// How many files were looked at.
        public var fileCount = 0
        /// Their bytes.
        public var bytes: Int64 = 0
        /// How many of them are pictures by their names.
        public var pictureCount = 0
        /// Files that would not be sent, in the order of their paths; escaped for a terminal.
        public var failures: [(path: String, cause: FailureCause)] = []
        /// Pictures whose deployed bytes are those of another file.
        public var duplicates: [(first: Key, second: Key)] = []
        /// True where not everything was looked at.
        public var isInterrupted = false
    }

    private let reader: ContentReader
    private let listing: LocalListing
    private let check: FileCheck
    private let rules: UploadRules
    private let disk: DiskExecutor

    /// Prepares a check; nothing is read yet.
    public init(
        _ reader: ContentReader, selecting selection: Selection, ownFiles: Set<FileStatus.Identity>, rules: UploadRules, disk: DiskExecutor
    ) {
        self.reader = reader
        self.rules = rules
        self.disk = disk
        listing = LocalListing(reader.folder, selecting: selection, ownFiles: ownFiles)
        check = FileCheck(rules: rules, folder: reader.folder)
    }

    /// Walks the source and reads what the rules ask for.
    public func run() async throws(FilterFault) -> Findings {
        var findings = Findings()
        var files: [LocalFile] = []
        try listing.run { entry in
            switch entry {
            case .file(let file): files.append(file)
            case .failed(let path, let cause): findings.failures.append((path, cause))
            case .leftOut: break
            }
        }
        var failures: [Key: FailureCause] = [:]
        var hashes: [(path: Key, sha256: SHA256)] = []
        let asksHash = rules.duplicates != .ignore
        let begun = await runBounded(
            files, limit: PoolLimit(count: { 8 }, weight: .max), weight: { _ in 0 }, on: disk, isOpen: { !Task.isCancelled }
        ) { [check, reader, disk] file in
            let result = await disk.reading { mark in Self.look(file, check, reader, asksHash, mark) }
            return (file, result ?? .failure(.source(.stalled(disk.stallLimit))))
        } each: { file, result in
            findings.fileCount += 1
            findings.bytes += file.status.size
            if ContentType.namesImage(file.path) { findings.pictureCount += 1 }
            switch result {
            case .success(let sha256): if let sha256 { hashes.append((file.path, sha256)) }
            case .failure(let cause): failures[file.path] = cause
            }
        }
        findings.isInterrupted = begun < files.count
        var owners: [SHA256: Key] = [:]
        for (path, sha256) in hashes.sorted(by: { $0.path < $1.path }) {
            guard let owner = owners[sha256] else {
                owners[sha256] = path
                continue
            }
            findings.duplicates.append((owner, path))
            if rules.duplicates == .refuse { failures[path] = .rules(.duplicate(of: owner)) }
        }
        for (path, cause) in failures.sorted(by: { $0.key < $1.key }) { findings.failures.append((path.string.escapedForTerminal, cause)) }
        return findings
    }

    private static func look(
        _ file: LocalFile, _ check: FileCheck, _ reader: ContentReader, _ asksHash: Bool, _ mark: ReadMark
    ) -> Result<SHA256?, FailureCause> {
        do throws(FailureCause) {
            if ImageCheck.applies(to: file, namesImage: ContentType.namesImage) {
                try FailureCause.wrap { () throws(SourceError) in try ImageCheck.check(file, in: reader.folder, mark: mark) }
            }
            try check.check(file, mark)
            guard asksHash, ContentType.namesImage(file.path) else { return .success(nil) }
            return .success(
                try FailureCause.wrap { () throws(SourceError) in
                    try reader.open(file, mark: mark).fingerprint(withMD5: false).sha256
                })
        } catch {
            return .failure(error)
        }
    }
}
