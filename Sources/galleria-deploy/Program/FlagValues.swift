internal import Configuration
internal import Photo
internal import Vocabulary

extension DeployArguments {
    /// What the options say, as settings; only what was given.
    func values(source: String?, destination: String?) throws -> SettingValues {
        var values = SettingValues()
        values.source = source
        values.destination = destination
        connection.fill(&values)
        values.bwlimit = transfer.bwlimit?.size
        values.partSize = transfer.partSize
        values.bufferMemory = transfer.bufferMemory
        values.abortIncomplete = transfer.abortIncomplete
        values.delete = delete
        // Whoever says --no-delete wants nothing deleted, whatever the file says of what is left out.
        if delete == false { values.deleteExcluded = false }
        values.maxDelete = maxDelete
        values.maxOverwrite = maxOverwrite
        if deleteExcluded { values.deleteExcluded = true }
        values.minSize = filters.minSize
        values.maxSize = filters.maxSize
        try names.fill(&values)
        uploadRules.fill(&values)
        values.waitLock = waitLock
        values.remoteLock = remoteLock ? true : nil
        values.state = state
        values.checkHeaders = checkHeaders ? true : nil
        values.manifest = manifest
        values.trash = trash
        values.trashKeep = keep
        values.dotfiles = dotfiles
        values.cors = noCorsCheck ? .off : nil
        values.corsOrigins = corsOrigins.isEmpty ? nil : corsOrigins
        unattended.fill(&values)
        values.report = log.report
        values.logFile = log.logFile
        values.logFormat = log.logFormat
        try headers.fill(&values)
        try photos.fill(&values)
        return values
    }
}

extension ConnectionArguments {
    /// Adds what the options say of the place.
    func fill(_ values: inout SettingValues) {
        values.endpointURL = endpointURL
        values.region = region
        values.profile = profile
        values.pathStyle = pathStyle ? true : virtualHostStyle ? false : nil
        values.jobs = jobs
        values.connectTimeout = connectTimeout
        values.stallTimeout = stallTimeout
    }

    /// How long connecting may take and a request may stand still, for the commands that read no configuration file.
    var timeouts: Timeouts { Timeouts(connect: connectTimeout, stall: stallTimeout) }
}

extension PhotoArguments {
    /// The settings of the one target that a command without a bucket works by.
    func settings(_ document: ConfigurationDocument, target: String?, environment: [String: String]) throws -> TargetSettings {
        var flags = SettingValues()
        try fill(&flags)
        return try TargetSettings.only(document, target: target, flags: flags, environment: environment)
    }

    /// Adds what the options say of photos.
    func fill(_ values: inout SettingValues) throws {
        do {
            values.clockShift = try clockShift.map { try ClockShift(parsing: $0) }
        } catch {
            throw Fault(.configuration, "--clock-shift: \(error)")
        }
        do {
            values.timeZone = try timeZone.map { try CaptureZone(parsing: $0) }
        } catch {
            throw Fault(.configuration, "--time-zone: \(error)")
        }
        values.strictExif = strictExif ? true : nil
        values.privacy = privacy.isEmpty ? nil : privacy
    }
}

extension TargetSettings {
    /// The settings of the target that is named, or of the only one.
    static func only(
        _ document: ConfigurationDocument, target: String?, flags: SettingValues, environment: [String: String]
    ) throws -> TargetSettings {
        let found: [TargetSettings]
        do throws(ConfigurationError) {
            found = try TargetSelection.resolve(document, names: target.map { [$0] } ?? [], flags: flags, environment: environment)
        } catch {
            throw Fault(error)
        }
        guard found.count == 1, let only = found.first else {
            let names = document.targetNames.map(\.escapedForTerminal).joined(separator: ", ")
            throw Fault(.usage, "the configuration has several targets; say which with --target: \(names).")
        }
        return only
    }
}
