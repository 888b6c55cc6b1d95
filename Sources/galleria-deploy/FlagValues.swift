internal import Configuration
internal import Photo

extension DeployArguments {
    /// What the options say, as settings; only what was given.
    func values(source: String?, destination: String?) throws -> SettingValues {
        var values = SettingValues()
        values.source = source
        values.destination = destination
        values.endpointURL = connection.endpointURL
        values.region = connection.region
        values.profile = connection.profile
        values.pathStyle = connection.pathStyle ? true : nil
        values.jobs = connection.jobs
        values.delete = delete ? true : nil
        values.maxDelete = maxDelete
        values.dotfiles = dotfiles ? true : nil
        values.cors = noCorsCheck ? .off : nil
        values.corsOrigins = corsOrigins.isEmpty ? nil : corsOrigins
        try photos.fill(&values)
        return values
    }
}

extension PhotoArguments {
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
