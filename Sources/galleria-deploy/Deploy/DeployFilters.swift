internal import Configuration
internal import Planning
internal import Source
internal import Vocabulary

/// What the command line leaves out, read once for all targets: a list may come from standard input.
struct DeployFilters {
    private let rules: [FilterRule]
    private let filesFrom: FilesFrom?
    private let followsSafeLinksOnly: Bool

    init(_ arguments: DeployArguments, words: some Collection<String>) throws {
        rules = try arguments.filters.rules(in: words)
        filesFrom = try arguments.filters.paths()
        followsSafeLinksOnly = arguments.rsync.safeLinks
    }

    /// What is deployed of a target's source.
    func selection(_ settings: TargetSettings) throws -> Selection {
        if filesFrom != nil, settings.deletes {
            throw Fault(
                .usage,
                "--files-from and --delete exclude each other: what the list does not name would be deleted. Deploy the list without --delete, or everything with it."
            )
        }
        var selection = Selection(
            exclusions: DefaultExclusions(publishesDotfiles: settings.publishesDotfiles),
            filter: PathFilter(rules: rules, settings: settings.filterRules), filesFrom: filesFrom, sizes: settings.sizeLimits,
            deletesExcluded: settings.deletesExcluded)
        selection.followsSafeLinksOnly = followsSafeLinksOnly
        return selection
    }
}

extension TargetSettings {
    /// The files that decide what is deployed are not deployed themselves.
    var ownFiles: Set<FileStatus.Identity> {
        Set([file, values.captureTimes, values.map].compactMap { $0.flatMap(FileStatus.init(path:))?.identity })
    }
}
