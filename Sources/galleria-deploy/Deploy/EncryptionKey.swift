internal import Configuration
internal import S3
internal import Vocabulary

extension TargetSettings {
    /// The key of `sse: customer`; nil where it is not asked for. It never travels in the clear.
    func customerKey(at endpoint: Endpoint, environment: [String: String], console: Console, quiet: Bool) throws -> CustomerKey? {
        guard values.encryption == .customer else { return nil }
        guard endpoint.scheme == .https || ["localhost", "127.0.0.1", "::1"].contains(endpoint.host) else {
            throw Fault(
                .configuration,
                "--sse customer sends its key with each request, and \(endpoint.description.escapedForTerminal) is not encrypted. Use https."
            )
        }
        let advice = "It takes 32 bytes, or their base64; to make one: openssl rand -base64 32"
        if let path = values.encryptionKeyFile {
            switch SettingsFiles.disk.read(path) {
            case .file(let bytes, let mode):
                guard let key = CustomerKey(bytes) else {
                    throw Fault(.configuration, "\(path.escapedForTerminal) holds no key for --sse customer. \(advice)")
                }
                if mode & 0o044 != 0, !quiet { console.complain("warning: \(PlaceWarning.readableByOthers(path: path, mode: mode))") }
                return key
            case .missing:
                throw Fault(.configuration, "there is no file \(path.escapedForTerminal) with the key of --sse customer. \(advice)")
            case .unreadable(let reason):
                throw Fault(.configuration, "the key of --sse customer cannot be read: \(path.escapedForTerminal): \(reason).")
            }
        }
        guard let text = environment["GALLERIA_SSE_KEY"], !text.isEmpty else {
            throw Fault(.configuration, "--sse customer needs a key: name its file with --sse-key-file, or set GALLERIA_SSE_KEY. \(advice)")
        }
        guard let key = CustomerKey([UInt8](text.utf8)) else {
            throw Fault(.configuration, "GALLERIA_SSE_KEY holds no key for --sse customer. \(advice)")
        }
        return key
    }
}

extension DeploySettings.Job {
    /// The key of `sse: customer`; nil where it is not asked for.
    func customerKey(environment: [String: String], console: Console, quiet: Bool) throws -> CustomerKey? {
        try settings.customerKey(at: place.endpoint.value, environment: environment, console: console, quiet: quiet)
    }
}
