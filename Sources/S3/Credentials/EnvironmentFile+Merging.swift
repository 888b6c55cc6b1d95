extension EnvironmentFile {
    /// The environment with the file's variables added, and what the user should know.
    ///
    /// A variable that the environment sets stays, as for other programs that read such files. Two things are never mixed of both: keys (a
    /// half, or a token, of one with the rest of the other) are taken as a whole from the environment where it has any; and an endpoint, bucket or
    /// destination that both name differently is an error, since either choice may send files to a place that nobody meant.
    public func merged(
        into environment: [String: String]
    ) throws(CredentialError) -> (
        environment: [String: String], warnings: [PlaceWarning]
    ) {
        let present = Variables(environment)
        let hasKeys = VariableNames.keyGroup.contains { present[$0] != nil }
        var result = environment
        var warnings: [PlaceWarning] = []
        for (name, value) in variables.sorted(by: { $0.key < $1.key }) where !value.trimmingASCIISpace.isEmpty {
            let label = "\(name) of \(path)"
            if let set = present[name] {
                if set == value.trimmingASCIISpace { continue }
                if VariableNames.placeGroup.contains(name) { throw .conflict("\(name) of the environment", label) }
                warnings.append(.variableIgnored(label, because: "the environment sets another value"))
            } else if hasKeys, VariableNames.keyGroup.contains(name) {
                warnings.append(.variableIgnored(label, because: "the environment has keys of its own, and keys are never mixed"))
            } else {
                result[name] = value
            }
        }
        if mode & 0o044 != 0, VariableNames.secrets.contains(where: { variables[$0]?.isEmpty == false }) {
            warnings.append(.readableByOthers(path: path, mode: mode))
        }
        return (result, warnings)
    }
}
