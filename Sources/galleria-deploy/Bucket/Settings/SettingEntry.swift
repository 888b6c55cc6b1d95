internal import Bucket
internal import Vocabulary

/// What was found of one setting, and what became of it.
struct SettingEntry: Encodable {
    /// How it stands.
    enum State: String, Encodable {
        case asDeclared = "as-declared"
        case differs
        case applied
        /// The store does not offer it.
        case unsupported
        case denied
        /// What is there stands against it.
        case conflict
        case failed
    }

    struct Change: Encodable {
        let change: String
        let what: String
        let before: String?
    }

    let setting: DeclaredSetting.Name
    let state: State
    let changes: [Change]
    let reason: String?

    init(_ setting: DeclaredSetting.Name, _ state: State, _ changes: [SettingChange], _ reason: String? = nil) {
        self.setting = setting
        self.state = state
        self.changes = changes.map { Change(change: $0.kind.rawValue, what: $0.what, before: $0.before) }
        self.reason = reason
    }

    /// The exit status that it asks for.
    func status(of purpose: BucketSettingsRun.Purpose) -> ExitStatus {
        switch state {
        case .asDeclared, .applied: .done
        // A plan is asked for because there may be changes.
        case .differs: purpose == .plan ? .done : setting == .cors ? .corsInsufficient : .changesPending
        case .conflict: .refused
        case .unsupported, .denied, .failed: .bucket
        }
    }

    /// What people read: a line for the setting, one for each change like a diff.
    func lines(showingKept: Bool) -> [String] {
        let words =
            switch state {
            case .asDeclared: "as declared"
            case .differs: "differs"
            case .applied: "set"
            case .unsupported: "not offered by the store"
            case .denied: "denied"
            case .conflict: "refused"
            case .failed: "failed"
            }
        var lines = ["\(setting.rawValue): \(words)"]
        for change in changes where showingKept || change.change != SettingChange.Kind.kept.rawValue {
            let what = change.what.escapedForTerminal
            switch change.change {
            case SettingChange.Kind.kept.rawValue: lines.append("  kept     \(what)")
            case SettingChange.Kind.added.rawValue: lines.append("+ added    \(what)")
            case SettingChange.Kind.removed.rawValue: lines.append("- removed  \(what)")
            default:
                lines.append("- changed  \((change.before ?? "").escapedForTerminal)")
                lines.append("+      to  \(what)")
            }
        }
        if let reason { lines.append("! \(reason)") }
        return lines
    }
}

/// The report as JSON.
struct BucketDocument: Encodable {
    let version = 1
    let bucket: String
    let settings: [SettingEntry]
}
