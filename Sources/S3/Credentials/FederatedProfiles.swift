internal import Digest

extension CredentialChain {
    func webIdentity(of name: String, variablesCount: Bool) throws(CredentialError) -> Found? {
        func setting(_ variable: String, _ option: String) -> Sourced<String>? {
            if variablesCount, let value = variables[variable] { return Sourced(value, .variable(variable)) }
            return profiles.setting(option, of: name)
        }
        guard let file = setting("AWS_WEB_IDENTITY_TOKEN_FILE", "web_identity_token_file") else { return nil }
        guard let role = setting("AWS_ROLE_ARN", "role_arn") else {
            throw .half(present: file.source.description, absent: "AWS_ROLE_ARN or role_arn")
        }
        let identity = WebIdentity(
            role: role.value, sessionName: setting("AWS_ROLE_SESSION_NAME", "role_session_name")?.value,
            tokenFile: expandedPath(file.value, environment: variables.all), sts: try tokenService())
        return (.webIdentity(identity), file.source)
    }

    /// IAM Identity Center: the session's settings stand in the profile, or in the `[sso-session …]` that it names (botocore `SSOProvider`).
    func singleSignOn(of name: String) throws(CredentialError) -> Found? {
        guard let section = profiles.profile(name), section.text("sso_role_name") != nil || section.text("sso_account_id") != nil else {
            return nil
        }
        var settings = ["sso_role_name", "sso_account_id", "sso_start_url", "sso_region"].reduce(into: [String: String]()) {
            $0[$1] = section.text($1)
        }
        let session = section.text("sso_session")
        if let session {
            guard let shared = profiles.ssoSessions[session] else {
                throw .profile(name: name, reason: "it refers to [sso-session \(session)], which does not exist")
            }
            for option in ["sso_start_url", "sso_region"] {
                guard let value = shared.text(option) else { continue }
                guard settings[option] ?? value == value else {
                    throw .profile(name: name, reason: "its \(option) is not that of [sso-session \(session)]")
                }
                settings[option] = value
            }
        }
        func needed(_ option: String) throws(CredentialError) -> String {
            guard let value = settings[option] else { throw .profile(name: name, reason: "\(option) is missing for single sign-on") }
            return value
        }
        let start = try needed("sso_start_url")
        let file = "~/.aws/sso/cache/" + SHA1.hex(of: [UInt8]((session ?? start).utf8)) + ".json"
        let home = try needed("sso_region")
        let recipe = SingleSignOn(
            profile: name, account: try needed("sso_account_id"), role: try needed("sso_role_name"),
            portal: try url(of: "sso", label: "portal.sso", region: home), tokenFile: expandedPath(file, environment: variables.all))
        return (
            .singleSignOn(recipe), .profile(name, setting: session == nil ? "sso_start_url" : "sso_session", path: profiles.configFile.path)
        )
    }
}
