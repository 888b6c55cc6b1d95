/// Decides how credentials are come by. The order is botocore's (`create_credential_resolver`), with this program's own names before and the
/// aliases after the files:
///
/// 1. `S3_PUBLIC_ACCESS_KEY` and `_SECRET_KEY`, with or without `GALLERIA_`
/// 2. `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`
/// 3. the profile in the credentials file
/// 4. the profile in the config file
/// 5. the aliases `AWS_ACCESS_KEY` and `AWS_ACCESS_SECRET`
///
/// A profile that `--profile` (or a target) names goes before 1 and 2; one that `AWS_PROFILE` names does not (botocore disables the
/// environment only for an explicit profile). Half a pair is an error where the chain meets it; halves of two pairs are never mixed.
struct CredentialChain {
    let variables: Variables
    let profiles: Profiles
    let profileName: String
    /// True where the profile was named by a flag or a target rather than by a variable or nobody.
    let profileIsExplicit: Bool

    private var looked: [String] = []

    init(variables: Variables, profiles: Profiles, profileName: String, profileIsExplicit: Bool) {
        self.variables = variables
        self.profiles = profiles
        self.profileName = profileName
        self.profileIsExplicit = profileIsExplicit
    }

    /// The recipe and its source.
    mutating func decide() throws(CredentialError) -> (CredentialRecipe, SettingSource) {
        if !profileIsExplicit {
            if let found = try environment(VariableNames.ownKeys, token: []) { return found }
            if let found = try environment(VariableNames.awsKeys, token: VariableNames.awsToken) { return found }
        }
        if let found = try file(profiles.credentialsFile) { return found }
        if let found = try file(profiles.configFile) { return found }
        if let found = try environment(VariableNames.aliasKeys, token: []) { return found }
        return (.none(looked: looked), .assumed("nowhere"))
    }

    private mutating func environment(_ pairs: [KeyPair], token: [String]) throws(CredentialError) -> (CredentialRecipe, SettingSource)? {
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
            .fixed(Credentials(accessKeyID: found.id, secretAccessKey: found.secret, sessionToken: session)),
            .variable(found.pair.id)
        )
    }

    private mutating func file(_ file: Profiles.File) throws(CredentialError) -> (CredentialRecipe, SettingSource)? {
        guard let sections = file.sections else {
            looked.append("\(file.path): no such file")
            return nil
        }
        guard let section = sections[profileName] else {
            looked.append("\(file.path): no profile “\(profileName)”")
            return nil
        }
        let place = "of the profile “\(profileName)” in \(file.path)"
        switch (section.text("aws_access_key_id"), section.text("aws_secret_access_key")) {
        case (nil, nil):
            looked.append("\(file.path): no keys in the profile “\(profileName)”")
            return nil
        case (.some, nil): throw .half(present: "aws_access_key_id \(place)", absent: "aws_secret_access_key")
        case (nil, .some): throw .half(present: "aws_secret_access_key \(place)", absent: "aws_access_key_id")
        case (.some(let id), .some(let secret)):
            let token = section.text("aws_security_token") ?? section.text("aws_session_token")
            return (
                .fixed(Credentials(accessKeyID: id, secretAccessKey: secret, sessionToken: token)),
                .profile(profileName, setting: "aws_access_key_id", path: file.path)
            )
        }
    }
}
