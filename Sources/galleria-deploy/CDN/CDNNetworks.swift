internal import CDN
internal import Configuration
internal import Foundation
internal import HTTP
internal import S3
internal import Vocabulary

/// The content delivery networks of a target, with their keys, ready to be told.
struct CDNNetworks {
    let networks: [any ContentNetwork]
    /// The addresses of the deployed folder, each with a slash at its end.
    let bases: [String]
    private let transport: HTTPClient

    /// Connects. Nil where the target has none.
    ///
    /// - Parameter console: where requests are shown, with `-vv`.
    init?(_ job: DeploySettings.Job, environment: [String: String], verbose: Int, console: Console, quiet: Bool) throws {
        guard let all = job.settings.values.cdn, !all.isEmpty else { return nil }
        var configuration = HTTPClientConfiguration()
        configuration.connectTimeout = .seconds(10)
        configuration.requestTimeout = .seconds(120)
        configuration.userAgent = "galleria-deploy/\(Version.text)"
        configuration.caFile = environment["AWS_CA_BUNDLE"].flatMap { $0.isEmpty ? nil : $0 }
        let transport: HTTPClient
        do throws(HTTPError) { transport = try HTTPClient(configuration) } catch {
            throw Fault(.configuration, "the HTTP transport cannot be set up: \(error)")
        }
        let log = console.wireLog(verbose)
        func shown(_ bodies: LoggedTransport.Bodies) -> any HTTPTransport {
            log.map { LoggedTransport(transport, bodies: bodies, numbers: LoggedTransport.Numbers(), write: $0) } ?? transport
        }
        let client = CDNClient(transport: shown(.excerpts), clock: .system, retry: RetryPolicy())
        let settings = job.settings
        var networks: [any ContentNetwork] = []
        var bases: [String] = []
        for values in all {
            let named = values.url ?? settings.values.cdnURL ?? settings.values.publicURL
            let base = named.map { $0.hasSuffix("/") ? $0 : $0 + "/" }
            if let base, !bases.contains(base) { bases.append(base) }
            func address() throws -> String {
                if let base { return base }
                throw Fault(
                    .configuration,
                    "cdn: \(values.kind?.rawValue ?? "the network") is told addresses, and nobody says where visitors open what is deployed. Set `url`, or cdn-url."
                )
            }
            switch values.kind {
            case nil: continue
            case .cloudfront:
                networks.append(
                    CloudFront(
                        distribution: values.distribution ?? "", folder: try Self.folder(values, base: base, of: job),
                        address: values.apiURL ?? environment["AWS_ENDPOINT_URL_CLOUDFRONT"].flatMap { $0.isEmpty ? nil : $0 }
                            ?? CloudFront.standardAddress,
                        credentials: try Self.credentials(values, job, environment, shown(.hidden)), client: client,
                        waits: values.wait ?? false, pathLimit: values.maxPaths ?? CloudFront.standardPathLimit,
                        nonce: { UUID().uuidString.lowercased() }))
            case .bunny:
                networks.append(
                    BunnyCDN(
                        base: try address(), zone: values.zone, address: values.apiURL ?? BunnyCDN.standardAddress,
                        key: try Self.key(values, environment, console, quiet), client: client))
            case .cloudflare:
                networks.append(
                    Cloudflare(
                        base: try address(), zone: values.zone ?? "", address: values.apiURL ?? Cloudflare.standardAddress,
                        token: try Self.key(values, environment, console, quiet), client: client))
            case .command:
                let command = values.command ?? ""
                networks.append(
                    PurgeCommand(base: try address()) { addresses, isEverything in
                        await PurgeHook(command: command, environment: environment).run(addresses, isEverything: isEverything)
                    })
            }
        }
        self.transport = transport
        self.networks = networks
        self.bases = bases
    }

    /// Ends the event loop.
    func close() { transport.shutdown() }

    /// Where visitors find the deployed folder at a distribution, percent-encoded, with slashes at both ends.
    private static func folder(_ values: CDNValues, base: String?, of job: DeploySettings.Job) throws -> String {
        let key = "/" + job.address.prefix.string
        if let origin = values.originPath {
            guard key.hasPrefix(origin + "/") else {
                throw Fault(
                    .configuration,
                    "cdn: the distribution \((values.distribution ?? "").escapedForTerminal) shows \(origin.escapedForTerminal) of the bucket, and this target deploys to \(key.escapedForTerminal), which nobody sees through it. Correct `origin-path`, or leave the network out."
                )
            }
            return CloudFront.encoded(String(key.dropFirst(origin.count)))
        }
        guard let base, let scheme = base.firstRange(of: "://") else { return CloudFront.encoded(key) }
        let path = base[scheme.upperBound...].drop { $0 != "/" }
        return path.isEmpty ? "/" : String(path)
    }

    private static func credentials(
        _ values: CDNValues, _ job: DeploySettings.Job, _ environment: [String: String], _ transport: any HTTPTransport
    ) throws -> any CredentialProvider {
        let place: Place
        if let profile = values.profile {
            do throws(PlaceError) {
                place = try PlaceResolver.resolve(
                    flags: PlaceRequest(
                        destination: "s3://\(job.address.bucket)", endpointURL: "https://s3.us-east-1.amazonaws.com", region: "us-east-1",
                        profile: profile, style: nil), environment: environment)
            } catch {
                throw Fault(.configuration, "cdn: \(error.description)")
            }
        } else {
            place = job.place
        }
        return place.credentialProvider(CredentialParts(transport: transport, local: transport, environment: environment))
    }

    /// The key of Bunny or Cloudflare, from its file or the environment.
    private static func key(
        _ values: CDNValues, _ environment: [String: String], _ console: Console, _ quiet: Bool
    ) throws -> String {
        let variable = values.kind?.keyVariable ?? ""
        let advice = "Set \(variable), or name the key's file in `key-file`."
        var text = environment[variable] ?? ""
        if let path = values.keyFile {
            switch SettingsFiles.disk.read(path) {
            case .file(let bytes, let mode):
                text = String(decoding: bytes, as: UTF8.self)
                if mode & 0o044 != 0, !quiet { console.complain("warning: \(PlaceWarning.readableByOthers(path: path, mode: mode))") }
            case .missing: throw Fault(.configuration, "cdn: there is no file \(path.escapedForTerminal). \(advice)")
            case .unreadable(let reason):
                throw Fault(.configuration, "cdn: \(path.escapedForTerminal) cannot be read: \(reason). \(advice)")
            }
        }
        text = String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
        guard !text.isEmpty else { throw Fault(.configuration, "cdn: \(values.kind?.rawValue ?? "") has no key. \(advice)") }
        guard text.utf8.allSatisfy({ 0x21...0x7E ~= $0 }) else {
            throw Fault(.configuration, "cdn: what is said for \(values.kind?.rawValue ?? "")'s key is none. \(advice)")
        }
        return text
    }
}
