/// AWS's own ways of saying where its services answer: `AWS_ENDPOINT_URL_<SERVICE>`, `AWS_ENDPOINT_URL`, the profile's `services` section, its
/// `endpoint_url` (AWS SDKs Reference Guide, "Service-specific endpoints"; botocore `ConfiguredEndpointProvider`).
struct AWSServices {
    let variables: Variables
    let profiles: Profiles
    let profile: String

    /// True where all those are to be ignored.
    private var areIgnored: Bool {
        let variable = "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"
        if variables[variable] != nil { return variables.isTrue(variable) }
        return profiles.profile(profile)?.text("ignore_configured_endpoint_urls")?.lowercased() == "true"
    }

    /// What the variables say, the service's own first.
    func variableEndpoints(of service: String) -> [Sourced<String>] {
        if areIgnored { return [] }
        return ["AWS_ENDPOINT_URL_" + service.uppercased(), "AWS_ENDPOINT_URL"].compactMap { name in
            variables[name].map { Sourced($0, .variable(name)) }
        }
    }

    /// What the profile says.
    func profileEndpoint(of service: String) throws(PlaceError) -> Sourced<String>? {
        guard !areIgnored, let section = profiles.profile(profile) else { return nil }
        if let name = section.text("services") {
            guard let services = profiles.services[name] else { throw .noServices(section: name, profile: profile) }
            if let url = services.text(service, "endpoint_url") {
                return Sourced(url, .profile(profile, setting: "endpoint_url of [services \(name)]", path: profiles.configFile.path))
            }
        }
        return profiles.setting("endpoint_url", of: profile)
    }

    /// The region by AWS's names.
    var region: Sourced<String>? {
        for name in ["AWS_REGION", "AWS_DEFAULT_REGION"] {
            if let value = variables[name] { return Sourced(value, .variable(name)) }
        }
        return profiles.setting("region", of: profile)
    }

    /// The URL of a service other than S3, with a slash at its end: what is configured, else `<label>.<region>` at AWS.
    func url(of service: String, label: String, region: String) throws(PlaceError) -> String {
        let configured: Sourced<String>?
        if let first = variableEndpoints(of: service).first { configured = first } else { configured = try profileEndpoint(of: service) }
        let source = configured?.source ?? .assumed("the region")
        do {
            if let configured { return try Endpoint(parsing: configured.value).description + "/" }
            return try Endpoint.aws(service: label, region: region).description + "/"
        } catch { throw .endpoint(error, source) }
    }
}
