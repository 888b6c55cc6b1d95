internal import Foundation
internal import Glibc
internal import S3

extension ConnectionArguments {
    /// The proxies that libcurl reads by itself, from the process's environment alone.
    private static let proxyVariables = ["http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY"]

    /// The environment that a command works by: the process's own, with the file that `--env-file` names. What the user should know of the file
    /// is said unless `quiet`; that certificates are not checked is said always.
    func environment(_ console: Console, quiet: Bool = false) throws -> [String: String] {
        if skipsVerification {
            console.complain(
                "WARNING: --no-verify-tls: nobody checks whom this talks to. Keys and files may end up with anyone between here and the store."
            )
        }
        let own = ProcessInfo.processInfo.environment
        guard let path = envFile else { return own }
        do throws(CredentialError) {
            let (environment, warnings) = try EnvironmentFile(path: path).merged(into: own)
            for warning in warnings where !quiet { console.complain("warning: \(warning)") }
            // Before anything is connected, and while this is the only thread.
            for name in Self.proxyVariables where own[name] == nil {
                if let value = environment[name] { setenv(name, value, 0) }
            }
            return environment
        } catch {
            throw Fault(.configuration, error.description)
        }
    }
}
