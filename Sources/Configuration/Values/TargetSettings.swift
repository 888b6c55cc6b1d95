public import Photo
public import Planning
public import S3
public import Vocabulary

/// The settings that hold for one target: of the command line, the environment and the configuration file, the first that speaks.
public struct TargetSettings: Sendable {
    /// The target's name; nil for the only one, without a name.
    public let target: String?
    /// The configuration file as it was named; nil where there is none.
    public let file: String?
    /// What was said. A field is nil where nobody said anything: the properties below answer what holds then.
    public let values: SettingValues
    let origins: [String: SettingOrigin]
    let others: [BucketAddress]

    /// Where a setting's value comes from, by the setting's name.
    public func origin(of name: String) -> SettingOrigin { origins[name] ?? .standard }

    /// The folders that other targets of the file deploy to below this target's own: what lies there is never this one's to delete.
    public func foreignFolders(below address: BucketAddress) -> [Prefix] {
        others.filter { $0.bucket == address.bucket && $0.prefix != address.prefix && $0.prefix.bytes.starts(with: address.prefix.bytes) }
            .map(\.prefix)
    }

    /// How many requests may be in flight at once.
    public var jobs: JobLimit { values.jobs ?? .automatic }
    /// The most bytes of content sent a second; nil for no limit.
    public var bytesPerSecond: Int? { values.bwlimit.flatMap { $0.bytes == 0 ? nil : Int($0.bytes) } }
    /// How long connecting may take and a request may stand still.
    public var timeouts: Timeouts { Timeouts(connect: values.connectTimeout, stall: values.stallTimeout) }
    /// The size of the parts that large files are sent in, in bytes.
    public var partSize: Int64 { values.partSize?.bytes ?? PartLayout.standardPartSize }
    /// The most content held in memory on its way, in bytes.
    public var bufferMemory: Int { Int(values.bufferMemory?.bytes ?? SettingTable.standardBufferMemory) }
    /// After how long an upload in parts that was never completed is given up.
    public var abortIncomplete: Duration { values.abortIncomplete ?? SettingTable.standardAbortIncomplete }
    /// True where objects without a file are removed.
    public var deletes: Bool { values.delete ?? false || deletesExcluded }
    /// True where objects that are left out are removed, too.
    public var deletesExcluded: Bool { values.deleteExcluded ?? false }
    /// The file's rules of what is left out, in order. Those of the command line rank above them.
    public var filterRules: [FilterRule] { values.exclude ?? [] }
    /// How small and how large a file may be.
    public var sizeLimits: SizeLimits { SizeLimits(minimum: values.minSize, maximum: values.maxSize) }
    /// The most that may be removed.
    public var deleteLimit: PlanLimit { values.maxDelete ?? .standard }
    /// The most that may be replaced; nil for any number.
    public var overwriteLimit: PlanLimit? { values.maxOverwrite }
    /// How long what was replaced or deleted is kept.
    public var trashKeep: Duration { values.trashKeep ?? SettingTable.standardTrashKeep }
    /// How long another run on the same destination is waited for; zero where it is not.
    public var waitLock: Duration { values.waitLock ?? .zero }
    /// True where a lock is kept in the bucket, too.
    public var locksRemotely: Bool { values.remoteLock ?? false }
    /// How files are named in the bucket.
    public var naming: KeyNaming { KeyNaming(spelling: values.unicode ?? .keep, letterCase: values.keyCase ?? .keep) }
    /// What files must be to be sent.
    public var uploadRules: UploadRules {
        UploadRules(
            maximumSize: values.maxFileSize?.bytes, allowedTypes: values.allowedTypes ?? [], checksImages: values.checkImages ?? false,
            duplicates: values.duplicates ?? .ignore)
    }
    /// True where hidden names and leftovers are published.
    public var publishesDotfiles: Bool { values.dotfiles ?? false }
    /// True where every object is asked for its headers.
    public var checksHeaders: Bool { values.checkHeaders ?? false }
    /// True where a photo that cannot be rewritten safely fails.
    public var strictExif: Bool { values.strictExif ?? false }
    /// What is done about the bucket's CORS rules.
    public var cors: CORSPolicy { values.cors ?? .require }
    /// Whose pages read the gallery; empty for any.
    public var corsOrigins: [String] { values.corsOrigins ?? [] }
    /// What is blanked in the deployed copies.
    public var privacy: Set<PrivacyItem> { Set(values.privacy ?? []) }

    /// What the command line says about the place, for `PlaceResolver`.
    public var placeFlags: PlaceRequest {
        placeRequest { origin in
            if case .flag = origin { true } else { false }
        }
    }

    /// What the file says about the place, for `PlaceResolver`, under the target's name (the file's, where it has none); nil without a file.
    ///
    /// What the environment says is left to the resolver, which knows all of its names and their ranks.
    public var placeTarget: (name: String, request: PlaceRequest)? {
        guard let file else { return nil }
        let request = placeRequest { origin in
            if case .file = origin { true } else { false }
        }
        return (target ?? file.split(separator: "/").last.map(String.init) ?? file, request)
    }

    private func placeRequest(_ belongs: (SettingOrigin) -> Bool) -> PlaceRequest {
        func said<Value>(_ name: String, _ value: Value?) -> Value? { belongs(origin(of: name)) ? value : nil }
        let style = said("path-style", values.pathStyle).map { $0 ? Endpoint.Style.path : .virtualHost }
        return PlaceRequest(
            destination: said("destination", values.destination), endpointURL: said("endpoint-url", values.endpointURL),
            region: said("region", values.region), profile: said("profile", values.profile), style: style)
    }
}
