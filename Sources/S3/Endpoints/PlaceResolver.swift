/// Finds out the place and how to reach it from flags, a target of the configuration file, the environment and AWS's files.
///
/// | setting | sources, the first that speaks wins |
/// |---|---|
/// | destination | flags; target; `GALLERIA_DESTINATION` and `S3_PUBLIC_BUCKET`; the aliases `S3_BUCKET_NAME`, … |
/// | endpoint | flags; target; `S3_PUBLIC_ENDPOINT`; `AWS_ENDPOINT_URL_S3`; `AWS_ENDPOINT_URL`; the profile's `services` section; its `endpoint_url`; the alias `AWS_S3_ENDPOINT_URL`; AWS, by region |
/// | region | flags; target; `S3_PUBLIC_REGION`; `AWS_REGION`; `AWS_DEFAULT_REGION`; the profile's `region`; the alias `S3_REGION`; what the endpoint's host says; `us-east-1` |
/// | style | flags; target; the profile's `s3 = addressing_style`; the rule of `Endpoint.style(for:)` |
///
/// Bucket and prefix always come together from one source, and a destination that is a web address or an ARN brings its endpoint and region. A destination that a target names takes its endpoint from flags, the target or the
/// profile that either names, else it is AWS's: a variable that happens to be set never redirects a target. A profile that a flag or a target
/// names outranks the `S3_PUBLIC_…` names, which then only fill in what is left open. `AWS_REGION` before `AWS_DEFAULT_REGION` and
/// `AWS_ENDPOINT_URL_S3` before `AWS_ENDPOINT_URL` are AWS's own ranks; names of equal rank that disagree are an error.
public struct PlaceResolver: Sendable {
    let flags: PlaceRequest
    let target: (name: String, request: PlaceRequest)?
    let variables: Variables
    let profiles: Profiles
    let files: SettingsFiles

    /// Resolves the place. Nothing is asked over the network; files are read through `files`.
    public static func resolve(
        flags: PlaceRequest = PlaceRequest(), target: (name: String, request: PlaceRequest)? = nil, environment: [String: String],
        files: SettingsFiles = .disk
    ) throws(PlaceError) -> Place {
        let profiles: Profiles
        do { profiles = try Profiles(environment: environment, files: files) } catch { throw .credentials(error) }
        return try PlaceResolver(flags: flags, target: target, variables: Variables(environment), profiles: profiles, files: files).place()
    }

    private func place() throws(PlaceError) -> Place {
        let profile = try profileName()
        let explicit = !profile.isVariable && profile.source != Self.standardProfile.source
        let section = profiles.profile(profile.value)
        guard section != nil || profile == Self.standardProfile else {
            throw .credentials(.noProfile(name: profile.value, files: [profiles.configFile.path, profiles.credentialsFile.path]))
        }

        var warnings = secretFileWarnings() + unusedVariableWarnings()
        let destination = try destination()
        let configured = try configuredEndpoint(profile, section, explicit, destination, &warnings)
        let region = try region(profile, section, explicit, destination, configured)
        let bare: Sourced<Endpoint>
        if let configured { bare = configured } else { bare = try awsEndpoint(region, section) }
        let style = try style(profile, section)
        let endpoint = style.map { Sourced(bare.value.with(style: $0.value), bare.source) } ?? bare

        // Roles are assumed in AWS: by the region of an endpoint of AWS's own, else by the one that AWS's names tell.
        let services = AWSServices(variables: variables, profiles: profiles, profile: profile.value)
        let home = endpoint.value.isAWS ? region.value : services.region?.value ?? "us-east-1"
        var chain = CredentialChain(
            variables: variables, profiles: profiles, profileName: profile.value, profileIsExplicit: explicit, services: services,
            region: home,
            endpointIsAWS: endpoint.value.isAWS)
        let recipe: (CredentialRecipe, SettingSource)
        do { recipe = try chain.decide() } catch { throw .credentials(error) }
        warnings += tokenFileWarnings(recipe.0)
        return Place(
            destination: destination.map { Sourced($0.value.address, $0.source) }, endpoint: endpoint, region: region,
            styleSource: style?.source ?? .assumed("by rule"),
            profile: profile,
            credentialSource: recipe.1, warnings: warnings, recipe: recipe.0)
    }
}
