internal import Configuration
internal import Deploy
internal import Planning
internal import S3
internal import Vocabulary

extension DeploySettings.Job {
    /// Tells a run what is published and kept besides the files.
    func setPublished(_ options: inout DeployOptions, _ arguments: DeployArguments) throws {
        for (name, path) in [("--manifest", settings.values.manifest), ("--trash", settings.values.trash)] {
            if let path, let problem = ManifestSetting.problem(ofPath: path) {
                throw Fault(.usage, "\(name): \(problem.escapedForTerminal)")
            }
        }
        options.manifestPath = settings.values.manifest.map { Key($0) }
        options.manifest = try manifest(arguments)
        options.trash = try trash()
    }

    /// Where objects are kept before they are replaced or deleted; nil where they are not.
    func trash() throws -> TrashPlace? {
        guard let folder = settings.values.trash else { return nil }
        let root = Prefix(folder)
        guard !address.prefix.bytes.starts(with: root.bytes) else {
            throw Fault(
                .configuration,
                "trash: \(folder.escapedForTerminal) holds what is deployed (\(address)). Name a folder beside it, or one in it that nothing is deployed to."
            )
        }
        return TrashPlace(root: root, deployed: address.prefix, keep: settings.trashKeep)
    }

    /// The manifest that is published; nil for none. It tells of all that is deployed, so a deploy of a part has none to publish.
    func manifest(_ arguments: DeployArguments) throws -> ManifestSetting? {
        guard let path = settings.values.manifest else { return nil }
        guard !path.hasPrefix(DefaultExclusions.ownFolder + "/") else {
            throw Fault(
                .configuration, "manifest: \(path.escapedForTerminal) lies in \(DefaultExclusions.ownFolder)/, which is the program's own.")
        }
        let partial: String? =
            if arguments.shard != nil {
                "--shard"
            } else if arguments.filters.filesFrom != nil {
                "--files-from"
            } else if arguments.rsync.ignoreExisting {
                "--ignore-existing"
            } else {
                nil
            }
        if let partial {
            if case .flag = settings.origin(of: "manifest") {
                throw Fault(
                    .usage, "--manifest tells of everything that is deployed, and \(partial) deploys a part. Leave one of them out.")
            }
            return nil
        }
        return ManifestSetting(
            path: Key(path), extras: Set(settings.values.manifestInclude ?? []),
            base: settings.visitorAddresses(place.endpoint.value, address).first?.base)
    }
}
