/// The profiles of `~/.aws/config` and `~/.aws/credentials`, joined as botocore joins them (`Session.full_config`).
struct Profiles: Sendable {
    /// One of the two files, as it was found.
    struct File: Sendable {
        let path: String
        /// The sections by profile name; nil where there is no such file.
        let sections: [String: INIFile.Section]?
        /// The permission bits; 0 where there is no such file.
        let mode: UInt32
    }

    /// The file of keys: each section is a profile.
    let credentialsFile: File
    /// The file of settings: `[default]` and `[profile NAME]` are profiles.
    let configFile: File
    /// `[services NAME]` of the settings, by name.
    let services: [String: INIFile.Section]
    /// `[sso-session NAME]` of the settings, by name.
    let ssoSessions: [String: INIFile.Section]

    /// Reads both files; the paths come from AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE, else they are in `~/.aws`.
    init(environment: [String: String], files: SettingsFiles) throws(CredentialError) {
        let config = try Self.load("AWS_CONFIG_FILE", "~/.aws/config", environment, files)
        var profiles: [String: INIFile.Section] = [:]
        var services: [String: INIFile.Section] = [:]
        var sessions: [String: INIFile.Section] = [:]
        for section in config.file?.sections ?? [] {
            // botocore's own tests: a name's beginning, then two shell words (configloader.build_profile_map).
            if section.name == "default" {
                profiles["default"] = section
            } else if let words = shellWords(section.name), words.count == 2 {
                if section.name.hasPrefix("profile") {
                    profiles[words[1]] = section
                } else if section.name.hasPrefix("sso-session") {
                    sessions[words[1]] = section
                } else if section.name.hasPrefix("services") {
                    services[words[1]] = section
                }
            }
        }
        configFile = File(path: config.path, sections: config.file == nil ? nil : profiles, mode: config.mode)
        self.services = services
        ssoSessions = sessions

        let keys = try Self.load("AWS_SHARED_CREDENTIALS_FILE", "~/.aws/credentials", environment, files)
        credentialsFile = File(
            path: keys.path, sections: keys.file.map { file in Dictionary(file.sections.map { ($0.name, $0) }, uniquingKeysWith: { $1 }) },
            mode: keys.mode)
    }

    /// A profile with the options of both files, where the file of keys wins; nil where neither has it.
    func profile(_ name: String) -> INIFile.Section? {
        let config = configFile.sections?[name]
        let keys = credentialsFile.sections?[name]
        guard config != nil || keys != nil else { return nil }
        return INIFile.Section(name: name, options: (config?.options ?? [:]).merging(keys?.options ?? [:], uniquingKeysWith: { $1 }))
    }

    /// The path of the file that gives `option` of the profile `name`.
    func path(of option: String, in name: String) -> String {
        credentialsFile.sections?[name]?.options[option] != nil ? credentialsFile.path : configFile.path
    }

    /// An option of a profile, with the file that gives it; nil where it is absent or empty.
    func setting(_ option: String, of name: String) -> Sourced<String>? {
        profile(name)?.text(option).map { Sourced($0, .profile(name, setting: option, path: path(of: option, in: name))) }
    }

    private static func load(
        _ variable: String, _ standard: String, _ environment: [String: String], _ files: SettingsFiles
    ) throws(CredentialError) -> (path: String, file: INIFile?, mode: UInt32) {
        let chosen = environment[variable].flatMap { $0.isEmpty ? nil : $0 }
        let path = expandedPath(chosen ?? standard, environment: environment)
        switch files.read(path) {
        case .file(let bytes, let mode): return (path, try INIFile(parsing: bytes, path: path), mode)
        case .missing: return (path, nil, 0)
        case .unreadable(let reason): throw .unreadable(path: path, reason: reason)
        }
    }
}
