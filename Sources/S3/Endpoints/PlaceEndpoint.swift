extension PlaceResolver {
    func configuredEndpoint(
        _ profile: Sourced<String>, _ section: INIFile.Section?, _ explicit: Bool, _ destination: Sourced<Destination>?,
        _ warnings: inout [PlaceWarning]
    ) throws(PlaceError) -> Sourced<Endpoint>? {
        func parsed(_ text: Sourced<String>) throws(PlaceError) -> Sourced<Endpoint> {
            let endpoint: Endpoint
            do { endpoint = try Endpoint(parsing: text.value) } catch { throw .endpoint(error, text.source) }
            // Requests would go to the bucket of that name, whatever bucket the destination names: as a folder in it.
            if let parts = ProviderHost.parts(of: endpoint.host), let bucket = parts.bucket {
                throw .endpointNamesBucket(endpoint.description, bucket: bucket, better: parts.endpoint, text.source)
            }
            return Sourced(endpoint, text.source)
        }
        let told = destination.flatMap { found in found.value.endpoint.map { Sourced($0, found.source) } }
        if let url = flags.endpointURL {
            let flag = try parsed(Sourced(url, .flag("--endpoint-url")))
            if let told, case .flag = told.source, told.value.description != flag.value.description {
                throw .conflict("--endpoint-url", "the destination's own address")
            }
            return flag
        }
        if let told { return told }
        if let target, let url = target.request.endpointURL { return try parsed(Sourced(url, .target(target.name))) }

        let own = try first(of: VariableNames.ownEndpoint)
        let ambient = AWSServices(variables: variables, profiles: profiles, profile: profile.value)
        let aws = ambient.variableEndpoints(of: "S3")
        let alias = try first(of: VariableNames.aliasEndpoint)

        if case .target(let name)? = destination?.source {
            for unused in [own].compactMap(\.self) + aws + [alias].compactMap(\.self) {
                warnings.append(
                    .variableIgnored(unused.source.description, because: "the target “\(name)” names the destination, and no endpoint"))
            }
            if profile.isVariable { return nil }
            return try ambient.profileEndpoint(of: "s3").map { url throws(PlaceError) in try parsed(url) }
        }
        let inAWSWay: Sourced<String>?
        if let first = aws.first { inAWSWay = first } else { inAWSWay = try ambient.profileEndpoint(of: "s3") }
        guard let url = (explicit ? inAWSWay ?? own : own ?? inAWSWay) ?? alias else { return nil }
        return try parsed(url)
    }

    func style(_ profile: Sourced<String>, _ section: INIFile.Section?) throws(PlaceError) -> Sourced<Endpoint.Style>? {
        if let style = flags.style { return Sourced(style, .flag(style == .path ? "--path-style" : "--virtual-host-style")) }
        if let target, let style = target.request.style { return Sourced(style, .target(target.name)) }
        guard let text = section?.text("s3", "addressing_style") else { return nil }
        let source = SettingSource.profile(profile.value, setting: "s3", path: profiles.path(of: "s3", in: profile.value))
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
