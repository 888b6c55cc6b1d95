/// Decides how credentials are come by. The order is botocore's (`create_credential_resolver`), with this program's own names before and the
/// aliases after the files:
///
/// 1. `S3_PUBLIC_ACCESS_KEY` and `_SECRET_KEY`, with or without `GALLERIA_`
/// 2. `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`
/// 3. the profile's `role_arn`, with `source_profile` or `credential_source`
/// 4. `AWS_WEB_IDENTITY_TOKEN_FILE` and `AWS_ROLE_ARN`, or the same of the profile
/// 5. the profile's single sign-on
/// 6. the profile's keys in the credentials file
/// 7. the profile's `credential_process`
/// 8. the profile's keys in the config file
/// 9. the aliases `AWS_ACCESS_KEY` and `AWS_ACCESS_SECRET`
/// 10. the container: `AWS_CONTAINER_CREDENTIALS_RELATIVE_URI` or `_FULL_URI`
/// 11. the instance's metadata, the only one that is asked without knowing whether it is there; for AWS's own endpoints, or where
///     `AWS_EC2_METADATA_SERVICE_ENDPOINT` or `S3_USE_IAM_ROLE` says so
///
/// A profile that `--profile` (or a target) names goes before 1, 2 and the variables of 4; one that `AWS_PROFILE` names does not (botocore
/// disables the environment only for an explicit profile). Half a pair is an error where the chain meets it; halves of two pairs are never mixed.
struct CredentialChain {
    typealias Found = (recipe: CredentialRecipe, source: SettingSource)

    let variables: Variables
    let profiles: Profiles
    let profileName: String
    /// True where the profile was named by a flag or a target rather than by a variable or nobody.
    let profileIsExplicit: Bool
    let services: AWSServices
    /// The region in which STS is asked.
    let region: String
    /// True where requests go to AWS itself.
    let endpointIsAWS: Bool

    var looked: [String] = []

    init(
        variables: Variables, profiles: Profiles, profileName: String, profileIsExplicit: Bool, services: AWSServices, region: String,
        endpointIsAWS: Bool
    ) {
        self.variables = variables
        self.profiles = profiles
        self.profileName = profileName
        self.profileIsExplicit = profileIsExplicit
        self.services = services
        self.region = region
        self.endpointIsAWS = endpointIsAWS
    }

    /// The recipe and its source.
    mutating func decide() throws(CredentialError) -> Found {
        if !profileIsExplicit {
            if let found = try environment(VariableNames.ownKeys, token: []) { return found }
            if let found = try awsEnvironment() { return found }
        }
        if let found = try role(of: profileName, visited: [profileName]) { return found }
        if let found = try held(by: profileName, variablesCount: !profileIsExplicit) { return found }
        if !profileIsExplicit { looked.append("AWS_WEB_IDENTITY_TOKEN_FILE and AWS_ROLE_ARN: not set") }
        if profiles.profile(profileName) != nil {
            looked.append("the profile “\(profileName)”: no role, web identity, single sign-on or credential_process")
        }
        if let found = try environment(VariableNames.aliasKeys, token: []) { return found }
        if let found = try container() { return found }
        return try instance(asked: false)
    }

    /// What a profile holds by itself, without assuming a role with another's.
    mutating func held(by name: String, variablesCount: Bool) throws(CredentialError) -> Found? {
        if let found = try webIdentity(of: name, variablesCount: variablesCount) { return found }
        if let found = try singleSignOn(of: name) { return found }
        if let found = try keys(of: name, in: profiles.credentialsFile) { return found }
        if let found = try process(of: name) { return found }
        return try keys(of: name, in: profiles.configFile)
    }

    // MARK: Variables

    mutating func awsEnvironment() throws(CredentialError) -> Found? {
        try environment(VariableNames.awsKeys, token: VariableNames.awsToken)
    }

    private mutating func environment(_ pairs: [KeyPair], token: [String]) throws(CredentialError) -> Found? {
        var found: (pair: KeyPair, id: String, secret: String)?
        for pair in pairs {
            switch (variables[pair.id], variables[pair.secret]) {
            case (nil, nil): continue
            case (.some, nil): throw .half(present: pair.id, absent: pair.secret)
            case (nil, .some): throw .half(present: pair.secret, absent: pair.id)
            case (.some(let id), .some(let secret)):
                if let found, found.id != id { throw .conflict(found.pair.id, pair.id) }
                if let found, found.secret != secret { throw .conflict(found.pair.secret, pair.secret) }
                found = found ?? (pair, id, secret)
            }
        }
        guard let found else {
            looked.append(pairs.map { "\($0.id) and \($0.secret)" }.joined(separator: ", or ") + ": not set")
            return nil
        }
        let session: String?
        do { session = try variables.first(of: token)?.value } catch { throw .conflict(error.one, error.other) }
        return (
            .fixed(Credentials(accessKeyID: found.id, secretAccessKey: found.secret, sessionToken: session)), .variable(found.pair.id)
        )
    }

    // MARK: The profile's own

    private mutating func keys(of name: String, in file: Profiles.File) throws(CredentialError) -> Found? {
        guard let sections = file.sections else {
            looked.append("\(file.path): no such file")
            return nil
        }
        guard let section = sections[name] else {
            looked.append("\(file.path): no profile “\(name)”")
            return nil
        }
        let place = "of the profile “\(name)” in \(file.path)"
        switch (section.text("aws_access_key_id"), section.text("aws_secret_access_key")) {
        case (nil, nil):
            looked.append("\(file.path): no keys in the profile “\(name)”")
            return nil
        case (.some, nil): throw .half(present: "aws_access_key_id \(place)", absent: "aws_secret_access_key")
        case (nil, .some): throw .half(present: "aws_secret_access_key \(place)", absent: "aws_access_key_id")
        case (.some(let id), .some(let secret)):
            let token = section.text("aws_security_token") ?? section.text("aws_session_token")
            return (
                .fixed(Credentials(accessKeyID: id, secretAccessKey: secret, sessionToken: token)),
                .profile(name, setting: "aws_access_key_id", path: file.path)
            )
        }
    }

    private func process(of name: String) throws(CredentialError) -> Found? {
        guard let command = profiles.setting("credential_process", of: name) else { return nil }
        guard let words = shellWords(command.value), !words.isEmpty else {
            throw .profile(name: name, reason: "the quotes in its credential_process do not pair")
        }
        return (.process(CredentialProcess(profile: name, words: words)), command.source)
    }
}
