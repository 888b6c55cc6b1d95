extension PlaceResolver {
    static let standardProfile = Sourced("default", .assumed("the default"))

    func profileName() throws(PlaceError) -> Sourced<String> {
        if let name = flags.profile { return Sourced(name, .flag("--profile")) }
        if let target, let name = target.request.profile { return Sourced(name, .target(target.name)) }
        return try first(of: VariableNames.awsProfile) ?? Self.standardProfile
    }

    func destination() throws(PlaceError) -> Sourced<Destination>? {
        func parsed(_ text: String, _ source: SettingSource) throws(PlaceError) -> Sourced<Destination> {
            do { return Sourced(try Destination(parsing: text), source) } catch { throw .destination(error, source) }
        }
        // A bucket's variable holds its name, but people put the whole address there.
        func named(_ bucket: Sourced<String>) throws(PlaceError) -> Sourced<Destination> {
            try parsed(bucket.value.utf8.contains(UInt8(ascii: ":")) ? bucket.value : "s3://" + bucket.value, bucket.source)
        }
        if let text = flags.destination { return try parsed(text, .flag("the destination")) }
        if let target, let text = target.request.destination { return try parsed(text, .target(target.name)) }

        let whole = try variables[VariableNames.destination].map { text throws(PlaceError) in
            try parsed(text, .variable(VariableNames.destination))
        }
        let bucket = try first(of: VariableNames.ownBucket).map { name throws(PlaceError) in try named(name) }
        if let whole, let bucket, whole.value.address.bucket != bucket.value.address.bucket {
            throw .conflict(VariableNames.destination, bucket.source.description)
        }
        if let found = whole ?? bucket { return found }
        return try first(of: VariableNames.aliasBucket).map { name throws(PlaceError) in try named(name) }
    }

    func region(
        _ profile: Sourced<String>, _ section: INIFile.Section?, _ explicit: Bool, _ destination: Sourced<Destination>?,
        _ endpoint: Sourced<Endpoint>?
    ) throws(PlaceError) -> Sourced<String> {
        let flag = flags.region.map { Sourced($0, .flag("--region")) }
        let targeted = target.flatMap { target in target.request.region.map { Sourced($0, .target(target.name)) } }
        let own = try first(of: VariableNames.ownRegion)
        let told = destination.flatMap { found in found.value.region.map { Sourced($0, found.source) } }
        let aws = ["AWS_REGION", "AWS_DEFAULT_REGION"].lazy.compactMap { name in variables[name].map { Sourced($0, .variable(name)) } }
            .first
        let ambient = aws ?? profiles.setting("region", of: profile.value)
        let host = endpoint.flatMap { $0.value.regionInHost }.map { Sourced($0, .assumed("from the endpoint's host")) }
        let alias = try first(of: VariableNames.aliasRegion)

        // An endpoint that was not named in AWS's way, and whose host tells its region, is not to be signed for the region of some AWS account.
        let hostFirst = endpoint.map { !$0.isAmbient } ?? false
        let ranked =
            [flag, told, targeted] + (explicit ? [hostFirst ? host : nil, ambient, own] : [own, hostFirst ? host : nil, ambient]) + [
                alias, host,
            ]
        let chosen = ranked.compactMap(\.self).first ?? Place.standardRegion
        guard isRegion(chosen.value) else { throw .region(chosen.value, chosen.source) }
        return chosen
    }

    /// A file that holds secrets and that others can read.
    func secretFileWarnings() -> [PlaceWarning] {
        [profiles.credentialsFile, profiles.configFile].compactMap { file in
            let secret = file.sections?.values.contains { section in
                ["aws_secret_access_key", "aws_session_token", "aws_security_token"].contains { section.text($0) != nil }
            }
            return secret == true && file.mode & 0o044 != 0 ? .readableByOthers(path: file.path, mode: file.mode) : nil
        }
    }

    /// A file with a token that stands for credentials, and that others can read. It is looked at, not read: it may be a pipe.
    func tokenFileWarnings(_ recipe: CredentialRecipe) -> [PlaceWarning] {
        recipe.tokenFiles.compactMap { path in
            guard let mode = files.mode(path), mode & 0o044 != 0 else { return nil }
            return .readableByOthers(path: path, mode: mode)
        }
    }

    /// What the replaced programs were told and this one has no use for; a variable that says `false` asks for nothing.
    func unusedVariableWarnings() -> [PlaceWarning] {
        VariableNames.unused.compactMap { name, reason in
            guard let value = variables[name], !["false", "0", "no", "off"].contains(value.lowercased()) else { return nil }
            return .variableIgnored(name, because: reason)
        }
    }

    func first(of names: [String]) throws(PlaceError) -> Sourced<String>? {
        do { return try variables.first(of: names) } catch { throw .conflict(error.one, error.other) }
    }
}

extension Sourced {
    var isVariable: Bool {
        if case .variable = source { true } else { false }
    }

    /// True where the source is one of AWS's ambient ones: its variables and files.
    var isAmbient: Bool {
        switch source {
        case .variable(let name): name.hasPrefix("AWS_")
        case .profile: true
        default: false
        }
    }
}
