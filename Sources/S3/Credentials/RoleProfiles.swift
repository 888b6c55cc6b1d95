extension CredentialChain {
    mutating func role(of name: String, visited: [String]) throws(CredentialError) -> Found? {
        guard let section = profiles.profile(name), let role = profiles.setting("role_arn", of: name),
            section.text("web_identity_token_file") == nil
        else { return nil }
        func fault(_ reason: String) -> CredentialError { .profile(name: name, reason: reason) }
        if section.text("mfa_serial") != nil {
            throw fault(
                "its role needs a code from an MFA device (mfa_serial), which an unattended deploy cannot ask for; use single sign-on or a credential_process"
            )
        }
        let source: CredentialRecipe
        switch (section.text("source_profile"), section.text("credential_source")) {
        case (.some, .some): throw fault("it has both source_profile and credential_source")
        case (nil, nil): throw fault("its role_arn needs a source_profile or a credential_source")
        case (.some(let other), nil): source = try self.source(other, of: name, visited: visited)
        case (nil, .some(let kind)): source = try self.source(kind: kind, of: name)
        }
        let duration = section.text("duration_seconds").flatMap { Int($0) }
        let recipe = AssumeRole(
            role: role.value, sessionName: section.text("role_session_name"), externalID: section.text("external_id"), duration: duration,
            sts: try tokenService())
        return (.assumeRole(recipe, source: source), role.source)
    }

    /// The credentials of a source profile; it may refer to a further one, but not in a circle.
    private mutating func source(_ other: String, of name: String, visited: [String]) throws(CredentialError) -> CredentialRecipe {
        guard let section = profiles.profile(other) else {
            throw .profile(name: name, reason: "its source_profile “\(other)” does not exist")
        }
        let hasKeys = section.options["aws_access_key_id"] != nil || section.options["aws_secret_access_key"] != nil
        // A profile may name itself to use the keys that stand beside its role.
        if visited.contains(other), !(other == name && hasKeys) {
            throw .profile(name: name, reason: "its source_profile “\(other)” leads back to itself")
        }
        let found: Found?
        if !hasKeys, section.text("role_arn") != nil, section.text("web_identity_token_file") == nil {
            found = try role(of: other, visited: visited + [other])
        } else {
            found = try held(by: other, variablesCount: false)
        }
        guard let found else { throw .profile(name: name, reason: "its source_profile “\(other)” has no credentials") }
        return found.recipe
    }

    private mutating func source(kind: String, of name: String) throws(CredentialError) -> CredentialRecipe {
        let found: Found?
        switch kind.lowercased() {
        case "environment": found = try awsEnvironment()
        case "ecscontainer": found = try container()
        case "ec2instancemetadata": found = try instance(asked: true)
        default: throw .profile(name: name, reason: "its credential_source is none of Environment, EcsContainer and Ec2InstanceMetadata")
        }
        guard let found else { throw .profile(name: name, reason: "its credential_source \(kind) has no credentials") }
        return found.recipe
    }

    func tokenService() throws(CredentialError) -> SecurityTokenService {
        SecurityTokenService(url: try url(of: "sts", label: "sts", region: region), region: region)
    }

    func url(of service: String, label: String, region: String) throws(CredentialError) -> String {
        do { return try services.url(of: service, label: label, region: region) } catch {
            throw .unreachable(source: service.uppercased(), reason: error.description)
        }
    }
}
