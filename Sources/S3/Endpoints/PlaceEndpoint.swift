extension PlaceResolver {
    func configuredEndpoint(
        _ profile: Sourced<String>, _ section: INIFile.Section?, _ explicit: Bool, _ destination: Sourced<BucketAddress>?,
        _ warnings: inout [PlaceWarning]
    ) throws(PlaceError) -> Sourced<Endpoint>? {
        func parsed(_ text: Sourced<String>) throws(PlaceError) -> Sourced<Endpoint> {
            do { return Sourced(try Endpoint(parsing: text.value), text.source) } catch { throw .endpoint(error, text.source) }
        }
        if let url = flags.endpointURL { return try parsed(Sourced(url, .flag("--endpoint-url"))) }
        if let target, let url = target.request.endpointURL { return try parsed(Sourced(url, .target(target.name))) }

        let own = try first(of: VariableNames.ownEndpoint)
        let ignoring =
            variables.isTrue("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS")
            || (variables["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"] == nil
                && section?.text("ignore_configured_endpoint_urls")?.lowercased() == "true")
        var aws: [Sourced<String>] = []
        if !ignoring {
            for name in ["AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"] { variables[name].map { aws.append(Sourced($0, .variable(name))) } }
        }
        let alias = try first(of: VariableNames.aliasEndpoint)

        if case .target(let name)? = destination?.source {
            for unused in [own].compactMap(\.self) + aws + [alias].compactMap(\.self) {
                warnings.append(
                    .variableIgnored(unused.source.description, because: "the target “\(name)” names the destination, and no endpoint"))
            }
            if ignoring || profile.isVariable { return nil }
            return try profileEndpoint(profile.value, section).map { url throws(PlaceError) in try parsed(url) }
        }
        let filed = ignoring || !aws.isEmpty ? nil : try profileEndpoint(profile.value, section)
        let ambient = aws.first ?? filed
        guard let url = (explicit ? ambient ?? own : own ?? ambient) ?? alias else { return nil }
        return try parsed(url)
    }

    func profileEndpoint(_ profile: String, _ section: INIFile.Section?) throws(PlaceError) -> Sourced<String>? {
        guard let section else { return nil }
        if let name = section.text("services") {
            guard let services = profiles.services[name] else { throw .noServices(section: name, profile: profile) }
            if let url = services.text("s3", "endpoint_url") {
                return Sourced(url, .profile(profile, setting: "endpoint_url of [services \(name)]", path: profiles.configFile.path))
            }
        }
        return section.text("endpoint_url").map { setting(profile, "endpoint_url", $0) }
    }

    func style(_ profile: Sourced<String>, _ section: INIFile.Section?) throws(PlaceError) -> Sourced<Endpoint.Style>? {
        if let style = flags.style { return Sourced(style, .flag(style == .path ? "--path-style" : "--virtual-host-style")) }
        if let target, let style = target.request.style { return Sourced(style, .target(target.name)) }
        guard let text = section?.text("s3", "addressing_style") else { return nil }
        let source = setting(profile.value, "s3", text).source
        switch text.lowercased() {
        case "path": return Sourced(.path, source)
        case "virtual": return Sourced(.virtualHost, source)
        case "auto": return nil
        default: throw .style(text, source)
        }
    }

    func awsEndpoint(_ region: Sourced<String>, _ section: INIFile.Section?) throws(PlaceError) -> Sourced<Endpoint> {
        do {
            return Sourced(try .aws(region: region.value, variant: variant(section)), .assumed("AWS's own for \(region.value)"))
        } catch { throw .endpoint(error, region.source) }
    }

    func variant(_ section: INIFile.Section?) -> Endpoint.AWSVariant {
        var variant = flags.variant.union(target?.request.variant ?? [])
        func says(_ variable: String, _ options: String?...) -> Bool {
            if variables[variable] != nil { return variables.isTrue(variable) }
            return options.contains { $0?.lowercased() == "true" }
        }
        if says("AWS_USE_DUALSTACK_ENDPOINT", section?.text("use_dualstack_endpoint"), section?.text("s3", "use_dualstack_endpoint")) {
            variant.insert(.dualStack)
        }
        if says("AWS_USE_FIPS_ENDPOINT", section?.text("use_fips_endpoint")) { variant.insert(.fips) }
        if section?.text("s3", "use_accelerate_endpoint")?.lowercased() == "true" { variant.insert(.accelerate) }
        return variant
    }
}
